"""What a service says of itself, and what its staff say often, as it was published last."""

from amanat.gateway.desk.joints import About, Place, Wording
from amanat.gateway.flows.labels import labels_of, options_of
from amanat.gateway.flows.model import HandOver
from amanat.gateway.office_files.quick_replies import QuickReply
from amanat.gateway.service.shelf import Shelf


class DeskSpeech:
    """The desk's `Speech` over what is published."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def about(self) -> About:
        """Return what the service says of itself."""
        flow, appointments = self._shelf.current, self._shelf.appointments
        language = flow.languages[0]
        desks = dict.fromkeys(step.desk for step in flow.steps.values() if isinstance(step, HandOver))
        places = appointments.agenda.places.values() if appointments else ()
        return About(
            name=flow.title[language],
            languages=flow.languages,
            desks=tuple(desks),
            places=tuple(
                Place(id=each.name, name=each.title.get(language) or each.name, zone=each.zone.key) for each in places
            ),
        )

    def wording(self) -> Wording:
        """Return in which words the staff read what the flow asked."""
        flow = self._shelf.current
        return Wording(names=labels_of(flow), options=options_of(flow))

    def quick_replies(self) -> tuple[QuickReply, ...]:
        """Return what the staff say often."""
        return self._shelf.quick_replies

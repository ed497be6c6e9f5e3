"""What a service says of itself is what it published last."""

from tests.gateway.desk.conftest import desk_office
from tests.gateway.desk.office import DeskOffice

__all__ = ["desk_office"]


async def test_it_names_its_desks_its_places_and_its_replies(desk_office: DeskOffice) -> None:
    speech = desk_office.office.speech
    about = speech.about()
    assert (about.name, about.languages, about.desks) == ("Layanan Paspor (contoh)", ("id", "en"), ("front_desk",))
    assert [place.id for place in about.places] == ["timur"]
    assert [reply.title["en"] for reply in speech.quick_replies()][:2] == ["Greeting", "One moment"]
    desk_office.shelf.appointments = None
    assert speech.about().places == ()


async def test_what_was_asked_is_called_as_the_folder_calls_it(desk_office: DeskOffice) -> None:
    wording = desk_office.office.speech.wording()
    assert wording.names["purpose"] == {"id": "Keperluan", "en": "Purpose"}
    assert wording.options["purpose"]["new"]["id"] == "Paspor baru"
    assert wording.names.keys() == {"name", "purpose", "day", "kind", "message", "front_desk", "feedback"}

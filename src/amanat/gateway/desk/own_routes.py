"""What a page asks first and again and again: who am I, what may I see, and what has changed."""

from msgspec import Struct

from amanat.edge.request import Request
from amanat.edge.responses import Response
from amanat.edge.routes import get
from amanat.gateway.desk.changes import News
from amanat.gateway.desk.errors import NotSignedIn
from amanat.gateway.desk.joints import Place, Wording
from amanat.gateway.desk.office import BotOffice, Office, Seat
from amanat.gateway.desk.staff import Role
from amanat.gateway.desk.visits import AGENTS, API, EVERYBODY, SERVICE, Visit, Visits, answered, for_staff

POLL_S = 25.0


class Served(Struct, frozen=True, kw_only=True):
    """A service or a bot in which somebody has a role. `api`: which a bot's program speaks; empty of a service."""

    id: str
    user_id: str
    name: str
    role: Role
    api: str = ""
    languages: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    has_appointments: bool = False


class OwnRoutes:
    """Who asks, and what there is to look at."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits
        self._stopping = False

    def stop(self) -> None:
        """Let whoever waits for a change go."""
        self._stopping = True
        for office in self.visits.offices.values():
            office.changes.wake()

    @get(f"{API}/me", auth="none")
    async def me(self, request: Request) -> Response:
        """Say who is signed in, and in which services they have a role; or at which homeservers one signs in."""
        try:
            session = self.visits.session(request)
        except NotSignedIn:
            raise NotSignedIn(doors=self._doors()) from None
        services = [
            _served(office, role)
            for office in self.visits.offices.values()
            if (role := office.staff.role_of(session.user_id)) is not None
        ]
        return answered({"user_id": session.user_id, "name": session.name or session.user_id, "services": services})

    @get(f"{SERVICE}/changes", auth="none")
    @for_staff(EVERYBODY)
    async def changes(self, visit: Visit) -> News:
        """Wait for what changes."""
        since = visit.request.query_int("since", 0, minimum=0)
        seconds = 0.0 if self._stopping else POLL_S
        return await visit.seat.changes.wait(since, seconds=seconds, on_gone=visit.request.on_disconnect)

    @get(f"{SERVICE}/colleagues", auth="none")
    @for_staff(AGENTS)
    async def colleagues(self, visit: Visit) -> dict[str, list[dict[str, str]]]:
        """List to whom a chat can be given."""
        members = [member.user_id for member in visit.office.staff.members() if member.role in AGENTS]
        names = await visit.office.names.of(members)
        return {"colleagues": [{"user_id": member, "name": names[member]} for member in members]}

    @get(f"{SERVICE}/wording", auth="none")
    @for_staff(AGENTS)
    async def wording(self, visit: Visit) -> Wording:
        """Say what the variables of the flow are called."""
        return visit.office.speech.wording()

    @get(f"{SERVICE}/quick_replies", auth="none")
    @for_staff(AGENTS)
    async def quick_replies(self, visit: Visit) -> dict[str, object]:
        """List what is said often."""
        return {"replies": visit.office.speech.quick_replies()}

    def _doors(self) -> list[dict[str, str]]:
        """Return one service of each homeserver: by any of them one signs in for all."""
        doors: dict[str, dict[str, str]] = {}
        for office in self.visits.offices.values():
            doors.setdefault(office.homeserver, {"id": office.id, "name": office.server_name})
        return list(doors.values())


def _served(seat: Seat, role: Role) -> Served:
    if isinstance(seat, BotOffice):
        bot = seat.program.about()
        return Served(id=seat.id, user_id=seat.user_id, name=bot.name, role=role, api=bot.api)
    assert isinstance(seat, Office), "there is no third kind"
    office, about = seat, seat.speech.about()
    return Served(
        id=office.id,
        user_id=office.user_id,
        name=about.name,
        role=role,
        languages=about.languages,
        desks=about.desks,
        places=about.places,
        has_appointments=office.days() is not None,
    )

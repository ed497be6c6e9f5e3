"""The rows of who is signed in with a browser, and of who may be found by their number."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class BrowserSessionRow(Struct, frozen=True):
    """Somebody is signed in to the pages with one browser. The cookie's token is stored as a hash alone."""

    user_id: str
    session_hash: bytes
    signed_in_ts: int
    seen_ts: int
    browser: str


class FindableRow(Struct, frozen=True):
    """Somebody who lets others find them by their number."""

    user_id: str


BROWSER_SESSIONS = Table("browser_sessions", BrowserSessionRow, key=2)
FINDABLE_BY_NUMBER = Table("findable_by_number", FindableRow, key=1)

_sql = QueryFile("amanat.product.accounts.pages", "browser_sessions")
BROWSER_SESSION = _sql.query("browser_session", BrowserSessionRow)
BROWSER_SESSIONS_OF = _sql.query("browser_sessions_of", BrowserSessionRow)
IDLE_BROWSER_SESSIONS = _sql.query("idle_browser_sessions", BrowserSessionRow)
FINDABLE = _sql.query("findable", FindableRow)

"""The page about this server: what it is, and how to connect an app. It stands at `/` too where no app was built."""

from html import escape

from amanat.edge.request import Request
from amanat.edge.responses import Response, html
from amanat.edge.routes import get

PATH = "/_amanat/server"
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Amanat on {name}</title>
<style>
body {{ font: 1.05rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 3rem auto; padding: 0 1rem;
  color: #1b1b1f; background: #fff }}
code {{ background: #f0f0f3; padding: .1rem .3rem; border-radius: .25rem; overflow-wrap: anywhere }}
.lab {{ background: #b3261e; color: #fff; padding: .6rem 1rem; border-radius: .4rem }}
@media (prefers-color-scheme: dark) {{ body {{ color: #e6e1e5; background: #1c1b1f }} code {{ background: #333 }}
  a {{ color: #9ecbff }} }}
</style>
</head>
<body>
<main>
{banner}<h1>Amanat</h1>
<p>This is the messaging server of <strong>{name}</strong>. Private chats on it are end-to-end encrypted: who is in a
chat can read it, and the server cannot. It refuses to carry a private message in clear.</p>
<h2>Connect an app</h2>
<p>It speaks the Matrix protocol, so Matrix apps work with it (not yet those that know only sliding sync). In the app,
choose to sign in on another server and give it this address:</p>
<p><code>{url}</code></p>
<p>{registration}</p>
<h2>Your account</h2>
<p><a href="/_amanat/account/">Sign up, or see your account and its devices</a>.{inbox}</p>
{demo}</main>
</body>
</html>
"""
_BANNER = (
    '<p class="lab" role="note">This is a lab: anybody on this machine can register, and nothing is private.</p>\n'
)
_DEMO = (
    "<h2>See for yourself</h2>\n<p>Two sample people, Ani and Budi, talk here already: "
    '<a href="{path}">what they read, beside what the server stored</a>.</p>\n'
)
_INBOX = ' No text leaves this machine: codes arrive in <a href="/_amanat/lab/inbox">this inbox</a>.'
_FREE = "Anybody who reaches it may register."
_INVITED = "To register you need a token from whoever runs it."


class StartPageRoutes:
    """What the app links as "About this server"."""

    def __init__(
        self, *, server_name: str, public_url: str, is_lab: bool, registers_freely: bool, demo_path: str | None = None
    ) -> None:
        self._page = _PAGE.format(
            name=escape(server_name),
            url=escape(public_url),
            banner=_BANNER if is_lab else "",
            registration=_FREE if registers_freely else _INVITED,
            inbox=_INBOX if registers_freely else "",
            demo="" if demo_path is None else _DEMO.format(path=escape(demo_path)),
        )

    @get(PATH, auth="none")
    async def get_start_page(self, _request: Request) -> Response:
        """Answer with the page."""
        return html(self._page)

"""What apps ask before and while they sign in with a browser, put together."""

from amanat.client_api.login_token import LoginTokenRoutes
from amanat.client_api.oauth_server_metadata import OAuthServerMetadataRoutes
from amanat.client_api.rendezvous import RendezvousRoutes
from amanat.client_api.sso_login_redirect import SsoLoginRedirectRoutes
from amanat.handlers.interactive_auth import InteractiveAuth
from amanat.handlers.rendezvous import Rendezvous
from amanat.product.accounts.oauth.api import SIGN_UP, OAuth


def oauth_routes(
    oauth: OAuth, *, interactive_auth: InteractiveAuth, rendezvous: Rendezvous, public_url: str
) -> list[object]:
    """Return the routes of the specification that lead to the OAuth 2.0 API and over its pages."""
    return [
        *oauth.routes,
        OAuthServerMetadataRoutes(oauth.metadata),
        SsoLoginRedirectRoutes(sign_up=SIGN_UP),
        LoginTokenRoutes(oauth.login_tokens, interactive_auth=interactive_auth),
        RendezvousRoutes(rendezvous, base_url=public_url),
    ]

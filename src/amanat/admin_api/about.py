"""What the data is: for a backup of what is not in the database, and for `amanat doctor`."""

from typing import Any

import amanat
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.about import About


class AboutRoutes:
    """What runs, and on which data."""

    def __init__(self, about: About) -> None:
        self._about = about

    @get("/about", auth="none")
    async def about(self, _request: Request) -> Any:
        """Return the release, the data's stamp and the number of its schema."""
        return {"amanat": amanat.__version__, **await self._about.data()}

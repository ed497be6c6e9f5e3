"""The metrics, in Prometheus' text form. On the admin socket only: they tell how much is going on."""

from prometheus_client import generate_latest

from amanat.edge.request import Request
from amanat.edge.responses import Response
from amanat.edge.routes import get


class MetricsRoutes:
    """What is counted."""

    @get("/metrics", auth="none")
    async def metrics(self, _request: Request) -> Response:
        """Return every metric of the process."""
        return Response(200, generate_latest(), [(b"content-type", b"text/plain; version=0.0.4; charset=utf-8")])

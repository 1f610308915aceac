"""An app of the agent's own that answers every GET with a page."""

from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route


async def page(request):
    return HTMLResponse("<!doctype html><title>Chat</title>")


app = Starlette(routes=[Route("/{path:path}", page, methods=["GET"])])

"""News for a page that is open, as server-sent events (`text/event-stream`)."""

from __future__ import annotations

from quart import Response

from classroom.live.streams import Stream

KIND = "text/event-stream"


def stream_answer(stream: Stream) -> Response:
    """The stream, until the page goes; proxies are asked to hand each line on at once."""
    response = Response(stream.lines(), content_type=f"{KIND}; charset=utf-8")
    response.headers["X-Accel-Buffering"] = "no"
    response.timeout = None  # it is open for hours
    return response

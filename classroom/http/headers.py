"""Security headers of every answer, and how long each may be kept.

The content security policy allows our own files and nothing inline; links hold room codes, so no
address is ever sent to another site.
"""

from __future__ import annotations

import re

from quart import Quart, Response, request

_HOST = re.compile(r"^[A-Za-z0-9.\-]{1,253}(:\d{1,5})?$|^\[[0-9A-Fa-f:]{2,45}\](:\d{1,5})?$")
"""A Host header that may be repeated in our policy."""

HSTS = "max-age=31536000"
NO_FRAMES = "X-Frame-Options"


class FramedResponse(Response):
    """An answer that may stand in a frame; its own policy says in whose."""


FIXED = {
    "X-Content-Type-Options": "nosniff",
    NO_FRAMES: "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), "
        "speaker-selection=(self), geolocation=(), payment=(), usb=()"
    ),
}


def is_host(host: str) -> bool:
    """Whether it may be repeated in a policy."""
    return _HOST.match(host) is not None


def content_security_policy(host: str) -> str:
    """The policy; `host` is repeated for WebSockets: to older Safari they are not 'self'."""
    sockets = f" ws://{host} wss://{host}" if is_host(host) else ""
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            f"connect-src 'self'{sockets}",
            "img-src 'self' blob: data:",
            "media-src 'self' blob:",
            "worker-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def install_headers(app: Quart, *, is_secure: bool) -> None:
    """Put them on every answer, errors too."""

    @app.after_request
    async def protect(response: Response) -> Response:
        for name, value in FIXED.items():  # an answer that sets one of them knows why
            response.headers.setdefault(name, value)
        if isinstance(response, FramedResponse):
            del response.headers[NO_FRAMES]
        policy = content_security_policy(request.host or "")
        response.headers.setdefault("Content-Security-Policy", policy)  # files have a stricter one
        if is_secure or request.scheme == "https":
            response.headers["Strict-Transport-Security"] = HSTS
        response.headers.setdefault("Cache-Control", "no-store")
        return response

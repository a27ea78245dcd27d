"""What whoever starts the server is told: addresses, the one-time link, the demo class.

Makes the demo class at the first start. The links are told on standard output and never logged.
"""

from __future__ import annotations

from dataclasses import dataclass

from classroom.clock import utc_now
from classroom.ids import RoomId
from classroom.people.links import host_token, setup_token
from classroom.people.secret import Secret, open_secret
from classroom.settings import Settings
from classroom.store.accounts import has_administrator
from classroom.store.database import close_database, open_database
from classroom.store.facts import fact, note_fact
from classroom.store.rooms import RoomRow, create_room, room_by_id

DEMO = "demo room"
DEMO_TITLE = "Demo class"
EVERYWHERE = ("0.0.0.0", "::")


@dataclass(frozen=True, slots=True)
class Links:
    """Whole addresses. `setup` is None once there is an administrator; demo links may be off."""

    address: str
    setup: str | None
    demo_host: str | None
    demo_student: str | None


async def demo_room() -> RoomRow:
    """The demo class, made when there is none."""
    known = await fact(DEMO)
    room = None if known is None else await room_by_id(RoomId(known))
    if room is not None:
        return room
    made = await create_room(DEMO_TITLE, owner_id=None, at=utc_now())
    kept = await room_by_id(RoomId(await note_fact(DEMO, made.id)))
    return kept or made


async def make_links(settings: Settings, secret: Secret, *, http_port: int) -> Links:
    """The links for this installation; `http_port` is the one really bound."""
    address = address_of(settings, http_port)
    room = await demo_room() if settings.demo else None
    return Links(
        address=address,
        setup=None if await has_administrator() else f"{address}/setup/{setup_token(secret)}",
        demo_host=None if room is None else f"{address}/enter/{host_token(secret, room.id)}",
        demo_student=None if room is None else f"{address}/r/{room.code}",
    )


async def demo_links(settings: Settings) -> tuple[str, str]:
    """The links of the demo class for its tutor and its students, for a server like ours."""
    secret = open_secret(settings.secret_file)
    await open_database(settings.database)
    try:
        room = await demo_room()
    finally:
        await close_database()
    address = address_of(settings, settings.http_port)
    return f"{address}/enter/{host_token(secret, room.id)}", f"{address}/r/{room.code}"


def address_of(settings: Settings, http_port: int) -> str:
    """Where people find us."""
    return settings.public_url or f"http://{_shown_host(settings.host)}:{http_port}"


def welcome_text(links: Links) -> str:
    """What is printed at the start."""
    lines = ["", f"  Classroom is ready at  {links.address}", ""]
    if links.setup is not None:
        lines += [
            "  Make the first administrator (this link works once):",
            f"    {links.setup}",
            "",
        ]
    if links.demo_host is not None and links.demo_student is not None:
        lines += demo_lines(links.demo_host, links.demo_student)
    return "\n".join(lines) + "\n"


def demo_lines(host: str, student: str) -> list[str]:
    """The two doors of the demo class."""
    return [
        "  A demo class is waiting. Enter it as the tutor:",
        f"    {host}",
        "  and send this one to students:",
        f"    {student}",
        "",
    ]


def _shown_host(host: str) -> str:
    """An address that works on this machine; for others the operator sets the public one."""
    if host in EVERYWHERE:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host

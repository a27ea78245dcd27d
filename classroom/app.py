"""The composition root: everything put together, started, announced and ended in order.

Start: secret, web port, database, media workers, live rooms, web server. End, within five seconds
of SIGTERM or SIGINT: everybody is told, sockets close, the web server, the workers, the database.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import cast

import structlog

from classroom.appointing import Ground, make_appointments
from classroom.blobs.drafts import FileDrafts
from classroom.blobs.files import FileBlobs
from classroom.bucket import bucket_of
from classroom.clock import monotonic, utc_now
from classroom.errors import Misfit
from classroom.hooks.news import news_of
from classroom.hooks.sender import sender
from classroom.http.application import build_http
from classroom.http.doors import Doors
from classroom.http.limits import Limits
from classroom.http.play_address import play_address
from classroom.http.server import bind_web, serving
from classroom.http.slide_address import slide_address
from classroom.ids import RoomId
from classroom.jobs.decks import Decks, find_soffice
from classroom.jobs.export_files import ExportFiles
from classroom.jobs.exports import Exports
from classroom.jobs.library import Library
from classroom.jobs.loop import JobLoop
from classroom.jobs.room_removal import RoomRemoval
from classroom.live.board_port import DeckDrawer
from classroom.live.desks import Desks
from classroom.live.files_disposal import FilesDisposal
from classroom.live.gate import Application
from classroom.live.live import Live
from classroom.live.opening import LiveTerms
from classroom.live.ports import (
    BoardDrawer,
    ChatDrawer,
    Clocks,
    FileDrawer,
    LessonDrawer,
    SeatDoor,
)
from classroom.live.recording.house import RecordingHouse
from classroom.live.recording_port import MakeRecorder
from classroom.log import configure_log
from classroom.people.enrolment import read_ticket
from classroom.people.password import Passwords
from classroom.people.seat import SEAT_KEY, verify_seat
from classroom.people.secret import Secret, open_secret
from classroom.people.turn import TurnServers
from classroom.room.board import BoardState
from classroom.room.kept import Kept
from classroom.room.kept_apart import Answered, apart, together
from classroom.settings import Settings
from classroom.store.asset_sweep import sweep_pictures
from classroom.store.board_pages import DatabaseBoardStore
from classroom.store.boards import BoardLists, load_board, sweep_board
from classroom.store.chat import DatabaseChat, chat_before, find_message, load_tail
from classroom.store.database import close_database, is_database_alive, open_database
from classroom.store.deck_placing import Addresses, deck_to_place
from classroom.store.decks import note_placed
from classroom.store.enrolment_consents import forget_standing
from classroom.store.enrolments import seat_now
from classroom.store.files import keep_cards, load_cards
from classroom.store.lesson_pieces import Pieces
from classroom.store.lessons import DatabaseLessons
from classroom.store.patience import Patience
from classroom.store.placements import find_placement, keep_placement, kept_placements
from classroom.store.rooms import room_by_id
from classroom.store.webhooks import KIND
from classroom.studio import Studio
from classroom.welcome import address_of, make_links, welcome_text
from media.errors import Refused as MediaRefused
from media.server.worker import MediaServer
from recording.crew import Crew
from whiteboard.store import StoreFailed

LIVE_CLOSE_S = 2.0
DECKS_CLOSE_S = 0.4
STUDIO_CLOSE_S = 1.0
EXPORTS_CLOSE_S = 0.4
APPOINTMENTS_CLOSE_S = 0.4
RECORDED_SLIDE_PX = 1280
MEDIA_CLOSE_S = 1.5
"""With the web server's one second, below the five that a stop may take."""

SWEEP_WITHIN_S = 3.0
"""For looking through all pages of a board for pictures; whoever comes in first waits for it."""

log = structlog.get_logger("classroom.app")


async def serve(settings: Settings) -> None:
    """Run until a signal asks to stop; Misfit when it cannot start."""
    configure_log(settings.log_level)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running(settings) as greeting:
        print(greeting, flush=True)
        log.info("started")
        await stop.wait()
        log.info("stopping")


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[str]:
    """The whole server while the block runs; gives what to tell whoever started it.

    The database is opened in this task and before any other starts, because the library keeps the
    connection in a context variable that later tasks inherit.
    """
    async with AsyncExitStack() as stack:
        secret = open_secret(settings.secret_file)
        web_socket = stack.enter_context(bind_web(settings))
        http_port = web_socket.getsockname()[1]
        stack.push_async_callback(close_database)
        for name in await open_database(settings.database):
            log.info("migrated", step=name)
        media = await _start_media(settings)
        stack.push_async_callback(_within, MEDIA_CLOSE_S, media.close)
        library = Library(
            settings.recording_folder,
            secret,
            quota_bytes=settings.recordings_gb * 1024**3,
            far=bucket_of(settings),
        )
        studio = Studio(library, secret, media)
        live = _make_live(settings, secret, media, studio.record)
        jobs = JobLoop({KIND: sender(may_be_private=settings.hooks_private)}, kinds=(KIND,))
        decks = _make_decks(settings, live)
        desks = Desks(utc_now, monotonic)
        address = address_of(settings, http_port)
        folders = (FileBlobs(settings.board_folder), FileBlobs(settings.file_folder))
        rooms = RoomRemoval(live.end, library.deletion, folders)
        ground = Ground(settings, secret, address, desks.on_change, desks.on_letter, rooms.remove)
        doors = _make_doors(ground, live, media, jobs, decks, library, desks)
        studio.making.on_ready = live.recording_ready
        _show(studio.record.house, decks, FileBlobs(settings.board_folder))
        await studio.start()
        stack.push_async_callback(_within, STUDIO_CLOSE_S, studio.close)
        application = live.attach(cast(Application, build_http(doors)))
        await stack.enter_async_context(serving(settings, application, web_socket))
        await library.start()
        await doors.exports.start()
        stack.push_async_callback(_within, EXPORTS_CLOSE_S, doors.exports.close)
        stack.push_async_callback(library.close)
        await live.start()
        stack.push_async_callback(_within, LIVE_CLOSE_S, live.close)
        await jobs.start()
        stack.push_async_callback(jobs.close)
        await desks.start()
        stack.push_async_callback(desks.close)
        await doors.appointments.start()
        stack.push_async_callback(_within, APPOINTMENTS_CLOSE_S, doors.appointments.close)
        await decks.start()
        stack.push_async_callback(_within, DECKS_CLOSE_S, decks.close)
        yield welcome_text(await make_links(settings, secret, http_port=http_port))


def _make_decks(settings: Settings, live: Live) -> Decks:
    return Decks(
        settings.deck_folder,
        settings.work_folder,
        live.decks_changed,
        library_bytes=settings.decks_mb * 1024**2,
        soffice=find_soffice(settings.soffice),
    )


async def _start_media(settings: Settings) -> MediaServer:
    folder = settings.recording_folder.absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    media = MediaServer(
        settings.media_bind,
        settings.media_port,
        announced=settings.announce,
        workers=settings.media_workers,
        recordings=str(folder),
        remedies=settings.remedies,
    )
    try:
        await media.start()
    except MediaRefused as refused:
        raise Misfit(
            f"The media workers cannot start ({refused}). Free the port, which media "
            "need on UDP and TCP, set CLASSROOM_MEDIA_PORT to another one (each worker takes the "
            "next number), or see `classroom doctor`."
        ) from refused
    log.info("media", ports=media.ports)
    return media


def _make_live(
    settings: Settings, secret: Secret, media: MediaServer, record: MakeRecorder
) -> Live:
    key = secret.key(SEAT_KEY)
    files = FilesDisposal(FileDrafts(settings.file_folder))
    return Live(
        LiveTerms(
            capacity=settings.room_capacity,
            seat_grace_s=settings.seat_grace_s,
            seat_token_s=settings.seat_token_s,
            public_url=settings.public_url,
            ice_servers=settings.ice_servers,
            turn=_turn(settings),
        ),
        media,
        SeatDoor(
            verify=lambda token: verify_seat(token, key=key, at=utc_now()),
            find_room=room_by_id,
            enrolled_seat=seat_now,
        ),
        BoardDrawer(
            store=DatabaseBoardStore(utc_now),
            load=partial(_open_board, FileBlobs(settings.board_folder), files),
            save=partial(_keep_board, Patience(), BoardLists()),
            decks=DeckDrawer(
                find=partial(deck_to_place, address=_addresses(secret)),
                placed=lambda deck_id, room_id, at: note_placed(deck_id, room_id, at=at),
                keep=keep_placement,
                kept=kept_placements,
                take=find_placement,
            ),
        ),
        _lessons(files),
        Clocks(monotonic=monotonic, utc_now=utc_now),
        record,
    )


def _make_doors(
    ground: Ground,
    live: Live,
    media: MediaServer,
    jobs: JobLoop,
    decks: Decks,
    library: Library,
    desks: Desks,
) -> Doors:
    files = ExportFiles(library.opening, library.blobs)
    return Doors(
        settings=ground.settings,
        secret=ground.secret,
        passwords=Passwords(),
        limits=Limits(),
        live=live,
        media=media,
        is_database_alive=is_database_alive,
        wake_jobs=jobs.wake,
        decks=decks,
        library=library,
        exports=Exports(files, Crew(), is_class_on=live.has_class),
        appointments=make_appointments(ground),
        desks=desks,
    )


def _addresses(secret: Secret) -> Addresses:
    return Addresses(partial(slide_address, secret), partial(play_address, secret))


def _lessons(files: FilesDisposal) -> LessonDrawer:
    lessons = DatabaseLessons(Kept, pieces=Pieces(Answered, apart, together), news_of=news_of)
    return LessonDrawer(
        open=lessons.open,
        write=lessons.write,
        spans=lessons.write_spans,
        end=lessons.end,
        chat=ChatDrawer(load_tail, DatabaseChat().write, find_message, chat_before),
        files=FileDrawer(load_cards, keep_cards, files.remove),
    )


def _turn(settings: Settings) -> TurnServers | None:
    if not settings.turn_urls:
        return None
    lifetime = timedelta(seconds=settings.turn_lifetime_s)
    return TurnServers(settings.turn_urls, settings.turn_secret.get_secret_value(), lifetime)


def _show(house: RecordingHouse, decks: Decks, board: FileBlobs) -> None:
    """Where recordings find pictures of slides, and those on boards."""

    async def asset(room_id: str, asset_id: str) -> bytes:
        return b"".join([piece async for piece in board.pieces(room_id, asset_id)])

    async def forget(ticket: str) -> None:
        read = read_ticket(ticket)
        if read is not None:
            await forget_standing(read.enrolment_id)

    house.leaf = partial(decks.pictures.find, px=RECORDED_SLIDE_PX)
    house.words = decks.pictures.text
    house.asset = asset
    house.forget = forget


async def _open_board(blobs: FileBlobs, files: FilesDisposal, room_id: RoomId) -> BoardState | None:
    """The room's board for a class that begins: what no page of it can show any more goes."""
    board = await load_board(room_id)
    if board is not None:
        await sweep_board(board)
        try:
            async with asyncio.timeout(SWEEP_WITHIN_S):
                await sweep_pictures(room_id, blobs.remove, at=utc_now())
        except (StoreFailed, TimeoutError) as failure:  # they only take place until the next time
            log.warning("pictures not swept", room=room_id, reason=str(failure))
    await files.sweep(room_id, at=utc_now())
    return board


async def _keep_board(
    patience: Patience, lists: BoardLists, room_id: RoomId, board: BoardState
) -> None:
    await patience.write(room_id, lists.save(room_id, board, at=utc_now()))


async def _within(seconds: float, close: Callable[[], Awaitable[None]]) -> None:
    """Close it; what takes too long is given up, because the process ends anyway."""
    try:
        async with asyncio.timeout(seconds):
            await close()
    except TimeoutError:
        log.warning("closing took too long", what=getattr(close, "__qualname__", "something"))

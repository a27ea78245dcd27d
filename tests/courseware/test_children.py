"""The processes that read files: what they may take, how their ends are told, that none is left.

Children that misbehave are other programs in the place of ours; the office program is a script.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import stat
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from courseware import cell, drawing
from courseware.cell import BOUNDS, Cells, Order, death
from courseware.confine import Bounds
from courseware.errors import Broken, LocalError, Unfit
from courseware.leftovers import MARK
from courseware.workshop import Workshop
from tests.support.decks import plain_pdf, slow_pdf
from tests.support.office import Page, docx, effect, on, pptx, timing
from tests.support.workshops import at_work, drawn, left_of, opened

ROOT = Path(__file__).resolve().parents[2]
SHORT = Bounds(512, 2, 1, 8, 64)
LONG = Bounds(512, 5, 20, 8, 64)
"""Enough for a program that does nothing on a machine that is busy."""


@asynccontextmanager
async def said_by(
    program: str, folder: Path, monkeypatch: pytest.MonkeyPatch, bounds: Bounds = LONG
) -> AsyncIterator[list[object]]:
    """What a child that runs this program says, once it has ended well."""
    monkeypatch.setattr(cell, "_BOOT", program)
    cells = Cells((), is_root=False)
    cells.allow(folder)
    async with cells.child(Order("draw", [], bounds), folder, cwd=folder) as lines:
        yield [line async for line in lines]


FINE = "print('{\"one\": 1}'); print('{\"done\": true}')"
ENDS = [
    ("print('{\"one\": 1}')", Broken, "died"),
    ("print('no JSON')", Broken, "answer"),
    ("print('[1]')", Broken, "answer"),
    ('print(\'{"fault": "rain", "params": {}}\')', Broken, "answer"),
    ('print(\'{"broken": "storage"}\')', Broken, "storage"),
    ('print(\'{"fault": "pages", "params": {"max": 5, "name": "x"}}\')', Unfit, "pages"),
    ("print('x' * 300000)", Broken, "answer"),
    ("while True: print('{\"a\": \"' + 'x' * 100000 + '\"}')", Broken, "answer"),
    ("import os; os.kill(os.getpid(), 24)", Unfit, "slow"),
    ("import os; os.abort()", Unfit, "memory"),
    ("import os; os.kill(os.getpid(), 9)", Broken, "died"),
]


async def test_what_a_child_says_is_read_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with said_by(FINE, tmp_path, monkeypatch) as lines:
        assert lines == [{"one": 1}]


@pytest.mark.parametrize(("program", "kind", "word"), ENDS)
async def test_every_end_has_a_name(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    program: str,
    kind: type[Exception],
    word: str,
) -> None:
    with pytest.raises(kind) as ended:
        async with said_by(program, tmp_path, monkeypatch):
            pass
    if isinstance(ended.value, Unfit):
        assert ended.value.fault == word
        assert all(isinstance(value, int) for value in ended.value.params.values())
    elif isinstance(ended.value, Broken):
        assert ended.value.reason == word


@pytest.mark.parametrize(
    ("detail", "kept"),
    [
        ("ValueError pdf.py:12", "died: ValueError pdf.py:12"),
        ("spawn: no source", "died: spawn: no source"),
        ("Mia Li, 13 Elm Street", "died"),
        ("x" * 500, "died"),
    ],
)
async def test_what_a_document_says_does_not_come_into_logs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, detail: str, kept: str
) -> None:
    told = json.dumps({"broken": "died", "detail": detail})
    with pytest.raises(Broken) as ended:
        async with said_by(f"print({told!r})", tmp_path, monkeypatch):
            pass
    assert str(ended.value) == kept


def test_deaths_by_signal() -> None:
    assert [str(death(-number)) for number in (signal.SIGXCPU, signal.SIGALRM)] == ["slow"] * 2
    assert str(death(-signal.SIGXFSZ)) == "large"
    assert isinstance(death(1), Broken)


async def test_the_clock_ends_a_child_and_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import subprocess, time; subprocess.Popen(['sleep', '300']); "
        "print('{\"one\": 1}', flush=True); time.sleep(300)"
    )
    begun = time.monotonic()
    with pytest.raises(Unfit, match="slow"):
        async with said_by(program, tmp_path, monkeypatch, SHORT):
            pass
    assert time.monotonic() - begun < 10
    assert processes_of(tmp_path) == []


SPEAKS_ON = """
import os, time
os.set_blocking(1, False)
last = time.monotonic()
while time.monotonic() < last + 0.2:
    try:
        os.write(1, b'x' * 4096)
        last = time.monotonic()
    except BlockingIOError:
        time.sleep(0.01)
os.mkdir('nobody listens')
time.sleep(300)
"""
LEAVES_THE_GROUP = """
import os, subprocess, time
subprocess.Popen(['sleep', '300'], start_new_session=True)
os.mkdir('nobody listens')
time.sleep(300)
"""


@pytest.mark.parametrize("program", [SPEAKS_ON, LEAVES_THE_GROUP])
async def test_a_pipe_that_does_not_end_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(cell, "_BOOT", program)
    cells = Cells((), is_root=False)
    cells.allow(tmp_path)
    try:
        async with asyncio.timeout(20):
            async with cells.child(Order("draw", [], LONG), tmp_path, cwd=tmp_path):
                await until((tmp_path / "nobody listens").exists)
    finally:
        for process in processes_of(tmp_path):  # who left the group
            os.kill(process, signal.SIGKILL)


async def until(is_so: Callable[[], bool]) -> None:
    """Look until it is so, for as long as a busy machine may need."""
    ends_at = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < ends_at
        await asyncio.sleep(0.01)


def processes_of(folder: Path) -> list[int]:
    """Processes that were started for a folder and run still."""
    found = []
    for process in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if f"COURSEWARE_JOB={folder}".encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
    return found


async def test_who_gives_up_waiting_leaves_nothing_running(tmp_path: Path) -> None:
    async with at_work(tmp_path) as workshop:
        deck = asyncio.create_task(open_and_draw(workshop, tmp_path, asyncio.Event()))
        await until(lambda: bool(left_of(tmp_path)[1]))
        deck.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(deck, 20)
        assert left_of(tmp_path) == ([], [])


async def open_and_draw(workshop: Workshop, folder: Path, is_there: asyncio.Event) -> None:
    async with opened(workshop, "pdf", plain_pdf(40), folder) as (deck, job):
        is_there.set()
        await drawn(workshop, deck, job)


async def test_closing_ends_what_runs(tmp_path: Path) -> None:
    async with at_work(tmp_path) as workshop:
        is_there = asyncio.Event()
        job = asyncio.create_task(open_and_draw(workshop, tmp_path, is_there))
        await is_there.wait()
        await until(lambda: bool(left_of(tmp_path)[1]))
        await workshop.close()
        with pytest.raises(Broken) as ended:
            await job
        assert ended.value.reason == "closed"
        assert left_of(tmp_path) == ([], [])


async def test_a_picture_that_nobody_waits_for_is_not_drawn_on(tmp_path: Path) -> None:
    """Whoever leaves in the middle of the pictures takes the folder and the children along."""
    async with at_work(tmp_path) as workshop:
        async with opened(workshop, "pdf", plain_pdf(40), tmp_path) as (deck, job):
            assert deck.print is not None
            asked = workshop.draw(deck.print, range(40), px=(1280,), folder=job)
            await anext(asked)
        assert left_of(tmp_path) == ([], [])
        with pytest.raises(Broken):
            async for _ in asked:
                pass


async def test_a_mistake_of_ours_is_heard_by_who_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(drawing, "check_picture", mistaken)
    async with at_work(tmp_path) as workshop:
        with pytest.raises(ZeroDivisionError):
            async with asyncio.timeout(20):
                await open_and_draw(workshop, tmp_path, asyncio.Event())
        assert left_of(tmp_path) == ([], [])


async def test_a_child_that_is_killed_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody's `kill -9` costs nothing but time."""
    killed: list[int] = []
    begin = Cells._begin

    async def killing(self: Cells, order: Order, cwd: Path, folder: Path) -> object:
        child = await begin(self, order, cwd, folder)
        if order.task == "draw" and not killed:
            killed.append(child.process.pid)
            os.killpg(child.process.pid, signal.SIGKILL)
        return child

    monkeypatch.setattr(Cells, "_begin", killing)
    async with (
        at_work(tmp_path, at_once=1) as workshop,
        opened(workshop, "pdf", plain_pdf(2), tmp_path) as (deck, job),
    ):
        pictures = await drawn(workshop, deck, job)
        assert killed
        assert not any(one.is_substitute for one in pictures.values())
        assert len(pictures) == 4


async def test_giving_up_at_any_moment_leaves_nothing(tmp_path: Path) -> None:
    """Also while a child is being begun."""
    async with at_work(tmp_path) as workshop:
        for wait_ms in (0, 1, 2, 3, 4, 6, 8, 12, 16, 32, 64):
            job = asyncio.create_task(open_and_draw(workshop, tmp_path, asyncio.Event()))
            await asyncio.sleep(wait_ms / 1000)
            job.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asyncio.wait_for(job, 20)
            assert left_of(tmp_path) == ([], [])


async def test_jobs_do_not_meet(tmp_path: Path) -> None:
    """The same file at the same time, in folders of their own."""
    (tmp_path / "deck.pdf").write_bytes(plain_pdf(9))
    async with at_work(tmp_path) as workshop:

        async def texts() -> list[str | None]:
            async with workshop.folder() as job:
                deck = await workshop.open("pdf", [("x", tmp_path / "deck.pdf")], job)
                pictures = await drawn(workshop, deck, job, (1280,))
                return [one.text for _, one in sorted(pictures.items())]

        first, second = await asyncio.gather(texts(), texts())
        assert first == second == [f"Page {page} of the deck" for page in range(9)]


DYING = """
import asyncio, sys
from pathlib import Path
from courseware.workshop import Workshop

async def main():
    workshop = Workshop(Path(sys.argv[1]), soffice=None, at_once=2)
    await workshop.start()
    async with workshop.folder() as job:
        async for _ in workshop.draw(Path(sys.argv[2]), range(60), px=(1280,), folder=job):
            print("drawing", flush=True)

asyncio.run(main())
"""


async def test_children_die_with_a_server_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "deck.pdf").write_bytes(slow_pdf(60))
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", DYING, tmp_path / "work", tmp_path / "deck.pdf"),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert server.stdout is not None
    try:
        assert await asyncio.wait_for(server.stdout.readline(), 20) == b"drawing\n"
        assert left_of(tmp_path)[1]
    finally:
        server.kill()
        await asyncio.wait_for(server.wait(), 20)
    async with at_work(tmp_path):  # the next one removes the folder
        # One that was being begun dies a little later.
        await until(lambda: left_of(tmp_path) == ([], []))


@pytest.mark.parametrize("is_there", [True, False])
async def test_a_child_whose_server_ended_before_it_asked_does_nothing(
    tmp_path: Path, is_there: bool
) -> None:
    deck = tmp_path / "deck.pdf"
    deck.write_bytes(plain_pdf())
    order = {"task": "probe", "files": [str(deck)], "numbers": {}, "is_root": False}
    order |= {"bounds": LONG.plain(), "parent": os.getpid() if is_there else 0}
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", cell._BOOT, str(ROOT), json.dumps(order)),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await asyncio.wait_for(child.communicate(), 20)
    assert (b'"done"' in said) == is_there
    assert bool(said) == is_there


async def test_without_being_root_children_work_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Path
) -> None:
    """In a user namespace of their own, where that is what takes the network away."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    taken = write(program, f"cat {beside(program, plain_pdf(2))} > office.pdf")
    async with at_work(tmp_path, soffice=taken) as workshop:
        async with opened(workshop, "pdf", plain_pdf(), tmp_path) as (deck, job):
            assert (await drawn(workshop, deck, job))[0, 1280].text == "Page 0 of the deck"
        async with opened(workshop, "document", docx(), tmp_path) as (deck, _):
            assert len(deck.leaves) == 2


async def test_what_a_server_that_died_left_is_swept(tmp_path: Path) -> None:
    """Its folders, and processes with the mark of one of them; nobody else's."""
    left, other = [
        await asyncio.create_subprocess_exec("sleep", "300", env=os.environ | {MARK: str(job)})
        for job in (tmp_path / "work" / "job-left", tmp_path / "work-of-others" / "job-1")
    ]
    (tmp_path / "work" / "job-left").mkdir(parents=True)
    (tmp_path / "work" / "job-left" / "0-1280.webp").write_bytes(b"x")
    async with at_work(tmp_path):
        assert left_of(tmp_path) == ([], [])
        assert await asyncio.wait_for(left.wait(), 20) == -signal.SIGKILL
        assert other.returncode is None
    other.kill()
    await other.wait()


async def test_a_source_that_is_gone_is_not_called_damaged(tmp_path: Path) -> None:
    async with at_work(tmp_path) as workshop, workshop.folder() as job:
        gone = tmp_path / "gone.pdf"
        with pytest.raises(Broken) as ended:
            await workshop.open("pdf", [("x", gone)], job)
        assert ended.value.reason == "spawn"
        with pytest.raises(Broken):
            async for _ in workshop.draw(gone, [1], px=(320,), folder=job):
                pass


async def test_our_own_misuse_is_said_aloud(tmp_path: Path) -> None:
    async with at_work(tmp_path) as workshop:
        with pytest.raises(LocalError):
            async with opened(workshop, "pdf", [plain_pdf(), plain_pdf()], tmp_path):
                pass
        async with opened(workshop, "film", b"....ftypisom", tmp_path) as (film, _):
            assert (film.leaves, film.print) == ((), None)


# The office program


@pytest.fixture
def program() -> Iterator[Path]:
    """A file that nobody may read and run, to be an office program."""
    folder = Path(tempfile.mkdtemp(prefix="courseware-test-"))
    folder.chmod(0o755)
    yield folder / "soffice"
    shutil.rmtree(folder)


def write(program: Path, *lines: str) -> str:
    program.write_text("\n".join(("#!/bin/bash", *lines)), encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IRUSR | 0o555)
    return str(program)


def beside(program: Path, raw: bytes) -> Path:
    """A file that the program may read."""
    path = program.with_name("made.pdf")
    path.write_bytes(raw)
    path.chmod(0o444)
    return path


async def test_a_program_that_hangs_is_ended_with_its_children(
    tmp_path: Path, program: Path
) -> None:
    hanging = write(program, "sleep 300 &", "sleep 300")
    bounds = BOUNDS | {"office": replace(BOUNDS["office"], wall_s=1)}
    async with at_work(tmp_path, soffice=hanging, bounds=bounds) as workshop:
        with pytest.raises(Unfit, match="slow"):
            async with opened(workshop, "document", docx(), tmp_path):
                pass
        assert left_of(tmp_path) == ([], [])


async def test_a_program_reaches_no_network_and_is_nobody(tmp_path: Path, program: Path) -> None:
    """It asks a server on this machine, over the loop, and looks who it is."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        made = beside(program, plain_pdf())
        curious = write(
            program,
            f"(exec 3<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null && exit 1",
            f'[ "$(id -u)" = {65534 if os.geteuid() == 0 else 0} ] && cat {made} > office.pdf',
        )
        async with (
            at_work(tmp_path, soffice=curious) as workshop,
            opened(workshop, "document", docx(), tmp_path) as (deck, _),
        ):
            assert len(deck.leaves) == 1
        with pytest.raises(TimeoutError):
            server.accept()


async def test_a_program_that_fails_is_told_as_a_damaged_file(
    tmp_path: Path, program: Path
) -> None:
    async with at_work(tmp_path, soffice=write(program, "exit 77")) as workshop:
        with pytest.raises(Unfit, match="broken"):
            async with opened(workshop, "document", docx(), tmp_path):
                pass


async def test_a_link_in_the_place_of_a_print_is_not_followed(
    tmp_path: Path, program: Path
) -> None:
    made = beside(program, plain_pdf())
    linking = write(program, f"ln -s {made} office.pdf")
    async with at_work(tmp_path, soffice=linking) as workshop:
        with pytest.raises(Broken, match="answer"):
            async with opened(workshop, "document", docx(), tmp_path):
                pass


TWO_STEPS = [Page("One", boxes=[5], timing=timing(effect("clickEffect", "entr", on(5))))]


@pytest.mark.parametrize("takes_steps", [True, False])
async def test_pages_that_do_not_fit_the_steps_are_shown_without_them(
    tmp_path: Path, program: Path, takes_steps: bool
) -> None:
    """One page where two leaves were expected; or a program that takes no file with steps."""
    script = f"cat {beside(program, plain_pdf())} > office.pdf"
    taken = write(program, script if takes_steps else f"grep -q leaf1.xml *.pptx || {script}")
    async with (
        at_work(tmp_path, soffice=taken) as workshop,
        opened(workshop, "slides", pptx(TWO_STEPS), tmp_path) as (deck, _),
    ):
        assert [(leaf.slide, leaf.step) for leaf in deck.leaves] == [(1, 0)]
        assert deck.slides[0].title == "One"

"""The shell around the children: gives each job a folder, makes files into prints and prints into
pictures. The only part of the package that is used in the web process; it reads no byte of a file
that somebody sent, but for the header of what a child wrote.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, Literal

from courseware.cell import BOUNDS, Cells
from courseware.confine import DESK, NOBODY, Bounds
from courseware.converting import open_office, sweep_places
from courseware.crew import Crew
from courseware.deck import MEGABYTE, Drawn, Kind, Opened
from courseware.drawing import Drawing, draw
from courseware.errors import Broken, LocalError, Unfit
from courseware.leftovers import end_leftovers
from courseware.opening import open_activity, open_pdf, open_pictures
from courseware.outcome import check_pdf, take

_WALLS: Final[Mapping[bool, Sequence[str]]] = {
    True: ("unshare", "-n", "--"),
    False: ("unshare", "-rn", "--"),
}
"""A command that runs another one without a network, for root and for everybody else."""
_TRIED_S: Final = 5.0
BURNED_MAX: Final = 512 * MEGABYTE


class Workshop:
    """Turns files into pages. `folder` is its own: what is in it at the start is removed.
    `soffice` is where LibreOffice is, None where it is not or is not wanted. As root the children
    become nobody, so root must be allowed to do that. Used from one event loop."""

    def __init__(
        self,
        folder: Path,
        *,
        soffice: str | None,
        at_once: int,
        bounds: Mapping[str, Bounds] = BOUNDS,
    ) -> None:
        self._folder = folder.resolve()
        self._soffice = soffice
        self._at_once = at_once
        self._bounds = bounds
        self._is_root = os.geteuid() == 0
        self._crew: Crew | None = None
        self.office: Literal["ready", "missing", "unsafe"] = "missing"
        """Whether Office files are taken: known after `start`."""

    async def start(self) -> None:
        """End what an earlier server left, empty the folder, and find out whether children can be
        kept from the network."""
        await asyncio.to_thread(end_leftovers, self._folder)
        await asyncio.to_thread(_sweep, self._folder)
        await asyncio.to_thread(sweep_places)
        wall = _WALLS[self._is_root]
        wall_off = wall if await _works([*wall, "true"]) else ()
        self._crew = Crew(
            Cells(wall_off, is_root=self._is_root), self._bounds, at_once=self._at_once
        )
        if self._soffice is not None:
            self.office = "ready" if wall_off else "unsafe"

    async def close(self) -> None:
        """Kill every child with all it started; those who wait for one get Broken `closed`."""
        if self._crew is not None:
            self._crew.cells.end_all()

    @asynccontextmanager
    async def folder(self) -> AsyncIterator[Path]:
        """A fresh folder of one job. Leaving the context ends the job's children and removes it."""
        crew = self._at_work()
        try:
            folder = Path(_make(self._folder, self._is_root))  # at once: nothing to cancel
        except OSError as error:
            raise Broken("storage", type(error).__name__) from error
        crew.cells.allow(folder)
        try:
            yield folder
        finally:
            crew.cells.end(folder)
            await asyncio.shield(asyncio.ensure_future(_clear(crew, folder)))

    async def open(self, kind: Kind, sources: Sequence[tuple[str, Path]], folder: Path) -> Opened:
        """Look into the files of one deck: their names as they were sent, and where they lie.
        Several only when all are pictures. `folder` is of `self.folder()` and holds what is made.

        Unfit: with the fault to be told. Broken: our side, worth one more try.
        """
        crew, files = self._at_work(), [path for _, path in sources]
        if len(files) != 1 and (kind != "picture" or not files):
            raise LocalError("one file, or pictures")
        match kind:
            case "pdf":
                return await open_pdf(crew, files[0], folder)
            case "picture":
                return await open_pictures(crew, files, folder)
            case "slides" | "document":
                return await open_office(crew, kind, files[0], folder, self._program())
            case "activity":
                return await open_activity(crew, files[0], folder)
            case "film" | "sound":
                return Opened(kind, (), (), None)

    def draw(
        self, opened_print: Path, leaves: Sequence[int], *, px: Sequence[int], folder: Path
    ) -> AsyncIterator[Drawn]:
        """Pictures of leaves of a print, by number from 0, as they come; the first asked for is
        drawn first. `px` is (1280, 320), or (2560,). A page that cannot be drawn has a substitute.

        Unfit when leaf 0 cannot be drawn, or too many others. Broken: our side.
        """
        return draw(self._at_work(), Drawing(opened_print, leaves, px, folder))

    async def burn(
        self,
        source: Path,
        overlay: Path | None,
        order: Sequence[tuple[int, int | None]],
        folder: Path,
    ) -> Path:
        """A print with what was drawn on it: where the PDF is, in `folder`. `order` are its pages:
        one of the print and what of the overlay lies over it, by numbers from 0, or None. Without
        an overlay all are as they were.

        Unfit when one of the files is not what it should be. Broken: our side.
        """
        crew = self._at_work()
        numbers = {"order": [list(pair) for pair in order]}
        files = [source] if overlay is None else [source, overlay]
        await crew.run("burn", files, numbers, folder)
        burned = take(folder, "burned.pdf")
        check_pdf(burned, BURNED_MAX)
        return burned

    def _program(self) -> str:
        """LibreOffice; Unfit where there is none, or it could reach the network."""
        if self.office == "missing" or self._soffice is None:
            raise Unfit("office_missing")
        if self.office == "unsafe":
            raise Unfit("office_unsafe")
        return self._soffice

    def _at_work(self) -> Crew:
        if self._crew is None:
            raise LocalError("not started")
        return self._crew


async def is_network_kept_off() -> bool:
    """Whether children can be kept from the network here."""
    return await _works([*_WALLS[os.geteuid() == 0], "true"])


def _sweep(folder: Path) -> None:
    """What a server that died left behind."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.iterdir():
        shutil.rmtree(left, ignore_errors=True)


def _make(folder: Path, is_root: bool) -> str:
    """The job's folder, closed to its children if they are somebody else, and their desk in it."""
    made = tempfile.mkdtemp(prefix="job-", dir=folder)
    desk = os.path.join(made, DESK)
    os.mkdir(desk, 0o700)
    if is_root:
        os.chown(desk, NOBODY, NOBODY)
    return made


async def _clear(crew: Crew, folder: Path) -> None:
    await crew.cells.gone(folder)
    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _works(command: Sequence[str]) -> bool:
    """Whether a command is there and ends well."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError:
        return False
    try:
        return await asyncio.wait_for(process.wait(), _TRIED_S) == 0
    except TimeoutError:
        return False
    finally:
        if process.returncode is None:
            process.kill()

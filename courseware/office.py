"""Office files made ready for LibreOffice, and LibreOffice itself. Runs in children.

What LibreOffice is given has no link to the outside, a slide for each step, and a profile in which
macros are off and nothing is loaded from elsewhere.
"""

from __future__ import annotations

import os
import signal
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from courseware import confine
from courseware.archive import read_pieces
from courseware.document import LINKING, kind_of_document, slides_of, without_links
from courseware.errors import Broken, Unfit
from courseware.package import Package, main_type, open_package, without_outside
from courseware.presentation import read_presentation, with_steps

_FORM: Final = "application/vnd.openxmlformats-officedocument."
_MACRO: Final = "application/vnd.ms-"
_SLIDES: Final = tuple(
    f"{start}.main+xml"
    for start in (
        f"{_FORM}presentationml.presentation",
        f"{_FORM}presentationml.slideshow",
        f"{_MACRO}powerpoint.presentation.macroEnabled",
    )
)
_DOCUMENTS: Final = (
    f"{_FORM}wordprocessingml.document.main+xml",
    f"{_MACRO}word.document.macroEnabled.main+xml",
)
_MEANT: Final = {"slides": ("pptx", "odp"), "document": ("docx", "odt")}
_ITEM: Final = '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'  # noqa: E501
_SETTINGS: Final = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Load", "UpdateDocumentMode", "0"),
    ("Writer/Content/Update", "Link", "0"),
    ("Common/Java", "Enable", "false"),
)
"""Macros off, links to elsewhere blocked, none renewed while loading."""
_PROFILE: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items '
    'xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n'
)


def prepare(files: list[BinaryIO], numbers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Writes `office.<ending>` from an Office file of `numbers["kind"]`, without what it loads from
    elsewhere; with a slide for each step if `numbers["steps"]`. Says `{"ending"}` first and then
    `{"title", "notes", "steps"}` of each slide, nothing of a document's pages.

    Unfit `type`, `encrypted`, `bomb`, `broken`, `empty`, `pages`.
    """
    package = open_package(files[0])
    ending = _ending(package)
    if ending not in _MEANT[numbers["kind"]]:
        raise Unfit("type")
    other: dict[str, bytes] = {}
    slides: list[dict[str, Any]] = []
    if ending == "pptx":
        shown = read_presentation(package)
        stepped = with_steps(package, shown) if numbers["steps"] else None
        other = dict(stepped or {})
        slides = [
            {
                "title": slide.title,
                "notes": slide.notes,
                "steps": len(slide.steps) if stepped else 1,
            }
            for slide in shown.slides
        ]
    elif ending == "odp":
        found = slides_of(package.part("content.xml"))
        slides = [{"title": slide.title, "notes": slide.notes, "steps": 1} for slide in found]
    _write(package, other, Path(f"office.{ending}"))
    yield {"ending": ending}
    yield from slides


def _ending(package: Package) -> str:
    if "mimetype" in package.members:
        return kind_of_document(package)
    kind = main_type(package)
    if kind in _SLIDES:
        return "pptx"
    if kind in _DOCUMENTS:
        return "docx"
    raise Unfit("type")


def _write(package: Package, other: Mapping[str, bytes], path: Path) -> None:
    """The whole package, with other parts where there are some; packed by nobody, read once."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, member in package.members.items():
            if name in other:
                archive.writestr(name, other[name])
            elif name.endswith(".rels"):
                archive.writestr(name, without_outside(package.part(name)))
            elif name in LINKING:
                archive.writestr(name, without_links(package.part(name)))
            else:
                with archive.open(zipfile.ZipInfo(name), "w") as written:
                    for piece in read_pieces(package.file, member):
                        written.write(piece)
        for name, part in other.items():
            if name not in package.members:
                archive.writestr(name, part)


def convert(files: list[BinaryIO], numbers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Runs LibreOffice (`numbers["soffice"]`) on `office.<ending>`, which makes `office.pdf`.
    Says nothing. Unfit `slow`, `memory`, `broken`."""
    here = Path.cwd()
    profile = here / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
    source = f"office.{numbers['ending']}"
    command = [
        numbers["soffice"],
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", "pdf", "--outdir", str(here), source),
    ]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=partial(confine.die_with, os.getpid()),
            check=False,
        )
    except OSError as error:
        raise Broken("spawn") from error
    if not (here / "office.pdf").is_file():
        raise _no_pdf(done.returncode)
    yield {"converted": 1}


def _settings() -> str:
    items = (_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    return _PROFILE.format(items="".join(items))


def _no_pdf(returned: int) -> Unfit:
    """A shell between reports a signal as 128 and its number."""
    number = -returned if returned < 0 else returned - 128
    if number in (signal.SIGXCPU, signal.SIGKILL):
        return Unfit("slow")
    return Unfit("memory" if number == signal.SIGABRT else "broken")

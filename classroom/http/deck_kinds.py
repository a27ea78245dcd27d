"""Which files may become decks: by what they are called, and then by their first bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from classroom.blobs.names import ending_of
from classroom.blobs.traces import blank_file
from classroom.errors import Refused
from classroom.http.play_address import MEDIA
from classroom.jobs.conversion import SOURCE
from classroom.jobs.decks import Office
from classroom.store.deck_prints import PrintFile
from classroom.store.deck_uploads import Source
from courseware.deck import PICTURES_MAX, Kind
from courseware.errors import Unfit
from courseware.sniff import kind_of, named_kind

MEGABYTE = 1024**2
OFFICE: frozenset[Kind] = frozenset(("slides", "document"))


def check_sources(sources: Sequence[Source], *, file_mb: int, office: Office) -> None:
    """Refused `deck.empty`, `deck.large`, `deck.type`, `deck.old_office`, and where Office files
    cannot be read `deck.office_missing`, `deck.office_unsafe`."""
    kinds = {_named(source, file_mb) for source in sources}
    if len(sources) > 1 and (kinds != {"picture"} or len(sources) > PICTURES_MAX):
        raise Refused("deck.type")
    if kinds & OFFICE and office != "ready":
        raise Refused("deck.office_missing" if office == "missing" else "deck.office_unsafe")


def kind_by_bytes(name: str, head: bytes) -> Kind:
    """What a file is that begins so. Refused as `check_sources`, and `deck.encrypted`."""
    with _unfit_refused():
        return kind_of(name, head)


def blank_traces(path: Path, source: Source) -> None:
    """Take the place and the hour that a camera wrote out of a film: everybody gets it as it is.
    Blocks while it reads."""
    blank_file(path, MEDIA.get(ending_of(source.name), ""))


def source_file(index: int, source: Source, checksum: str) -> PrintFile:
    """How a print has a file that was sent: without its name, which is nobody else's business."""
    name = f"{SOURCE}{index:03}.{ending_of(source.name)}"
    return PrintFile(name, "application/octet-stream", checksum, source.bytes)


def too_large(file_mb: int) -> Refused:
    """The refusal of more bytes than a file may have, or was announced with."""
    return Refused("deck.large", {"megabytes": file_mb})


def _named(source: Source, file_mb: int) -> Kind:
    if source.bytes == 0:
        raise Refused("deck.empty")
    if source.bytes > file_mb * MEGABYTE:
        raise too_large(file_mb)
    with _unfit_refused():
        return named_kind(source.name)


@contextmanager
def _unfit_refused() -> Iterator[None]:
    """What is wrong with a file becomes a refusal of its sender's request."""
    try:
        yield
    except Unfit as unfit:
        raise Refused(f"deck.{unfit.fault}", unfit.params) from unfit

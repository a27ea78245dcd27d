"""What was drawn on slides becomes part of their PDF: a page of the overlay is laid over a page of
the print, with the ink as vectors and the print's own text still text. In a child.

The print may be the file that somebody sent, so what could run in it is taken out
(`courseware.scrub`), and of the overlay only what our own pages have in it is used
(`courseware.sheet`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

import pikepdf

from courseware.deck import MEGABYTE, SHEETS_MAX
from courseware.errors import Unfit
from courseware.leaving_out import leave_out
from courseware.scrub import scrub
from courseware.sheet import Sheets

Box = tuple[float, float, float, float]

_NO_BOX: Final[Box] = (0.0, 0.0, 612.0, 792.0)
"""What pdfium takes for a page that says nothing of its size."""
_PARENTS_MAX: Final = 50
_CHECKED_MAX: Final = 4 * MEGABYTE
"""Packed contents of pages that are looked through for what they leave open: some seconds. Large
maps and drawings by machines close what they open."""


def burn(files: list[BinaryIO], numbers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Takes a print, perhaps an overlay, and `numbers["order"]`: pairs of a page of the print and a
    page of the overlay or None, from 0, in the order of the pages to be. Writes `burned.pdf` and
    says `{"burned": pages}`.

    Unfit `broken` (also for an overlay that no page of ours wrote), `encrypted`, `pages`, `empty`.
    """
    order: Sequence[tuple[int, int | None]] = [tuple(pair) for pair in numbers["order"]]
    try:
        with (
            pikepdf.open(files[0], suppress_warnings=True) as document,
            pikepdf.open(files[1], suppress_warnings=True)
            if len(files) > 1
            else pikepdf.new() as drawn,
        ):
            _write(document, drawn, order)
    except pikepdf.PasswordError as error:
        raise Unfit("encrypted") from error
    except (pikepdf.PdfError, pikepdf.ForeignObjectError) as error:
        raise Unfit("broken") from error
    yield {"burned": len(order)}


def _write(
    document: pikepdf.Pdf, drawn: pikepdf.Pdf, order: Sequence[tuple[int, int | None]]
) -> None:
    if not order:
        raise Unfit("empty")
    if len(drawn.pages) > SHEETS_MAX:
        raise Unfit("pages", {"max": SHEETS_MAX})
    if drawn.is_encrypted:
        raise Unfit("encrypted")
    if not all(0 <= page < len(document.pages) for page, _ in order):
        raise Unfit("broken")
    scrub(document)
    _arrange(document, [page for page, _ in order])
    sheets, counted = Sheets(drawn, document), 0
    for page, (_, sheet) in zip(document.pages, order, strict=True):
        if sheet is None:
            continue
        counted += _packed_bytes(page)
        _lay_over(document, page, *sheets.take(sheet), is_checked=counted <= _CHECKED_MAX)
    document.save(
        "burned.pdf", encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.generate
    )


def _arrange(document: pikepdf.Pdf, order: Sequence[int]) -> None:
    """The pages in this order; one that comes twice is copied, one that does not come is emptied,
    since links may still name it."""
    pages = list(document.pages)
    if list(order) == list(range(len(pages))):
        return
    del document.pages[:]
    for index in order:
        document.pages.append(pages[index])
    leave_out(document, pages, set(order))


def _lay_over(
    document: pikepdf.Pdf,
    page: pikepdf.Page,
    form: pikepdf.Object,
    size: tuple[float, float],
    *,
    is_checked: bool,
) -> None:
    """The form of a sheet of this size over all that is seen of the page, whichever way it is
    turned. What the page's own contents leave open is closed before, if they are checked."""
    opened, closed = _balance(page) if is_checked else (0, 0)
    name = page.add_resource(document.make_indirect(form), pikepdf.Name.XObject)
    matrix = " ".join(f"{value:.6f}" for value in _placed(page, size))
    page.contents_add(b"q " * (1 + opened), prepend=True)
    after = f"{'Q ' * (1 + closed)}q {matrix} cm {name} Do Q"
    page.contents_add(after.encode(), prepend=False)


def _packed_bytes(page: pikepdf.Page) -> int:
    """Of its contents, as they lie in the file."""
    contents = page.obj.get("/Contents")
    streams = contents if isinstance(contents, pikepdf.Array) else (contents,)
    return sum(len(one.read_raw_bytes()) for one in streams if isinstance(one, pikepdf.Stream))


def _balance(page: pikepdf.Page) -> tuple[int, int]:
    """How many `q` the contents need before them, and how many `Q` more after them, so that what
    follows stands on the page itself: not every program closes what it opens."""
    try:
        steps = pikepdf.parse_content_stream(page, "q Q")
    except pikepdf.PdfError:
        return 0, 0
    depth = lowest = 0
    for step in steps:
        depth += 1 if str(step.operator) == "q" else -1
        lowest = min(lowest, depth)
    return -lowest, depth - lowest


def _placed(page: pikepdf.Page, size: tuple[float, float]) -> tuple[float, ...]:
    """The matrix that lays a sheet of this size over the seen part of the page: ISO 32000 8.3.3,
    with the page turned clockwise by `/Rotate`."""
    left, bottom, right, top = seen_box(page)
    width, height = right - left, top - bottom
    across, up = size
    placed: Mapping[int, tuple[float, ...]] = {
        0: (width / across, 0, 0, height / up, left, bottom),
        1: (0, height / across, -width / up, 0, right, bottom),
        2: (-width / across, 0, 0, -height / up, right, top),
        3: (0, -height / across, width / up, 0, left, top),
    }
    return placed[_quarters(page)]


def _quarters(page: pikepdf.Page) -> int:
    turned = _inherited(page, "/Rotate")
    try:
        return int(float(turned) / 90) % 4 if turned is not None else 0
    except (TypeError, ValueError, OverflowError):
        return 0


def seen_box(page: pikepdf.Page) -> Box:
    """What pdfium shows of a page, in its own units: the crop box as far as it lies on the
    medium."""
    medium = _box(_inherited(page, "/MediaBox")) or _NO_BOX
    crop = _box(_inherited(page, "/CropBox")) or medium
    both = (
        max(medium[0], crop[0]),
        max(medium[1], crop[1]),
        min(medium[2], crop[2]),
        min(medium[3], crop[3]),
    )
    if both[0] >= both[2] or both[1] >= both[3]:
        raise Unfit("shape")
    return both


def _box(found: pikepdf.Object | None) -> Box | None:
    """A rectangle with its corners in order; None for what is none."""
    try:
        a, b, c, d = (float(value) for value in found)  # type: ignore[union-attr]
    except (TypeError, ValueError):
        return None
    box = (min(a, c), min(b, d), max(a, c), max(b, d))
    return box if box[0] < box[2] and box[1] < box[3] else None


def _inherited(page: pikepdf.Page, key: str) -> pikepdf.Object | None:
    """What the page or the nearest above it says."""
    node: pikepdf.Object | None = page.obj
    for _ in range(_PARENTS_MAX):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node.get(key)
        node = node.get("/Parent")
    return None

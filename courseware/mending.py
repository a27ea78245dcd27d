"""A PDF that pdfium does not read is read by qpdf, which repairs, and written anew. In a child."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf

from courseware.errors import Unfit


def mend(files: list[BinaryIO], numbers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Writes `mended.pdf` and says `{"mended": pages}`. Unfit `encrypted`, `broken`."""
    try:
        with pikepdf.open(files[0], suppress_warnings=True) as document:
            pages = len(document.pages)
            if pages == 0:
                raise Unfit("broken")
            document.save("mended.pdf", encryption=False)
    except pikepdf.PasswordError as error:
        raise Unfit("encrypted") from error
    except pikepdf.PdfError as error:
        raise Unfit("broken") from error
    yield {"mended": pages}

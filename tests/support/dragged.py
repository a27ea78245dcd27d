"""Files that are dragged from a desktop over a page and let go there."""

from __future__ import annotations

import base64
from typing import Final

from playwright.async_api import JSHandle, Page

KINDS: Final = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "webm": "video/webm",
}
"""What a browser tells of a file by its ending while it is only held."""
_CARRIED: Final = """([bytes, name, type]) => {
    const data = Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([data], name, { type }));
    return carried;
}"""


async def hold(page: Page, file: bytes, name: str, over: str) -> JSHandle:
    """Over a part of the page, which may say what would become of it; for `let_go`."""
    held = [base64.b64encode(file).decode(), name, KINDS[name.rpartition(".")[2]]]
    carried = await page.evaluate_handle(_CARRIED, held)
    await page.dispatch_event(over, "dragenter", {"dataTransfer": carried})
    return carried


async def let_go(page: Page, carried: JSHandle, over: str) -> None:
    await page.dispatch_event(over, "drop", {"dataTransfer": carried})

"""Pages and those who draw on them: items to draw, real Yjs browsers in one Node process, and a
writer of updates byte by byte for what no honest browser sends.
"""

from __future__ import annotations

import base64
import json
import select
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from struct import pack as pack_struct
from typing import Any

from whiteboard.ids import AuthorId, PageDocId
from whiteboard.page import Applied, Page
from whiteboard.pen import Pen
from whiteboard.stroke import pack
from whiteboard.update import Struct
from whiteboard.varint import write_varuint

ROOT = Path(__file__).resolve().parents[2]
DOC_ID = PageDocId.parse("board/page/0")
ANN, BEN, TUTOR = AuthorId("ann"), AuthorId("ben"), AuthorId("tutor")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
ANSWER_WITHIN_S = 60.0

Value = dict[str, Any]


def base36(number: int) -> str:
    """As JavaScript's `toString(36)`."""
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits


def item_id(client: int, number: int) -> str:
    return f"{base36(client)}-{base36(number)}"


def stroke(by: str, **changed: Any) -> Value:
    """A finished stroke."""
    points = [(100.0, 80.0, 120), (101.5, 82.25, 130), (99.0, 90.0, 90)]
    value = {"t": "pen", "by": by, "at": 1.7e12, "z": "a0", "c": "#1d1c1a"}
    return {**value, "w": 3, "o": 1, "d": pack(points), "s": 0, **changed}


def note(by: str, **changed: Any) -> Value:
    """A sticky note; its words are in `tx`."""
    place = {"x": 10, "y": 20.5, "w": 160, "h": 120}
    value = {"t": "note", "by": by, "at": 1.7e12, "z": "a1", "c": "#fff2a8", "fs": 20}
    return {**value, **place, **changed}


class Browsers:
    """One Node process with any number of page documents in it, on the real Yjs."""

    def __init__(self) -> None:
        folder = ROOT / "tests" / "support" / "yjs"
        self._node = subprocess.Popen(
            ["node", str(folder / "browsers.mjs"), str(ROOT / "web" / "package.json")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._names = 0

    def close(self) -> None:
        """End the process and wait for it."""
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.close()
        try:
            self._node.wait(timeout=10)
        finally:
            self._node.kill()
            self._node.stdout.close()

    def open(self, client: int) -> Browser:
        """A new empty document."""
        self._names += 1
        name = str(self._names)
        self.ask("open", name=name, client=client)
        return Browser(self, name, client)

    def forget(self, browser: Browser) -> None:
        """Close a document."""
        self.ask("forget", which=browser.name)

    def merge(self, updates: Iterable[bytes]) -> bytes:
        """`Y.mergeUpdates`."""
        merged: bytes = self.ask("merge", updates=list(updates))[0]
        return merged

    def ask(self, do: str, **what: Any) -> tuple[Any, list[bytes]]:
        """A request's result and the updates it made."""
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps({"do": do, **what}, default=_bytes).encode() + b"\n")
        self._node.stdin.flush()
        if not select.select([self._node.stdout], [], [], ANSWER_WITHIN_S)[0]:
            self._node.kill()
            raise TimeoutError(f"Yjs did not answer {do!r} within {ANSWER_WITHIN_S:g} s")
        answer = json.loads(self._node.stdout.readline(), object_hook=_revive)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"], answer["made"]


class Browser:
    """One page document in a browser; edits are its user's own, with undo."""

    def __init__(self, browsers: Browsers, name: str, client: int) -> None:
        self._browsers = browsers
        self.name = name
        self.client = client
        self._items = 0

    def new_id(self) -> str:
        self._items += 1
        return item_id(self.client, self._items)

    def edit(self, *steps: Sequence[Any]) -> list[bytes]:
        """One transaction; gives the updates to send (one, or none when nothing changed)."""
        return self._browsers.ask("edit", name=self.name, edits=steps)[1]

    def undo(self) -> list[bytes]:
        return self._browsers.ask("undo", name=self.name)[1]

    def redo(self) -> list[bytes]:
        return self._browsers.ask("redo", name=self.name)[1]

    def apply(self, *updates: bytes) -> None:
        """Updates from the server."""
        self._browsers.ask("apply", name=self.name, updates=updates)

    def vector(self) -> bytes:
        vector: bytes = self._browsers.ask("vector", name=self.name)[0]
        return vector

    def state(self, since: bytes | None = None) -> bytes:
        state: bytes = self._browsers.ask("state", name=self.name, since=since)[0]
        return state

    def read(self) -> Value:
        """`{"el", "tf", "tx", "pending"}` as the browser sees them."""
        read: Value = self._browsers.ask("read", name=self.name)[0]
        return read


class Class:
    """A page on the server and the browsers that have it open."""

    def __init__(self, browsers: Browsers, *, first_client: int = 1001) -> None:
        self.page = Page(DOC_ID)
        self.pens: dict[AuthorId, Pen] = {}
        self._browsers = browsers
        self._joined: list[tuple[Browser, AuthorId]] = []
        self._next = first_client

    def join(self, author: AuthorId, *, pen: Pen = "own") -> Browser:
        """Somebody opens the page, with everything that is on it."""
        browser = self._browsers.open(self._next)
        self._next += 1
        self.page.bind(browser.client, author)
        self.pens[author] = pen
        self._joined.append((browser, author))
        browser.apply(self.page.state(browser.vector()))
        return browser

    def send(self, browser: Browser, updates: Iterable[bytes]) -> list[Applied | None]:
        """The server receives a browser's updates and passes on what it applied."""
        author = next(author for one, author in self._joined if one is browser)
        answers = []
        for update in updates:
            pen = self.pens[author]
            answer = self.page.receive(update, author=author, client_id=browser.client, pen=pen)
            answers.append(answer)
            if answer is not None:
                for other, _ in self._joined:
                    if other is not browser:
                        other.apply(update)
        return answers

    def merge(self, updates: Iterable[bytes]) -> bytes:
        """Several updates as one, as Yjs merges them."""
        return self._browsers.merge(updates)

    def reload(self) -> None:
        """The server loads the page again from its snapshot."""
        page = self.page
        self.page = Page.load(
            page.doc_id, snapshot=page.snapshot(), updates=[], seq=page.seq, bound=page.bound
        )

    def agrees(self) -> Value:
        """What everybody sees; fails when somebody sees something else."""
        seen = contents(self.page)
        for browser, _ in self._joined:
            read = browser.read()
            assert read.pop("pending") is False
            assert read == seen
        return seen


def contents(page: Page) -> Value:
    """A page's three roots as plain values, from a second reading of its snapshot."""
    from pycrdt import Doc, Map

    doc: Doc[Any] = Doc()
    roots: dict[str, Any] = {root: doc.get(root, type=Map) for root in ("el", "tf", "tx")}
    doc.apply_update(page.snapshot())
    seen = {root: {key: _plain(value) for key, value in roots[root].items()} for root in roots}
    seen["tx"] = {key: str(text) for key, text in roots["tx"].items()}
    assert _plain(page.items()) == seen["el"]
    return seen


# Updates written by hand


def write_update(
    structs: Mapping[int, Sequence[Struct]],
    deletes: Mapping[int, Sequence[tuple[int, int]]] | None = None,
) -> bytes:
    """An update of exactly these structs (their `content` is the bytes after parents and key) and
    deleted ranges `(clock, length)`."""
    out = bytearray()
    write_varuint(out, len(structs))
    for client, run in structs.items():
        for number in (len(run), client, run[0].clock if run else 0):
            write_varuint(out, number)
        for struct in run:
            _write_struct(out, struct)
    write_varuint(out, len(deletes or {}))
    for client, ranges in (deletes or {}).items():
        for number in (client, len(ranges), *(number for one in ranges for number in one)):
            write_varuint(out, number)
    return bytes(out)


def _write_struct(out: bytearray, struct: Struct) -> None:
    has_parent = struct.origin is None and struct.right_origin is None
    bits = struct.ref | (0x80 if struct.origin else 0) | (0x40 if struct.right_origin else 0)
    out.append(bits | (0x20 if struct.key is not None else 0))
    for neighbour in (struct.origin, struct.right_origin):
        for number in neighbour or ():
            write_varuint(out, number)
    if struct.ref not in (0, 10) and has_parent:
        _write_parent(out, struct)
    assert isinstance(struct.content, bytes)
    out += struct.content


def _write_parent(out: bytearray, struct: Struct) -> None:
    if isinstance(struct.parent, str):
        out += b"\x01" + text_bytes(struct.parent)
    else:
        out.append(0)
        for number in struct.parent or (0, 0):
            write_varuint(out, number)
    if struct.key is not None:
        out += text_bytes(struct.key)


def text_bytes(text: str) -> bytes:
    """A text as Yjs writes it."""
    raw = text.encode("utf-8", "surrogatepass")
    return number_bytes(len(raw)) + raw


def number_bytes(number: int) -> bytes:
    out = bytearray()
    write_varuint(out, number)
    return bytes(out)


def any_bytes(value: Any) -> bytes:
    """A plain value as lib0 writes it; all numbers as 64 bit floats."""
    if isinstance(value, bool):
        return b"\x78" if value else b"\x79"
    if value is None:
        return b"\x7e"
    if isinstance(value, (int, float)):
        return b"\x7b" + pack_struct(">d", value)
    if isinstance(value, str):
        return b"\x77" + text_bytes(value)
    if isinstance(value, bytes):
        return b"\x74" + number_bytes(len(value)) + value
    if isinstance(value, list):
        return b"\x75" + number_bytes(len(value)) + b"".join(map(any_bytes, value))
    body = b"".join(text_bytes(key) + any_bytes(inner) for key, inner in value.items())
    return b"\x76" + number_bytes(len(value)) + body


def value_struct(clock: int, root: str, key: str | None, value: Any) -> Struct:
    """A value written to a root."""
    return Struct(clock, 1, 8, parent=root, key=key, content=b"\x01" + any_bytes(value))


def _plain(value: Any) -> Any:
    if isinstance(value, (bytearray, bytes)):
        return bytes(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def _bytes(value: object) -> Any:
    if isinstance(value, (bytes, bytearray)):
        return {"bytes": base64.b64encode(value).decode()}
    raise TypeError(f"{type(value)} is no JSON")


def _revive(found: dict[str, Any]) -> Any:
    if found.keys() == {"bytes"}:
        return base64.b64decode(found["bytes"])
    return found

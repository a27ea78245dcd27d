"""What is taken by its ending and its bytes, and what an archive may promise."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image

from classroom.blobs import archives
from classroom.blobs.kinds import KINDS, SHOWN, check_kind, kind_of
from classroom.errors import Refused


def zip_of(*names: str, content: bytes = b"x", packed: bool = False) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED if packed else 0) as archive:
        for name in names:
            archive.writestr(name, content)
    return file.getvalue()


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, kind)
    return file.getvalue()


GOOD: dict[str, bytes] = {
    "png": picture("PNG"),
    "jpg": picture("JPEG"),
    "jpeg": picture("JPEG"),
    "gif": picture("GIF"),
    "webp": picture("WEBP"),
    "pdf": b"\n%PDF-1.7\n",
    "docx": zip_of("[Content_Types].xml", "word/document.xml"),
    "xlsx": zip_of("xl/workbook.xml"),
    "pptx": zip_of("ppt/presentation.xml"),
    "odt": zip_of("mimetype", "content.xml"),
    "ods": zip_of("mimetype"),
    "odp": zip_of("mimetype"),
    "txt": "Sätze, 句子\n".encode(),
    "md": b"# Title\r\n\ttext",
    "csv": "\ufeffa;b".encode("utf-16"),
    "mp3": b"\xff\xfb\x90\x00",
    "m4a": b"\x00\x00\x00\x20ftypM4A ",
    "ogg": b"OggS\x00",
    "wav": b"RIFF\x00\x00\x00\x00WAVEfmt ",
    "mp4": b"\x00\x00\x00\x20ftypisom",
    "mov": b"\x00\x00\x00\x14ftypqt  ",
    "webm": b"\x1a\x45\xdf\xa3\x01",
    "zip": zip_of("a/b.txt"),
}


def checked(folder: Path, name: str, content: bytes) -> str:
    """The media type, or the code of the refusal."""
    path = folder / "file"
    path.write_bytes(content)
    try:
        return check_kind(path, name).media
    except Refused as refused:
        return refused.code


def test_every_kind_has_an_example() -> None:
    assert set(GOOD) == set(KINDS)


@pytest.mark.parametrize("ending", GOOD)
def test_what_is_what_it_says_is_taken(tmp_path: Path, ending: str) -> None:
    assert checked(tmp_path, f"a.{ending.upper()}", GOOD[ending]) == KINDS[ending].media


@pytest.mark.parametrize("ending", GOOD)
def test_what_is_something_else_is_not(tmp_path: Path, ending: str) -> None:
    program = b"\x7fELF\x02\x01\x01\x00\x00"
    assert checked(tmp_path, f"a.{ending}", program) == "file.type"
    others = {KINDS[other].media for other in GOOD if other != ending} - {KINDS[ending].media}
    other = GOOD["png"] if ending != "png" else GOOD["gif"]
    assert checked(tmp_path, f"a.{ending}", other) == "file.type"
    assert others


@pytest.mark.parametrize("name", ["a", "a.exe", "a.html", "a.svg", "a.docm", "png", "a.png.js", ""])
def test_other_endings_are_not_taken(name: str) -> None:
    with pytest.raises(Refused, match=r"file\.type"):
        kind_of(name)


def test_a_document_must_be_one(tmp_path: Path) -> None:
    assert checked(tmp_path, "a.docx", zip_of("xl/workbook.xml")) == "file.type"
    assert checked(tmp_path, "a.odt", zip_of("word/document.xml")) == "file.type"


def test_nothing_that_could_run_is_shown() -> None:
    assert not {kind for kind in SHOWN if "html" in kind or "svg" in kind or "text" in kind}
    assert "image/png" in SHOWN
    assert "application/zip" not in SHOWN


@pytest.mark.parametrize(
    "name",
    [
        "../up.txt",
        "a/../../up.txt",
        "/etc/passwd",
        "\\\\server\\x",
        "C:\\x",
        "c:x",
        "a\\..\\b",
        "..",
    ],
)
def test_an_entry_outside_of_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    content = zip_of("placeholder" * 2).replace(b"placeholder" * 2, name.encode().ljust(22, b"/"))
    assert checked(tmp_path, "a.zip", content) == "file.bomb"


def test_names_with_dots_are_no_way_out(tmp_path: Path) -> None:
    content = zip_of("a..b/c...txt", "..hidden", "a/b../c")
    assert checked(tmp_path, "a.zip", content) == "application/zip"


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = zip_of("zeros", content=bytes(3 * archives.SMALL), packed=True)
    assert len(bomb) < 5000
    assert checked(tmp_path, "a.zip", bomb) == "file.bomb"
    assert checked(tmp_path, "a.docx", bomb) == "file.bomb"
    small = zip_of("zeros", content=bytes(archives.SMALL // 2), packed=True)
    assert checked(tmp_path, "a.zip", small) == "application/zip"


def test_too_many_entries_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "ENTRIES_MAX", 3)
    names = [f"{number}.txt" for number in range(4)]
    assert checked(tmp_path, "a.zip", zip_of(*names[:3])) == "application/zip"
    assert checked(tmp_path, "a.zip", zip_of(*names)) == "file.bomb"


def end(count: int, length: int, start: int) -> bytes:
    return struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, length, start, 0)


def entry(name: bytes, packed: int, unpacked: int, extra: bytes = b"") -> bytes:
    head = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        b"PK\x01\x02",
        *(20, 20, 0, 0, 0, 0, 0, packed, unpacked, len(name), len(extra), 0, 0, 0, 0, 0),
    )
    return head + name + extra


def archive(directory: bytes, count: int = 1) -> bytes:
    local = b"PK\x03\x04".ljust(30, b"\0")
    return local + directory + end(count, len(directory), len(local))


@pytest.mark.parametrize(
    ("directory", "code"),
    [
        (entry(b"a", 1, 2 * 1024**3), "file.bomb"),
        (entry(b"a", 2**31, 1), "file.bomb"),  # more than the file itself: entries overlap
        (
            entry(b"a", 1, 0xFFFFFFFF, struct.pack("<HHHHQ", 9, 0, 1, 8, 2**40)),
            "file.bomb",
        ),
        (entry(b"a", 1, 0xFFFFFFFF, struct.pack("<HHQ", 1, 8, 5)), "application/zip"),
        (entry(b"a", 1, 1)[:-1], "file.broken"),
        (entry(b"a", 1, 1) + b"more", "application/zip"),
        (b"", "file.broken"),
        (entry(b"a", 1, 1) * 2, "file.broken"),
    ],
)
def test_what_a_directory_promises(tmp_path: Path, directory: bytes, code: str) -> None:
    assert checked(tmp_path, "a.zip", archive(directory)) == code


def test_a_directory_that_is_far_too_long_is_not_read(tmp_path: Path) -> None:
    head = b"PK\x03\x04"
    for count, length in ((60_000, 60), (1, 5 * 1024**2)):
        assert checked(tmp_path, "a.zip", head + end(count, length, 0)) == "file.bomb"


def zip64(count: int, start: int, directory: bytes) -> bytes:
    record = struct.pack(
        "<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(directory), start
    )
    place = start + len(directory)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, place, 1)
    return directory + record + locator + end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)


def test_a_large_zip_has_its_directory_elsewhere(tmp_path: Path) -> None:
    local = b"PK\x03\x04".ljust(30, b"\0")
    good = local + zip64(1, len(local), entry(b"a", 1, 1))
    assert checked(tmp_path, "a.zip", good) == "application/zip"
    assert checked(tmp_path, "a.zip", local + zip64(10**6, len(local), b"")) == "file.bomb"
    assert checked(tmp_path, "a.zip", good.replace(b"PK\x06\x06", b"PK\x00\x00")) == "file.broken"
    assert checked(tmp_path, "a.zip", good.replace(b"PK\x06\x07", b"PK\x00\x00")) == "file.broken"


def test_what_was_cut_is_broken(tmp_path: Path) -> None:
    whole = zip_of("a.txt", "b.txt")
    for length in range(4, len(whole)):
        assert checked(tmp_path, "a.zip", whole[:length]) in ("file.broken", "file.bomb")

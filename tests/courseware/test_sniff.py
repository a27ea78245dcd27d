"""What a file is, by its first bytes and its name."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courseware.errors import Unfit
from courseware.sniff import kind_of, named_kind
from tests.support.decks import activity_zip, picture, plain_pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EBML = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm"
ZIP = activity_zip()
WORD = OLE + bytes(504) + "WordDocument".encode("utf-16-le")

KINDS = [
    ("a.pdf", plain_pdf(), "pdf"),
    ("A.PDF", b"\n\n" + plain_pdf(), "pdf"),
    ("a.png", picture("PNG"), "picture"),
    ("a.jpg", picture("PNG"), "picture"),
    ("a.jpeg", picture("JPEG"), "picture"),
    ("a.webp", picture("WEBP"), "picture"),
    ("a.gif", picture("GIF"), "picture"),
    ("a.tiff", picture("TIFF"), "picture"),
    ("a.bmp", picture("BMP"), "picture"),
    ("a.pptx", ZIP, "slides"),
    ("a.odp", ZIP, "slides"),
    ("a.docx", ZIP, "document"),
    ("a.odt", ZIP, "document"),
    ("a.b.zip", ZIP, "activity"),
    ("a.mp4", b"\0\0\0\x20ftypisom", "film"),
    ("a.webm", EBML, "film"),
    ("a.m4a", b"\0\0\0\x20ftypM4A ", "sound"),
    ("a.mp3", b"ID3\x04", "sound"),
    ("a.mp3", b"\xff\xfb\x90\x00", "sound"),
    ("a.ogg", b"OggS\x00", "sound"),
    ("a.wav", b"RIFF\x24\0\0\0WAVEfmt ", "sound"),
]
REFUSED = [
    ("a.pdf", b"", "empty"),
    ("a.pdf", b"hello", "type"),
    ("a.pdf", picture("PNG"), "type"),
    ("a.png", plain_pdf(), "type"),
    ("a.exe", b"MZ\x90\0", "type"),
    ("pdf", plain_pdf()[:0] + b"%!PS", "type"),
    ("a", plain_pdf(), "type"),
    ("a.ppt", OLE, "old_office"),
    ("a.doc", b"anything", "old_office"),
    ("a.docx", WORD, "old_office"),
    ("a.pptx", OLE + bytes(504), "encrypted"),
    ("a.pptx", plain_pdf(), "type"),
    ("a.zip", plain_pdf(), "type"),
    ("a.mp4", b"\0\0\0\x14ftypqt  ", "type"),
    ("a.webm", EBML.replace(b"webm", b"matr"), "type"),
    ("a.mp3", b"\xff\xf1\x50\x80", "type"),  # AAC
    ("a.wav", picture("WEBP"), "type"),
]


@pytest.mark.parametrize(("name", "raw", "kind"), KINDS)
def test_a_file_is_what_its_bytes_and_its_name_say(name: str, raw: bytes, kind: str) -> None:
    assert kind_of(name, raw[:4096]) == kind
    assert named_kind(name) == kind


@pytest.mark.parametrize(("name", "raw", "fault"), REFUSED)
def test_what_cannot_be_shown_is_refused_by_name(name: str, raw: bytes, fault: str) -> None:
    with pytest.raises(Unfit) as refused:
        kind_of(name, raw[:4096])
    assert refused.value.fault == fault


@settings(max_examples=100)
@given(
    st.text(max_size=8),
    st.sampled_from(["pdf", "png", "pptx", "zip", "mp4", "mp3"]),
    st.binary(max_size=80),
)
def test_any_bytes_are_something_or_refused(name: str, ending: str, raw: bytes) -> None:
    with contextlib.suppress(Unfit):
        assert kind_of(f"{name}.{ending}", raw)

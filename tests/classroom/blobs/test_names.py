"""What a file may be called."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.blobs.names import NAME_MAX, clean_name, ending_of, unlike


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("notes.pdf", "notes.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\lin\\a.png", "a.png"),
        ("a\x00b\x1f\x7f\u2028.png", "ab.png"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("  two   words .pdf ", "two words.pdf"),
        ("作业 (1).docx", "作业 (1).docx"),
        ("e\u0301.txt", "é.txt"),
        ("", "file"),
        ("...", "file"),
        (".png", "file.png"),
        ("a/", "file"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("CON.txt", "_CON.txt"),
        ("com1", "_com1"),
        ("console.txt", "console.txt"),
        ("a.b c", "a.b c"),
    ],
)
def test_a_name_is_cleaned(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("x" * 500 + ".pdf") == "x" * (NAME_MAX - 4) + ".pdf"
    assert len(clean_name("x." + "y" * 500)) == NAME_MAX


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_whatever_it_was_called(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean) <= NAME_MAX + 1
    assert clean_name(clean) == clean
    assert not set('/\\<>:"|?*') & set(clean)
    assert not any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in clean)


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.PDF", "pdf"), ("a", ""), ("a.tar.gz", "gz"), ("a.", ""), (".png", "png")],
)
def test_the_ending_of_a_name(name: str, ending: str) -> None:
    assert ending_of(name) == ending


def test_names_that_come_twice_are_told_apart() -> None:
    names = ["a.pdf", "A.pdf", "a (2).pdf", "b", "b", "b"]
    assert list(unlike(names)) == ["a.pdf", "A (2).pdf", "a (2) (2).pdf", "b", "b (2)", "b (3)"]

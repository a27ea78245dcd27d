"""Names, addresses, passwords, the secret file, links and room codes."""

from __future__ import annotations

import asyncio
import re
import stat
import threading
import time
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from classroom.errors import Misfit, Refused
from classroom.ids import CODE_PATTERN, RoomId, new_id, new_room_code, read_room_code
from classroom.people.account import NAME_MAX, clean_email, clean_name
from classroom.people.links import host_token, is_setup_token, read_host_token, setup_token
from classroom.people.password import Passwords, check_password
from classroom.people.secret import Secret, open_secret, token_hash
from classroom.wire import messages
from tests.support.people import GOOD_PASSWORD, fast_passwords


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Ann \t B.\n", "Ann B."),
        ("王美", "王美"),
        ("e\u0301va", "éva"),
        ("An\u202en\u200b", "Ann"),
        ("👩\u200d🏫", "👩\u200d🏫"),
        ("x" * NAME_MAX, "x" * NAME_MAX),
    ],
)
def test_a_name_has_one_spelling(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@pytest.mark.parametrize("typed", ["", " \n ", "\u200b\u2060", "\u200d", "\ud800"])
def test_an_invisible_name_is_empty(typed: str) -> None:
    with pytest.raises(Refused, match=r"name\.empty"):
        clean_name(typed)


@given(st.text(max_size=200))
def test_a_clean_name_stays_as_it_is(text: str) -> None:
    try:
        name = clean_name(text)
    except Refused:
        return
    assert clean_name(name) == name
    assert 1 <= len(name) <= NAME_MAX


def test_the_wire_has_the_same_limit_for_names() -> None:
    assert messages.NAME_MAX == NAME_MAX


@pytest.mark.parametrize("email", ["mei@example.org", "a.b+c@sub.example.co", "王@例子.中国"])
def test_addresses_that_can_be(email: str) -> None:
    assert clean_email(f" {email.upper()} ") == email


@pytest.mark.parametrize(
    "email",
    [
        *("", "mei", "mei@", "@example.org", "mei@example", "a b@example.org"),
        *("<a@example.org>", "a@example.org,b@example.org", "a@b@example.org"),
        *("x" * 65 + "@example.org", "a@" + "x" * 250 + ".org", "a@example.o", "a\n@example.org"),
    ],
)
def test_addresses_that_cannot_be(email: str) -> None:
    with pytest.raises(Refused, match=r"account\.invalid_email"):
        clean_email(email)


@pytest.mark.parametrize("password", ["", "short", "x" * 9, "aaaaaaaaaaaaaa", "ab" * 200])
def test_weak_passwords(password: str) -> None:
    with pytest.raises(Refused, match=r"account\.weak_password"):
        check_password(password)


async def test_a_password_is_verified_and_never_stored() -> None:
    passwords = fast_passwords()
    stored = await passwords.hash(GOOD_PASSWORD)
    assert GOOD_PASSWORD not in stored
    assert stored.startswith("$argon2id$")
    assert await passwords.verify(GOOD_PASSWORD, stored)
    assert not await passwords.verify(GOOD_PASSWORD + "x", stored)
    assert not await passwords.verify(GOOD_PASSWORD, None)
    assert not await passwords.verify("nobody has this password", None)
    assert not await passwords.verify(GOOD_PASSWORD, "no hash at all")


async def test_hashes_are_made_off_the_loop_and_only_so_many_at_once() -> None:
    watched = Watched()
    passwords = Passwords(watched, at_once=2)
    await asyncio.gather(*(passwords.hash("x") for _ in range(6)))
    assert watched.most == 2
    assert threading.main_thread().name not in watched.threads


class Watched(PasswordHasher):
    """Counts how many hashes are in work at the same time; each waits for a second one."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._two = threading.Barrier(2, timeout=20)
        self._now = 0
        self.most = 0
        self.threads: set[str] = set()

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
            self.threads.add(threading.current_thread().name)
        self._two.wait()
        time.sleep(0.01)  # long enough that a third would overlap
        with self._lock:
            self._now -= 1
        return "hash"


def test_the_secret_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "secret.key"
    first = open_secret(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert open_secret(file).key("seat") == first.key("seat")
    assert [p.name for p in file.parent.iterdir()] == ["secret.key"]
    assert open_secret(tmp_path / "other").key("seat") != first.key("seat")


@pytest.mark.parametrize("text", ["", "zz", "ab" * 31, "é" * 64])
def test_a_spoiled_secret_is_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "secret.key"
    file.write_text(text)
    with pytest.raises(Misfit, match="secret key file"):
        open_secret(file)


def test_a_secret_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(Misfit, match="secret key file"):
        open_secret(tmp_path / "data" / "secret.key")


def test_proofs_of_one_use_are_none_of_another() -> None:
    secret = Secret(b"x" * 32)
    assert secret.is_proof("a", "text", secret.proof("a", "text"))
    assert not secret.is_proof("b", "text", secret.proof("a", "text"))
    assert not secret.is_proof("a", "texts", secret.proof("a", "text"))
    assert repr(secret) == "Secret()"


@given(st.text(max_size=100))
def test_any_text_is_no_proof(text: str) -> None:
    secret = Secret(b"x" * 32)
    assert not secret.is_proof("a", "text", text)
    assert not is_setup_token(secret, text)
    assert read_host_token(secret, text) is None
    assert len(token_hash(text)) == 64


def test_links_are_the_same_after_a_restart() -> None:
    one, again = Secret(b"x" * 32), Secret(b"x" * 32)
    assert is_setup_token(again, setup_token(one))
    assert read_host_token(again, host_token(one, RoomId("room-1"))) == "room-1"
    assert not is_setup_token(Secret(b"y" * 32), setup_token(one))


def test_codes_can_be_read_in_every_spelling() -> None:
    code = new_room_code()
    assert CODE_PATTERN.match(code)
    assert read_room_code(code.upper().replace("-", "  ")) == code
    assert read_room_code(code.replace("-", "")) == code
    assert read_room_code(code[:-1]) is None
    assert read_room_code(code + "b") is None
    assert read_room_code("aei-oua-eio") is None


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_none(text: str) -> None:
    code = read_room_code(text)
    assert code is None or CODE_PATTERN.match(code)


def test_ids_fit_the_wire() -> None:
    for _ in range(50):
        assert re.fullmatch(r"[A-Za-z0-9_-]{16}", new_id())

"""What the environment and a file say, and the sentences when they cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom.errors import Misfit
from classroom.settings import read_settings


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_defaults_need_nothing() -> None:
    settings = read_settings()
    assert (settings.host, settings.http_port, settings.media_port) == ("127.0.0.1", 8080, 40000)
    assert settings.database == f"sqlite://{Path('data/classroom.db').resolve()}"
    assert settings.is_loopback
    assert not settings.is_secure
    assert settings.media_workers == 0, "one for each core"


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "HOST": "0.0.0.0",
        "HTTP_PORT": "9000",
        "ANNOUNCE": "203.0.113.5, class.example.org:50000",
        "ICE_SERVERS": '[{"urls": "stun:stun.example.org"}]',
        "TURN_URLS": "turn:turn.example.org, turns:[2001:db8::7]:443?transport=tcp",
        "TURN_SECRET": "north star",
        "TURN_LIFETIME_S": "3600",
        "PUBLIC_URL": "https://class.example.org/",
        "SIGN_UP": "closed",
        "DATABASE_URL": "postgresql://u:p@db/classroom",
    }.items():
        monkeypatch.setenv(f"CLASSROOM_{name}", value)
    settings = read_settings()
    assert settings.http_port == 9000
    assert settings.announce == ("203.0.113.5", "class.example.org:50000")
    assert settings.ice_servers == ({"urls": "stun:stun.example.org"},)
    assert settings.turn_urls == (
        "turn:turn.example.org",
        "turns:[2001:db8::7]:443?transport=tcp",
    )
    assert settings.turn_secret.get_secret_value() == "north star"
    assert "north" not in repr(settings)
    assert settings.turn_lifetime_s == 3600
    assert settings.public_url == "https://class.example.org"
    assert settings.is_secure
    assert not settings.is_loopback
    assert settings.sign_up == "closed"
    assert settings.database == "postgresql://u:p@db/classroom"


def test_the_environment_wins_over_the_file_and_an_option_over_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "classroom.env"
    file.write_text("CLASSROOM_HTTP_PORT=1111\nCLASSROOM_MEDIA_PORT=2222\nOTHER=x\n")
    monkeypatch.setenv("CLASSROOM_HTTP_PORT", "3333")
    settings = read_settings(file)
    assert (settings.http_port, settings.media_port) == (3333, 2222)
    assert read_settings(file, http_port=4444).http_port == 4444
    assert read_settings(file, http_port=None).http_port == 3333


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTP_PORT", "70000"),
        ("HTTP_PORT", "many"),
        ("SIGN_UP", "maybe"),
        ("PUBLIC_URL", "class.example.org"),
        ("ROOM_CAPACITY", "0"),
        ("TURN_URLS", "turn.example.org"),
        ("TURN_URLS", "stun:turn.example.org"),
        ("TURN_URLS", "turn:"),
        ("TURN_URLS", "turn:turn.example.org:many"),
        ("TURN_URLS", "turn:turn.example.org?transport=pigeon"),
        ("TURN_LIFETIME_S", "5"),
    ],
)
def test_a_wrong_value_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"CLASSROOM_{name}", value)
    with pytest.raises(Misfit, match=f"CLASSROOM_{name} cannot be used"):
        read_settings()


def test_relays_without_their_secret_are_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLASSROOM_TURN_URLS", "turn:turn.example.org")
    with pytest.raises(Misfit, match="CLASSROOM_TURN_URLS needs CLASSROOM_TURN_SECRET"):
        read_settings()


def test_what_is_wrong_elsewhere_does_not_show_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLASSROOM_TURN_SECRET", "north star")
    monkeypatch.setenv("CLASSROOM_HTTP_PORT", "many")
    with pytest.raises(Misfit) as caught:
        read_settings()
    assert "north" not in str(caught.value) + str(caught.value.__cause__)


def test_broken_json_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLASSROOM_ICE_SERVERS", "[{")
    with pytest.raises(Misfit, match="CLASSROOM_ICE_SERVERS cannot be used"):
        read_settings()


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Misfit, match=r"nowhere\.env does not exist"):
        read_settings(tmp_path / "nowhere.env")


def test_remedies_are_on_until_they_are_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().remedies
    monkeypatch.setenv("CLASSROOM_REMEDIES", "off")
    assert not read_settings().remedies

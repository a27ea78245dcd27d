"""The doctor's sentences, each with its verdict."""

from __future__ import annotations

import socket
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import ValidationError

from bench.product import free_port
from classroom.bucket import bucket_says
from classroom.doctor import Finding, examine
from classroom.recording_check import recordings_say
from classroom.settings import Settings
from classroom.store import migrations
from classroom.store.database import close_database
from classroom.store.jobs import NewJob, add_jobs, finish_job, take_job
from classroom.store.letters import post
from classroom.store.pay_ways import change_ways
from tests.support.letters import new_letter
from tests.support.mailbox import mail_server
from tests.support.migrated import open_migrated

MIGRATIONS = Path(migrations.__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("built")
    return tmp_path


async def say(folder: Path, about: str, **given: Any) -> Finding:
    """The one finding whose sentence has these words."""
    fixed = {
        "static_dir": folder,
        "data_dir": folder / "data",
        "http_port": 0,
        "media_port": 0,
        "media_workers": 1,
    }
    findings = [f for f in await examine(Settings(**{**fixed, **given})) if about in f.sentence]
    assert len(findings) == 1, findings
    return findings[0]


async def test_a_local_server_is_well(folder: Path) -> None:
    settings = Settings(
        static_dir=folder,
        data_dir=folder / "data",
        http_port=free_port(),
        media_port=free_port(socket.SOCK_DGRAM),
        media_workers=1,
        soffice="off",
    )
    assert {finding.verdict for finding in await examine(settings)} == {"well"}
    assert not (folder / "data").exists()


async def test_a_data_folder_that_is_a_file(folder: Path) -> None:
    finding = await say(folder, "CLASSROOM_DATA_DIR", data_dir=folder / "index.html" / "data")
    assert finding.verdict == "wrong"


async def test_a_disk_that_is_nearly_full(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = SimpleNamespace(free=300 * 1024**2)
    monkeypatch.setattr("classroom.doctor.shutil.disk_usage", lambda _folder: usage)
    finding = await say(folder, "300 MB left")
    assert (finding.verdict, "CLASSROOM_DATA_DIR" in finding.sentence) == ("look", True)


async def test_a_secret_others_can_read(folder: Path) -> None:
    (folder / "secret.key").write_text("00" * 32)
    (folder / "secret.key").chmod(0o644)
    assert (await say(folder, "chmod 600", data_dir=folder)).verdict == "look"


async def test_the_database_is_asked_but_not_changed(folder: Path) -> None:
    file = folder / "data" / "classroom.db"
    finding = await say(folder, "The database")
    steps = len(list(MIGRATIONS.glob("0*.py")))
    assert (finding.verdict, f"{steps} migration(s)" in finding.sentence) == ("well", True)
    assert not file.exists()
    await open_migrated(f"sqlite://{file}")
    await close_database()
    assert (await say(folder, "The database")).sentence.endswith("answers and is up to date.")
    url = f"postgresql://tester@127.0.0.1:{free_port()}/nothing"
    finding = await say(folder, "The database", database_url=url)
    assert (finding.verdict, "CLASSROOM_DATABASE_URL" in finding.sentence) == ("wrong", True)


async def test_office_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def no() -> bool:
        return False

    assert (await say(folder, "CLASSROOM_SOFFICE", soffice="off")).verdict == "well"
    finding = await say(folder, "CLASSROOM_SOFFICE", soffice="/nowhere/soffice")
    assert (finding.verdict, "/nowhere/soffice" in finding.sentence) == ("look", True)
    monkeypatch.setattr("classroom.office_check.find_soffice", lambda _chosen: "/bin/true")
    monkeypatch.setattr("classroom.office_check._has_chinese_fonts", no)
    assert (await say(folder, "fonts-noto-cjk")).verdict == "look"
    monkeypatch.setattr("classroom.office_check.is_network_kept_off", no)
    assert (await say(folder, "network")).verdict == "look"
    monkeypatch.setattr("classroom.office_check.find_soffice", lambda _chosen: None)
    assert (await say(folder, "libreoffice-impress")).verdict == "look"


async def test_webhooks_that_may_stay_inside(folder: Path) -> None:
    assert (await say(folder, "Webhooks reach")).verdict == "well"
    finding = await say(folder, "CLASSROOM_HOOKS_PRIVATE", hooks_private=True)
    assert finding.verdict == "look"


async def test_messages_that_wait_or_were_given_up(folder: Path) -> None:
    file = folder / "data" / "classroom.db"
    url = f"sqlite://{file}"

    async def has(*names: str, at: datetime) -> None:
        await open_migrated(url)
        await add_jobs([NewJob("webhook", "h", name, {}) for name in names], at=at)
        await close_database()

    now = datetime.now(UTC)
    await has("a", at=now)
    assert (await say(folder, "wait to be sent")).verdict == "well"
    await has("b", at=now - timedelta(minutes=61))
    finding = await say(folder, "2 message(s) of webhooks wait")
    assert (finding.verdict, "61 minutes" in finding.sentence) == ("look", True)
    await open_migrated(url)
    job = await take_job(at=now)
    assert job is not None
    await finish_job(job.id, at=now, failure="answered 500")
    await close_database()
    assert (await say(folder, "1 message(s) of webhooks were given up")).verdict == "look"


async def test_a_virus_scanner(folder: Path) -> None:
    there = await say(folder, "Files are shown to sh", scan_command="sh -c 'exit 0'")
    assert there.verdict == "well"
    missing = await say(folder, "CLASSROOM_SCAN_COMMAND", scan_command="no-such-scanner --fast")
    assert missing.verdict == "wrong"


async def test_a_client_that_is_not_built(folder: Path) -> None:
    finding = await say(folder, "web client", static_dir=folder / "none")
    assert (finding.verdict, "make run" in finding.sentence) == ("wrong", True)


@pytest.mark.parametrize(
    ("kind", "setting"),
    [
        (socket.SOCK_STREAM, "http_port"),
        (socket.SOCK_DGRAM, "media_port"),
        (socket.SOCK_STREAM, "media_port"),
    ],
)
async def test_a_port_in_use(folder: Path, kind: socket.SocketKind, setting: str) -> None:
    with closing(socket.socket(socket.AF_INET, kind)) as other:
        other.bind(("127.0.0.1", 0))
        if kind is socket.SOCK_STREAM:
            other.listen()
        port = other.getsockname()[1]
        finding = await say(folder, f"port {port} on", **{setting: port})
    assert finding.verdict == "wrong"
    assert f"CLASSROOM_{setting.upper()}" in finding.sentence
    assert finding.sentence.startswith("TCP" if kind is socket.SOCK_STREAM else "UDP")


@pytest.mark.parametrize(("http_port", "clashes"), [(40000, True), (40002, True), (40003, False)])
async def test_web_and_media_want_ports_of_their_own(
    folder: Path, http_port: int, clashes: bool
) -> None:
    given = {"http_port": http_port, "media_port": 40000, "media_workers": 3}
    settings = Settings(static_dir=folder, data_dir=folder / "data", **given)
    found = [one for one in await examine(settings) if "for web and for media" in one.sentence]
    assert [(one.verdict, str(http_port) in one.sentence) for one in found] == (
        [("wrong", True)] if clashes else []
    )


RELAY = {"turn_urls": "turn:127.0.0.1:3478", "turn_secret": "north star"}


@pytest.mark.parametrize(
    ("given", "about", "verdict"),
    [
        (RELAY, "turn:127.0.0.1:3478", "well"),
        (RELAY | {"turn_urls": "turns:nobody.invalid"}, "CLASSROOM_TURN_URLS", "wrong"),
        ({"turn_secret": "north star"}, "CLASSROOM_TURN_URLS", "look"),
    ],
)
async def test_relays(folder: Path, given: dict[str, str], about: str, verdict: str) -> None:
    finding = await say(folder, about, **given)
    assert finding.verdict == verdict
    assert "north" not in finding.sentence


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({"host": "127.0.0.1"}, "well"),
        ({"host": "0.0.0.0"}, "wrong"),
        ({"host": "0.0.0.0", "public_url": "http://class.example.org"}, "wrong"),
        ({"host": "0.0.0.0", "public_url": "https://class.example.org"}, "well"),
        ({"host": "0.0.0.0", "public_url": "http://localhost:8080"}, "well"),
    ],
)
async def test_browsers_want_a_secure_page(
    folder: Path, given: dict[str, str], verdict: str
) -> None:
    assert (await say(folder, "https", **given, trusted_proxies="10.0.0.1")).verdict == verdict


async def test_a_proxy_that_is_not_trusted(folder: Path) -> None:
    finding = await say(folder, "TRUSTED_PROXIES", public_url="https://class.example.org")
    assert finding.verdict == "look"


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({"host": "0.0.0.0"}, "look"),
        ({"host": "127.0.0.1", "public_url": "https://class.example.org"}, "wrong"),
        ({"announce": "no such name"}, "wrong"),
        ({"announce": "127.0.0.1:99999"}, "wrong"),
        ({"announce": "192.168.1.5", "public_url": "https://class.example.org"}, "look"),
    ],
)
async def test_where_media_is_announced(folder: Path, given: dict[str, str], verdict: str) -> None:
    assert (await say(folder, "CLASSROOM_ANNOUNCE", **given)).verdict == verdict


async def test_a_public_address_is_well(folder: Path) -> None:
    finding = await say(folder, "announced at", announce="8.8.8.8:50000")
    assert finding == Finding("well", "Media is announced at 8.8.8.8, UDP and TCP port 50000.")
    finding = await say(folder, "Media is announced", announce="8.8.8.8:50000", media_workers=3)
    assert finding.sentence.endswith("UDP and TCP ports 50000 to 50002.")


async def test_a_variable_that_is_no_setting(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLASSROOM_HTTP_PROT", "8080")
    assert (await say(folder, "CLASSROOM_HTTP_PROT")).verdict == "look"


async def test_a_public_address_with_a_port_nobody_reaches(folder: Path) -> None:
    far = {"announce": ("203.0.113.7",), "media_host": "127.0.0.1"}
    finding = await say(folder, "CLASSROOM_MEDIA_HOST", **far)
    assert finding.verdict == "wrong"


@pytest.mark.parametrize(
    ("given", "bound"),
    [
        ({}, "127.0.0.1"),
        ({"announce": ("127.0.0.1:5000",)}, "127.0.0.1"),
        ({"announce": ("203.0.113.7",)}, "0.0.0.0"),
        ({"announce": ("class.example.org:40000",)}, "0.0.0.0"),
        ({"announce": ("[2001:db8::7]:40000",)}, "::"),
        ({"announce": ("203.0.113.7",), "host": "192.0.2.1"}, "192.0.2.1"),
        ({"announce": ("203.0.113.7",), "media_host": "192.0.2.9"}, "192.0.2.9"),
    ],
)
def test_media_listens_where_it_is_announced(given: dict[str, Any], bound: str) -> None:
    assert Settings(**given).media_bind == bound


def test_it_says_whether_classes_can_be_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data_dir=tmp_path)
    assert recordings_say(settings)[0] == ("well", "Recordings can be made playable here (PyAV).")
    monkeypatch.setattr("classroom.recording_check.find_spec", lambda _name: None)
    monkeypatch.setattr("classroom.recording_check.has_chinese", lambda: False)
    monkeypatch.setattr("classroom.recording_check.HOUR_BYTES", 1 << 60)
    settings.recording_folder.mkdir(mode=0o755)
    said = [words for verdict, words in recordings_say(settings) if verdict == "look"]
    assert len(said) == 4
    parts = ("PyAV is missing", "Chinese letters", "GB left", "chmod 700")
    for words, part in zip(said, parts, strict=True):
        assert part in words


async def test_the_bucket_of_recordings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await bucket_says(Settings(data_dir=folder)) == []
    given = {
        "data_dir": folder,
        "recordings_url": "s3://lessons/class",
        "recordings_s3_endpoint": f"http://127.0.0.1:{free_port()}",
        "recordings_s3_key": "key",
        "recordings_s3_secret": "very secret",
    }
    ((verdict, words),) = await bucket_says(Settings(**given))
    assert verdict == "wrong"
    assert "s3://lessons/class does not answer" in words
    assert "very secret" not in words
    monkeypatch.setitem(sys.modules, "obstore", None)
    monkeypatch.delitem(sys.modules, "classroom.blobs.far_recordings", raising=False)
    ((verdict, words),) = await bucket_says(Settings(**given))
    assert (verdict, "classroom[s3]" in words) == ("wrong", True)


@pytest.mark.parametrize(
    "wrong", [{"recordings_url": "/data"}, {"recordings_s3_endpoint": "s3.example.org"}]
)
def test_a_bucket_that_cannot_be_one_is_no_setting(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Settings(**wrong)


async def test_no_mail_server(folder: Path) -> None:
    finding = await say(folder, "No mail server is set")
    assert finding.verdict == "well"


async def test_a_mail_server_that_answers(folder: Path, tmp_path: Path) -> None:
    with mail_server(tmp_path / "mail") as mail:
        given = {"mail_url": mail.url, "mail_from": "desk@class.example.org"}
        assert (await say(folder, "The mail server", **given)).verdict == "well"
        assert (await say(folder, "Letters come from", **given, public_url="http://x.org")) == (
            Finding("well", "Letters come from an address at class.example.org.")
        )
        tls = mail.url.replace("smtp:", "smtp+starttls:")
        assert "no TLS" in (await say(folder, "The mail server", mail_url=tls)).sentence
        login = mail.url.replace("//", "//mei:secret@")
        finding = await say(folder, "The mail server", mail_url=login)
        assert finding.verdict == "wrong"
        assert "name and password" in finding.sentence
        assert "secret" not in finding.sentence


async def test_a_mail_server_that_is_away(folder: Path) -> None:
    url = f"smtp://127.0.0.1:{free_port()}"
    finding = await say(folder, "The mail server", mail_url=url)
    assert finding.verdict == "wrong"
    assert "does not answer" in finding.sentence
    assert (await say(folder, "localhost, which others", mail_url=url)).verdict == "wrong"


async def test_a_password_that_anybody_can_read(folder: Path) -> None:
    url = "smtp://mei:secret@mail.invalid"
    assert (await say(folder, "goes over the network as it is", mail_url=url)).verdict == "look"


async def test_letters_that_wait_for_long(folder: Path) -> None:
    url = f"sqlite://{folder / 'data' / 'classroom.db'}"
    await open_migrated(url)
    await post(new_letter("a"), at=datetime.now(UTC) - timedelta(hours=1))
    await close_database()
    server = {"mail_url": f"smtp://127.0.0.1:{free_port()}"}
    assert (await say(folder, "letter(s) wait, one of them for 60", **server)).verdict == "look"


@pytest.mark.parametrize(
    "given", [{"mail_url": "http://x"}, {"mail_url": "smtp://x:y"}, {"mail_from": "desk"}]
)
def test_mail_settings_that_cannot_be_meant(given: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=r"must (look|be)"):
        Settings(**given)


async def test_organisations_that_cannot_be_paid_are_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_migrated(Settings(data_dir=folder / "data").database)
    try:
        await change_ways("org", {"gateway": "stripe"})
    finally:
        await close_database()
    monkeypatch.setattr("classroom.payments_check.is_installed", lambda: False)
    missing = await say(folder, "paid through Stripe")
    assert missing.verdict == "wrong"
    assert missing.sentence.startswith("1 organisation(s)")
    assert "classroom[stripe]" in missing.sentence

"""Letters over a real mail server: read as a person would, sent once, told when not taken."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classroom.mail.line import NoServer, Outcome, Patience
from classroom.mail.marks import Marks, open_marks
from classroom.mail.message import BadAddress, Outgoing, Written, write_message
from classroom.mail.post import Sender
from classroom.mail.server import MailServerAt, read_mail_url
from tests.support.mailbox import MailServer, mail_server

AT = datetime(2027, 3, 26, 12, tzinfo=UTC)
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:学习\r\nEND:VCALENDAR\r\n"


@pytest.fixture(scope="module")
def mail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with mail_server(tmp_path_factory.mktemp("mail")) as running:
        yield running


@pytest.fixture(autouse=True)
def _well(mail: MailServer) -> None:
    mail.behaves("takes")


@pytest.fixture
def marks(tmp_path: Path) -> Iterator[Marks]:
    opened = open_marks(tmp_path / "post.marks")
    assert opened is not None
    yield opened
    opened.close()


def written(to: str, **more: str) -> Written:
    chosen = {
        "message_id": "abc",
        "from_name": "Praxis",
        "from_email": "desk@class.example",
        "to_name": "Min",
        "to_email": to,
        "subject": "You have booked",
        "text": "Hello\n.\n..dots\nbye\n",
        "html": "<p>Hello</p>",
        **more,
    }
    return Written(**chosen)


def letter(number: int, to: str, **more: str) -> Outgoing:
    return write_message(number, written(to, **more), at=AT)


async def all_of(ids: Collection[int]) -> Collection[int]:
    return ids


def server_at(mail: MailServer) -> MailServerAt:
    return read_mail_url(mail.url)


async def send(
    mail: MailServer, marks: Marks, *letters: Outgoing, answer: float = 5
) -> list[Outcome]:
    sender = Sender(server_at(mail), marks, patience=Patience(answer=answer))
    try:
        return await sender.send(letters, all_of)
    finally:
        await sender.rest()


async def test_a_letter_is_read_as_it_was_written(mail: MailServer, marks: Marks) -> None:
    outcomes = await send(
        mail,
        marks,
        letter(
            7,
            "min@example.org",
            subject="预约成功：学习规划 " * 4,
            from_name='Praxis "Am Ufer", Zoë',
            to_name="王\r\nBcc: evil@example.org",
            reply_to="helen@example.org",
            calendar=CALENDAR,
            unsubscribe="https://class.example/k/x",
        ),
    )
    assert outcomes == [Outcome(7, "sent")]
    assert marks.taken() == {7}
    got = mail.wait_for("min@example.org")
    assert got.sender == "desk@class.example"
    assert got.subject == ("预约成功：学习规划 " * 4).strip()
    assert got.text == "Hello\n.\n..dots\nbye\n"
    assert got.html.strip() == "<p>Hello</p>"
    assert got.calendar == CALENDAR.replace("\r\n", "\n")
    assert got.message["Message-ID"] == "<abc@class.example>"
    assert got.message["From"].addresses[0].display_name == 'Praxis "Am Ufer", Zoë'
    assert got.message["To"].addresses[0].display_name == "王 Bcc: evil@example.org"
    assert got.message["Bcc"] is None
    assert got.message["Reply-To"] == "helen@example.org"
    assert got.message["Auto-Submitted"] == "auto-generated"
    assert got.message["List-Unsubscribe"] == "<https://class.example/k/x>"
    (attached,) = got.message.iter_attachments()
    assert attached.get_filename() == "invite.ics"
    assert attached.get_content() == CALENDAR.encode()
    methods = [part.get_param("method") for part in got.message.walk()]
    assert "REQUEST" in methods
    assert max(len(line) for line in got.raw.split(b"\r\n")) < 998


async def test_many_letters_go_over_few_lines(mail: MailServer, marks: Marks) -> None:
    letters = [letter(number, f"c{number}@many.example") for number in range(1, 21)]
    outcomes = await send(mail, marks, *letters)
    assert {one.ending for one in outcomes} == {"sent"}
    assert {one.id for one in outcomes} == set(range(1, 21))
    assert sum(one.to.endswith("@many.example") for one in mail.letters()) == 20


async def test_what_may_not_be_begun_is_not_sent(mail: MailServer, marks: Marks) -> None:
    async def odd(ids: Collection[int]) -> Collection[int]:
        return [one for one in ids if one % 2]

    sender = Sender(server_at(mail), marks)
    letters = [letter(number, f"c{number}@odd.example") for number in range(1, 7)]
    outcomes = await sender.send(letters, odd)
    await sender.rest()
    assert {one.id for one in outcomes} == {1, 3, 5}
    arrived = {one.to for one in mail.letters() if one.to.endswith("@odd.example")}
    assert arrived == {"c1@odd.example", "c3@odd.example", "c5@odd.example"}


async def test_a_failed_begin_sends_nothing(mail: MailServer, marks: Marks) -> None:
    async def broken(ids: Collection[int]) -> Collection[int]:
        raise RuntimeError("the database is gone")

    sender = Sender(server_at(mail), marks)
    with pytest.raises(RuntimeError, match="database"):
        await sender.send([letter(1, "c@broken.example")], broken)
    assert mail.letters("c@broken.example") == []
    assert marks.taken() == set()


async def test_an_address_that_does_not_exist(mail: MailServer, marks: Marks) -> None:
    mail.behaves("refuses")
    assert await send(mail, marks, letter(1, "no@example.org")) == [
        Outcome(1, "never", "address 550")
    ]


async def test_a_server_that_wants_us_to_come_again(mail: MailServer, marks: Marks) -> None:
    mail.behaves("greylists")
    one = letter(1, "grey@example.org")
    assert await send(mail, marks, one) == [Outcome(1, "later", "later 451")]
    assert await send(mail, marks, one) == [Outcome(1, "sent")]
    assert len(mail.letters("grey@example.org")) == 1


@pytest.mark.parametrize("behaviour", ["hangs", "cuts"])
async def test_nobody_knows_what_became_of_it(
    mail: MailServer, marks: Marks, behaviour: str
) -> None:
    mail.behaves("hangs" if behaviour == "hangs" else "cuts")
    outcomes = await send(mail, marks, letter(1, f"{behaviour}@example.org"), answer=0.3)
    assert outcomes == [Outcome(1, "perhaps", "cut")]
    assert marks.taken() == {1}


async def test_a_server_that_is_down(mail: MailServer, marks: Marks) -> None:
    mail.stop()
    try:
        with pytest.raises(NoServer, match="server"):
            await send(mail, marks, letter(1, "min@example.org"))
    finally:
        mail.start()


async def test_a_server_without_the_tls_we_ask_for(mail: MailServer, marks: Marks) -> None:
    asked = MailServerAt("127.0.0.1", mail.port, "starttls")
    with pytest.raises(NoServer, match="tls"):
        await Sender(asked, marks).send([letter(1, "min@example.org")], all_of)


async def test_a_server_that_knows_no_login(mail: MailServer, marks: Marks) -> None:
    asked = MailServerAt("127.0.0.1", mail.port, "none", "mei", "secret")
    with pytest.raises(NoServer, match="login"):
        await Sender(asked, marks).send([letter(1, "min@example.org")], all_of)


async def test_addresses_beyond_ascii(mail: MailServer, marks: Marks) -> None:
    wide, narrow = letter(1, "王@例子.测试"), letter(2, "min@bücher.example")
    assert (wide.is_wide, narrow.is_wide) == (True, False)
    assert narrow.to == "min@xn--bcher-kva.example"
    outcomes = await send(mail, marks, wide, narrow)
    assert {one.ending for one in outcomes} == {"sent"}
    assert len(mail.letters("王@xn--fsqu00a.xn--0zwm56d")) == 1


def test_answers_to_no_address_stop_no_letter() -> None:
    """What a client types as theirs may be none, and their host is told all the same."""
    made = letter(1, "helen@example.org", reply_to="min..jun@example.org")
    assert made.to == "helen@example.org"
    assert b"Reply-To" not in made.data


@pytest.mark.parametrize(
    "address",
    [
        *("", "min", "@example.org", "min@", "a b@example.org", "a@b", "a,b@example.org"),
        *("<a@example.org>", "a@example.org>", "a@exa mple.org", "a@.example.org", "a\n@@b.c"),
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(BadAddress):
        write_message(1, written(address), at=AT)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail", MailServerAt("mail", 25, "none")),
        ("smtps://u:p%40%3A@mail:4650", MailServerAt("mail", 4650, "whole", "u", "p@:")),
        ("smtp+starttls://u@mail", MailServerAt("mail", 587, "starttls", "u")),
    ],
)
def test_addresses_of_servers(url: str, server: MailServerAt) -> None:
    assert read_mail_url(url) == server
    assert "p@" not in repr(server)


@pytest.mark.parametrize("url", ["", "mail", "http://mail", "smtp://", "smtp://mail:x"])
def test_what_is_no_address_of_a_server(url: str) -> None:
    with pytest.raises(ValueError, match=r"must look like|[Pp]ort"):
        read_mail_url(url)


def test_marks_belong_to_one_process(tmp_path: Path) -> None:
    file = tmp_path / "post.marks"
    first = open_marks(file)
    assert first is not None
    assert open_marks(file) is None
    first.add(1)
    first.add(2)
    first.refuse(2)
    assert first.taken() == {1}
    house = first.house
    first.close()
    again = open_marks(file)
    assert again is not None
    assert (again.house, again.taken()) == (house, {1})
    again.clear()
    assert (again.taken(), again.house) == (set(), house)
    again.close()


def test_a_mark_that_was_cut_is_none(tmp_path: Path) -> None:
    file = tmp_path / "post.marks"
    first = open_marks(file)
    assert first is not None
    first.add(5)
    first.close()
    with file.open("ab") as cut:
        cut.write(b"\x07\x00\x00")
    again = open_marks(file)
    assert again is not None
    assert again.taken() == {5}
    again.close()

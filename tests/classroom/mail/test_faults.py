"""A mail server that fails at every step, in every way: what becomes of the letter, as a table."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classroom.mail.line import NoServer, Outcome, Patience
from classroom.mail.marks import open_marks
from classroom.mail.message import Written, write_message
from classroom.mail.post import Sender
from classroom.mail.server import MailServerAt

AT = datetime(2027, 3, 26, 12, tzinfo=UTC)
STEPS = ("greeting", "ehlo", "mail", "rcpt", "data", "body", "dot")
GOOD = {
    "greeting": "220 here",
    "ehlo": "250 mail.test",
    "mail": "250 OK",
    "rcpt": "250 OK",
    "data": "354 go on",
    "dot": "250 taken",
}
NOBODY = "nobody"
"""There is no connection, so nothing was offered."""
TABLE = {
    ("greeting", "cut"): (NOBODY, "server"),
    ("greeting", "hang"): (NOBODY, "server"),
    ("greeting", "421"): (NOBODY, "server"),
    ("greeting", "554"): (NOBODY, "server"),
    ("ehlo", "cut"): (NOBODY, "server"),
    ("ehlo", "hang"): (NOBODY, "server"),
    ("ehlo", "421"): (NOBODY, "server"),
    ("ehlo", "554"): (NOBODY, "server"),
    ("mail", "cut"): ("later", "cut"),
    ("mail", "hang"): ("later", "cut"),
    ("mail", "421"): ("later", "sender 421"),
    ("mail", "554"): ("later", "sender 554"),
    ("rcpt", "cut"): ("later", "cut"),
    ("rcpt", "hang"): ("later", "cut"),
    ("rcpt", "421"): ("later", "later 421"),
    ("rcpt", "550"): ("never", "address 550"),
    ("rcpt", "552"): ("never", "refused 552"),
    ("data", "cut"): ("later", "cut"),
    ("data", "hang"): ("later", "cut"),
    ("data", "421"): ("later", "later 421"),
    ("data", "554"): ("never", "refused 554"),
    ("body", "cut"): ("later", "cut"),
    ("dot", "cut"): ("perhaps", "cut"),
    ("dot", "hang"): ("perhaps", "cut"),
    ("dot", "421"): ("later", "later 421"),
    ("dot", "554"): ("never", "refused 554"),
    ("dot", "nonsense"): ("perhaps", "cut"),
}


class Script:
    """Answers well until a step, and there as it is told."""

    def __init__(self, step: str, action: str) -> None:
        self.taken = 0
        self._step = step
        self._action = action

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for step in STEPS:
            if step not in ("greeting", "body", "dot"):
                line = await reader.readuntil(b"\r\n")
                if line.upper().startswith((b"QUIT", b"RSET")):
                    return
            elif step == "dot":
                await reader.readuntil(b"\r\n.\r\n")
            elif step == "body":
                await reader.readuntil(b"bye\r\n")
            if step == self._step:
                if not await self._acts(writer):
                    return
                if step == "data":
                    await reader.readline()  # no body comes: what was begun is taken back
                    return
            elif step in GOOD:
                self.taken += step == "dot"
                writer.write(f"{GOOD[step]}\r\n".encode())
        await reader.read()

    async def _acts(self, writer: asyncio.StreamWriter) -> bool:
        """Whether the conversation goes on."""
        if self._action == "cut":
            return False
        if self._action == "hang":
            await asyncio.sleep(5)
            return False
        writer.write(f"{self._action} no\r\n".encode())
        await writer.drain()
        return True


@asynccontextmanager
async def scripted(step: str, action: str) -> AsyncIterator[tuple[Script, MailServerAt]]:
    script = Script(step, action)
    server = await asyncio.start_server(script.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield script, MailServerAt("127.0.0.1", port, "none")
    finally:
        server.close()


async def sent(folder: Path, step: str, action: str) -> tuple[str, str, bool, int]:
    """How it ended and why, whether it is marked as written, how many the server took."""
    marks = open_marks(folder / "post.marks")
    assert marks is not None
    words = Written(
        "id", "North", "desk@class.example", "Ana", "ana@example.org", "Hi", "a\nbye\n", "bye\n"
    )
    letter = write_message(1, words, at=AT)

    async def begin(ids: Collection[int]) -> Collection[int]:
        await asyncio.sleep(0.02)  # as a database would: whoever hung up is noticed
        return ids

    try:
        async with scripted(step, action) as (script, server):
            within_s = 0.5 if action == "hang" else 20.0
            sender = Sender(server, marks, patience=Patience(within_s, within_s, within_s))
            try:
                outcomes = await sender.send([letter], begin)
            except NoServer as gone:
                outcomes = [Outcome(1, "later", gone.why)]
                return NOBODY, gone.why, bool(marks.taken()), script.taken
            finally:
                sender.close()
            assert len(outcomes) == 1
            return outcomes[0].ending, outcomes[0].why, bool(marks.taken()), script.taken
    finally:
        marks.close()


async def test_all_is_well_when_all_is_well(tmp_path: Path) -> None:
    assert await sent(tmp_path, "none", "") == ("sent", "", True, 1)


@pytest.mark.parametrize(("step", "action"), TABLE)
async def test_what_becomes_of_a_letter(tmp_path: Path, step: str, action: str) -> None:
    ending, why = TABLE[step, action]
    told = await sent(tmp_path, step, action)
    assert told[0] == ending
    assert told[1] == why or (why == "cut" and told[1].startswith("cut "))
    assert told[2] == (ending == "perhaps"), "marked exactly when nobody knows"
    assert told[3] == 0


async def test_a_line_that_was_closed_meanwhile_is_opened_anew(tmp_path: Path) -> None:
    """Servers hang up on those who say nothing for a while."""
    marks = open_marks(tmp_path / "post.marks")
    assert marks is not None
    words = Written(
        "id", "North", "desk@class.example", "Ana", "ana@example.org", "Hi", "a\nbye\n", "bye\n"
    )

    async def begin(ids: Collection[int]) -> Collection[int]:
        return ids

    async with scripted("none", "") as (script, server):
        sender = Sender(server, marks, patience=Patience(20.0, 20.0, 20.0))
        for number in (1, 2):
            letter = write_message(number, words, at=AT)
            outcomes = await sender.send([letter], begin)
            assert [one.ending for one in outcomes] == ["sent"]
            for line in sender._idle:
                line.close()
        assert script.taken == 2
        sender.close()
    marks.close()

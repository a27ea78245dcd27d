"""A connection to the mail server: a letter is offered but for its last dot, then finished.

So nothing is sent until the sender has noted that it is being sent, and it is known to the byte
when a letter is out of our hands. RFC 5321.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

import aiosmtplib
from aiosmtplib import SMTP
from aiosmtplib.protocol import SMTPProtocol

from classroom.mail.marks import Marks
from classroom.mail.message import Outgoing
from classroom.mail.server import MailServerAt

Ending = Literal["sent", "later", "never", "perhaps"]
NO_SUCH_ADDRESS = frozenset({550, 551, 553})
DRAIN_LOOK_S = 0.005


@dataclass(frozen=True, slots=True)
class Patience:
    """How long each step may take, in seconds. RFC 5321 4.5.3.2 wishes for longer ones: a letter
    that was not begun is tried again anyway."""

    connect: float = 15.0
    command: float = 30.0
    answer: float = 120.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one letter. `why` is a word, with the server's code where it gave one: "address 550"."""

    id: int
    ending: Ending
    why: str = ""


class NoServer(Exception):
    """No letter can go out now; `why` is "server", "tls" or "login"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Line:
    """Invariant: a letter that was offered is finished, or the connection is closed: a server never
    takes one by half."""

    def __init__(self, smtp: SMTP, patience: Patience) -> None:
        self._smtp = smtp
        self._patience = patience
        self.is_fresh = True
        """No letter went over it yet."""

    @property
    def is_open(self) -> bool:
        return self._smtp.is_connected

    async def offer(self, letter: Outgoing) -> Outcome | None:
        """Everything but the last dot; an outcome when the server does not want it."""
        self.is_fresh = False
        try:
            return await self._offer(letter)
        except aiosmtplib.SMTPRecipientRefused as refused:
            await self._reset()
            known = refused.code in NO_SUCH_ADDRESS
            return _refused(letter.id, refused.code, "address" if known else "refused")
        except aiosmtplib.SMTPResponseException as refused:  # our own address, or our letters
            await self._reset()
            return Outcome(letter.id, "later", f"sender {refused.code}")
        except (aiosmtplib.SMTPException, OSError):
            self.close()
            return Outcome(letter.id, "later", "cut")

    async def finish(self, letter: Outgoing, marks: Marks) -> Outcome:
        """The last dot, the mark that it is written, and the server's answer."""
        try:
            protocol = self._protocol()
            protocol.write(b".\r\n")
        except (aiosmtplib.SMTPException, OSError):
            self.close()
            return Outcome(letter.id, "later", "cut")
        answering = asyncio.ensure_future(protocol.read_response(self._patience.answer))
        try:
            await self._drained()  # returns at once where the loop writes at once
            marks.add(letter.id)
            answer = await answering
        except aiosmtplib.SMTPResponseException as wrong:
            self.close()
            return Outcome(letter.id, "perhaps", f"cut {wrong.code}")
        except (aiosmtplib.SMTPException, OSError):
            self.close()
            return Outcome(letter.id, "perhaps", "cut")
        finally:
            answering.cancel()
        if answer.code == 250:
            return Outcome(letter.id, "sent")
        marks.refuse(letter.id)
        return _refused(letter.id, answer.code, "refused")

    def close(self) -> None:
        """Hang up; a letter that was offered is not taken."""
        self._smtp.close()

    async def quit(self) -> None:
        """Take leave."""
        try:
            async with asyncio.timeout(1):
                await self._smtp.quit()
        except (aiosmtplib.SMTPException, OSError):
            self.close()

    async def _offer(self, letter: Outgoing) -> Outcome | None:
        options = []
        if letter.is_wide:
            if not self._smtp.supports_extension("smtputf8"):
                return Outcome(letter.id, "never", "address")
            options = ["SMTPUTF8"]
        within = self._patience.command
        coded = "utf-8" if letter.is_wide else "ascii"
        await self._smtp.mail(letter.sender, options=options, encoding=coded, timeout=within)
        await self._smtp.rcpt(letter.to, encoding=coded, timeout=within)
        answer = await self._smtp.execute_command(b"DATA", timeout=within)
        if answer.code != 354:
            await self._reset()
            return _refused(letter.id, answer.code, "refused")
        self._protocol().write(letter.data)
        async with asyncio.timeout(within):
            await self._drained()
        return None

    async def _drained(self) -> None:
        """Everything written is with the kernel."""
        while (transport := self._protocol().transport) is not None:
            if not isinstance(transport, asyncio.WriteTransport):
                return
            if transport.get_write_buffer_size() == 0:
                return
            await asyncio.sleep(DRAIN_LOOK_S)

    async def _reset(self) -> None:
        """Ready for another letter."""
        try:
            await self._smtp.rset(timeout=self._patience.command)
        except (aiosmtplib.SMTPException, OSError):
            self.close()

    def _protocol(self) -> SMTPProtocol:
        protocol = self._smtp.protocol
        if protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("Connection lost")
        return protocol


async def open_line(server: MailServerAt, patience: Patience) -> Line:
    """A connection that is ready for letters; NoServer when there is none."""
    smtp = SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=server.tls == "whole",
        start_tls=server.tls == "starttls",
        timeout=patience.connect,
    )
    try:
        await _greet(smtp, server)
    except BaseException:
        smtp.close()
        raise
    return Line(smtp, patience)


async def _greet(smtp: SMTP, server: MailServerAt) -> None:
    try:
        await smtp.connect()
        await smtp.ehlo()
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        raise NoServer("tls" if _is_about_tls(server, error) else "server") from error
    try:
        if server.user:
            await smtp.login(server.user, server.password)
    except (aiosmtplib.SMTPException, OSError) as error:
        raise NoServer("login") from error


def _is_about_tls(server: MailServerAt, error: BaseException) -> bool:
    if server.tls == "none":
        return False
    text = f"{error} {error.__cause__}".lower()
    return any(word in text for word in ("tls", "ssl", "certificate"))


def _refused(letter_id: int, code: int, why: str) -> Outcome:
    """What a server says with 4xx it may take later."""
    if 400 <= code < 500:
        return Outcome(letter_id, "later", f"later {code}")
    return Outcome(letter_id, "never", f"{why} {code}")

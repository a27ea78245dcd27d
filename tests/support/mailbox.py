"""A real mail server in a process of its own: letters go in by SMTP and lie there as files.

`with mail_server(folder) as mail:` starts it; `mail.url` is for `CLASSROOM_MAIL_URL`. It can be
stopped and started on the same port, and told to behave badly: see `Behaviour`.

The process is `python -m tests.support.mailbox FOLDER PORT`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any, Literal

from bench.product import free_port

ROOT = Path(__file__).resolve().parents[2]
START_WITHIN_S = 20.0
ARRIVES_WITHIN_S = 20.0
HANGS_S = 600.0

Behaviour = Literal["takes", "refuses", "greylists", "hangs", "cuts"]
"""`refuses`: it knows no address. `greylists`: each address is to come again once. `hangs`: it
never answers the end of a letter. `cuts`: it drops the connection there, and keeps the letter."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A letter as it lies in the folder."""

    to: str
    sender: str
    message: EmailMessage
    raw: bytes

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """What somebody reads who sees no HTML."""
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def calendar(self) -> str:
        """The invitation inside, "" when there is none."""
        for part in self.message.walk():
            if part.get_content_type() == "text/calendar" and not part.get_filename():
                return _content(part)
        return ""

    def link(self, pattern: str = r"/k/") -> str:
        """The first address in the text that has the pattern."""
        for found in re.findall(r"https?://\S+", self.text):
            if re.search(pattern, found):
                return str(found)
        raise AssertionError(f"no link with {pattern} in:\n{self.text}")

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        assert part is not None, f"no {kind} part"
        return _content(part)


def _content(part: Any) -> str:
    content: str = part.get_content()
    return content.replace("\r\n", "\n")


class MailServer:
    """Invariant: after `stop` no process of it runs."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it answers."""
        program = (sys.executable, "-W", "ignore", "-m", "tests.support.mailbox")
        self._process = subprocess.Popen(
            [*program, str(self._folder), str(self.port)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.strip() == b"ready", line + self._process.stdout.read()

    def stop(self) -> None:
        """As a mail server that is down; what arrived stays."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    def behaves(self, behaviour: Behaviour) -> None:
        """From the next letter on."""
        (self._folder / "behaviour").write_text(behaviour)

    def forget(self) -> None:
        """Nothing arrived so far."""
        for file in self._folder.glob("*.eml"):
            file.unlink()

    def count(self) -> int:
        """How many arrived."""
        return len(list(self._folder.glob("*.eml")))

    def letters(self, to: str = "", subject: str = "") -> list[Arrived]:
        """Those that arrived, in their order; `subject` is a part of it."""
        files = sorted(self._folder.glob("*.eml"))
        read = (_read(file) for file in files)
        return [one for one in read if to in ("", one.to) and subject in one.subject]

    def wait_for(
        self, to: str, subject: str = "", *, count: int = 1, within_s: float = ARRIVES_WITHIN_S
    ) -> Arrived:
        """The newest of so many letters, when they are there."""
        ends = time.monotonic() + within_s
        while len(found := self.letters(to, subject)) < count:
            if time.monotonic() > ends:
                there = [f"{one.to}: {one.subject}" for one in self.letters()]
                raise AssertionError(f"{len(found)} of {count} to {to} {subject!r}; {there}")
            time.sleep(0.05)
        return found[-1]

    async def arrives(
        self, to: str, subject: str = "", *, count: int = 1, within_s: float = ARRIVES_WITHIN_S
    ) -> Arrived:
        """The same beside a loop that goes on."""
        return await asyncio.to_thread(self.wait_for, to, subject, count=count, within_s=within_s)


@contextmanager
def mail_server(folder: Path) -> Iterator[MailServer]:
    """A server that runs while the block does."""
    server = MailServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _read(file: Path) -> Arrived:
    told = json.loads(file.with_suffix(".json").read_text())
    raw = file.read_bytes()
    message = BytesParser(policy=policy.default).parsebytes(raw)
    return Arrived(told["to"], told["sender"], message, raw)


class _Keeper:
    """What aiosmtpd asks at each step of a letter."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = len(list(folder.glob("*.eml")))
        self._greeted: set[str] = set()

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        behaviour = self._behaviour()
        if behaviour == "refuses":
            return "550 5.1.1 No such user here"
        if behaviour == "greylists" and address not in self._greeted:
            self._greeted.add(address)
            return "451 4.7.1 Come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        behaviour = self._behaviour()
        if behaviour == "hangs":
            await asyncio.sleep(HANGS_S)
        self._keep(envelope)
        if behaviour == "cuts":
            server.transport.abort()
        return "250 OK"

    def _keep(self, envelope: Any) -> None:
        for to in envelope.rcpt_tos:
            self._number += 1
            name = self._folder / f"{self._number:06}"
            told = {"to": to, "sender": envelope.mail_from}
            name.with_suffix(".json").write_text(json.dumps(told))
            draft = name.with_suffix(".draft")
            draft.write_bytes(envelope.original_content)
            draft.rename(name.with_suffix(".eml"))

    def _behaviour(self) -> str:
        with contextlib.suppress(FileNotFoundError):
            return (self._folder / "behaviour").read_text()
        return "takes"


async def _serve(folder: Path, port: int) -> None:
    from aiosmtpd.smtp import SMTP

    keeper = _Keeper(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(keeper, enable_SMTPUTF8=True, hostname="mail.test"), "127.0.0.1", port
    )
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))

"""What sends letters, in a process of its own that can be killed:
`python -m tests.support.posting FOLDER MAIL_URL`. The database and the marks are in FOLDER."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from classroom.jobs.post import Office, Post
from classroom.log import configure_log
from classroom.mail.server import read_mail_url
from classroom.store.database import open_database


async def _send(folder: Path, url: str) -> None:
    configure_log("warning")
    await open_database(f"sqlite://{folder / 'store.db'}")
    office = Office(
        server=read_mail_url(url),
        sender="desk@class.example",
        marks_file=folder / "post.marks",
        address_of=lambda link: link,
    )
    post = Post(office)
    await post.start()
    print("sending", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_send(Path(sys.argv[1]), sys.argv[2]))

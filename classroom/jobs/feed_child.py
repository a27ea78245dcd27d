"""The child that reads one calendar: bytes on its stdin, busy times as JSON on its stdout.

It has no network, ends with whoever began it, and may take ten seconds and half a gigabyte: what
strangers wrote can stop nothing but this.
"""

from __future__ import annotations

import base64
import json
import resource
import sys

from classroom.booking.feed import read_feed
from classroom.booking.feed_fault import Unread
from classroom.booking.feed_window import Reading
from classroom.booking.span import packed
from recording.confine import confine

CPU_S = 10
MEMORY = 512 * 1024 * 1024
BYTES_MAX = 6 * 1024 * 1024


def main(told: str) -> None:
    """`told` is JSON: `parent` and the fields of `Reading`."""
    asked = json.loads(told)
    confine(asked.pop("parent"))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    raw = sys.stdin.buffer.read(BYTES_MAX)
    try:
        read = read_feed(raw, Reading(**asked))
    except Unread as error:
        said: dict[str, object] = {"fault": error.fault}
    except MemoryError:
        said = {"fault": "large"}
    else:
        said = {
            "spans": base64.b64encode(packed(read.spans)).decode(),
            "name": read.name,
            "events": read.events,
            "problems": read.problems,
        }
    sys.stdout.write(json.dumps(said))
    sys.stdout.flush()

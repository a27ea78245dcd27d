"""Writes `frames.json`: a frame of every type and its bytes, which Python and TypeScript both have
to agree with. Run as `python -m tests.corpus.frames`; a test fails when the file is not this one.

The bytes come from `whiteboard.frame_writing`; what each frame says is written a second time, by
hand, in `web/src/board/frames.test.ts`.
"""

from __future__ import annotations

import json
from pathlib import Path

from whiteboard import frame as f
from whiteboard.frame_writing import encode

FILE = Path(__file__).with_name("frames.json")
LONG = bytes(range(200))

CLIENT: dict[str, f.ClientFrame] = {
    "hello": f.Hello(ticket="ticket-\u00fc"),
    "open": f.Open(
        channel=15, page_doc_id="b/p/12", client_id=4294967295, state_vector=b"\x01\x02", mode=1
    ),
    "open to look": f.Open(channel=0, page_doc_id="b/p/0", client_id=1, state_vector=b"", mode=0),
    "close": f.CloseChannel(channel=3),
    "update": f.Update(channel=1, no=300, update=LONG),
    "live": f.Live(channel=1, key="1-a", flags=0, payload=b"\x01abc"),
    "live end": f.Live(channel=1, key="1-a", flags=1, payload=b""),
    "cursor": f.Cursor(channel=2, flags=0, x=-1000000, y=640),
    "cursor hidden": f.Cursor(channel=2, flags=1, x=0, y=0),
    "laser": f.Laser(channel=2, payload=b"\x01\x02"),
    "view": f.View(page_id="p", x=-64, y=63, w=1280, h=720),
    "ping": f.Ping(n=128),
}
SERVER: dict[str, f.ServerFrame] = {
    "welcome": f.Welcome(identity={"peer": 7, "author": "anna"}),
    "state": f.State(
        channel=1, seq=70000, pen=2, flags=0, state_vector=b"\x00", update=b"\x00\x00"
    ),
    "state deflated": f.State(
        channel=1, seq=1, pen=1, flags=1, state_vector=b"\x00", update=b"\x63\x60\x00\x00"
    ),
    "refused": f.ChannelRefused(channel=1, code="page.unknown"),
    "ack": f.Ack(channel=1, no=300, seq=70001),
    "apply": f.Apply(channel=1, seq=2, peer=9, update=LONG),
    "deny": f.Deny(channel=1, no=5, code="pen.missing"),
    "live": f.PeerLive(channel=1, peer=9, key="1-a", flags=0, payload=b"\x01abc"),
    "cursor": f.PeerCursor(channel=1, peer=9, flags=0, x=-1, y=1),
    "laser": f.PeerLaser(channel=1, peer=9, payload=b"\x01\x02"),
    "view": f.PeerView(peer=9, page_id="p", x=-64, y=63, w=1280, h=720),
    "pen": f.PenChanged(channel=1, pen=0),
    "gone": f.Gone(channel=1),
    "peers": f.Peers(
        peers=[{"peer": 9, "participant_id": "x", "name": "Ann\u00e9 \u738b", "author": "anna"}]
    ),
    "authors": f.Authors(channel=1, names={"anna": "Ann\u00e9 \u738b"}),
    "pong": f.Pong(n=128),
    "fault": f.Fault(code="board.not_saved"),
}


def text() -> str:
    """What the file has to be."""
    golden = {
        "client": {name: encode(frame).hex() for name, frame in CLIENT.items()},
        "server": {name: encode(frame).hex() for name, frame in SERVER.items()},
    }
    return json.dumps(golden, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")

"""Hearing: what one frame of a client leads to, and how many of them are heard.

Decides rates and rights; whatever is not heard is dropped and counted, refused by a frame, or
raised as `Refused`, which ends the connection with that code.
"""

from __future__ import annotations

from collections import Counter

from whiteboard.channel import Channel, ChannelState
from whiteboard.errors import Refused
from whiteboard.frame import (
    ENDED,
    ChannelRefused,
    ClientFrame,
    CloseChannel,
    Cursor,
    Hello,
    Laser,
    Live,
    Open,
    PeerView,
    Ping,
    Pong,
    Update,
    View,
)
from whiteboard.frame_writing import encode
from whiteboard.peer import Peer
from whiteboard.presence import Outlook
from whiteboard.sheet import Outcome
from whiteboard.sheets import Sheets


class Hearing:
    """Of one board. `counts` are the board's."""

    def __init__(self, sheets: Sheets, outlook: Outlook, counts: Counter[str]) -> None:
        self.presenter: str | None = None
        """Participant whose VIEW is passed on."""
        self._sheets = sheets
        self._outlook = outlook
        self._counts = counts

    def hear(self, sender: Peer, frame: ClientFrame, *, now: float) -> None:
        """Refused: rate.limited, board.not_saved, frame.malformed (HELLO, said a second time)."""
        _spend(sender.frames.take(now=now))
        match frame:
            case Update():
                _spend(sender.updates.take(now=now))
                self._update(sender, frame, now=now)
            case Live(flags=flags) if flags & ENDED:
                self._show(sender, frame)  # as many as began, and each may hang
            case Live() | Cursor() | Laser() | View():
                if sender.ephemera.take(now=now):
                    self._show(sender, frame)
                else:
                    self._counts["dropped.rate"] += 1
            case Open() | CloseChannel() | Ping():
                _spend(sender.requests.take(now=now))
                self._request(sender, frame, now=now)
            case Hello():
                raise Refused("frame.malformed", "a second HELLO")

    def _request(self, sender: Peer, frame: Open | CloseChannel | Ping, *, now: float) -> None:
        match frame:
            case Open():
                try:
                    is_within = self._sheets.open(sender, frame, now=now)
                except Refused as refusal:
                    self._counts[f"refused.{refusal.code}"] += 1
                    refused = ChannelRefused(frame.channel, refusal.code)
                    sender.postbox.put(encode(refused))
                else:
                    _spend(is_within)
            case CloseChannel():
                channel = sender.channels.pop(frame.channel, None)
                if channel:
                    self._sheets.shut(channel)
            case Ping():
                sender.postbox.put(encode(Pong(frame.n)))

    def _update(self, sender: Peer, frame: Update, *, now: float) -> None:
        channel = self._channel(sender, frame.channel)
        if channel is None:
            return
        sheet = self._sheets.of(channel)
        if sheet.journal.is_full:
            raise Refused("board.not_saved", "the client keeps its work and comes again")
        is_repeated = sheet.update(channel, frame) is Outcome.REPEATED
        if is_repeated and channel.pen == "none":
            _spend(sender.repeats.take(now=now))

    def _show(self, sender: Peer, frame: Live | Cursor | Laser | View) -> None:
        if isinstance(frame, View):
            self._view(sender, frame)
            return
        channel = self._channel(sender, frame.channel)
        if channel is None:
            return
        if channel.pen == "none":
            self._counts["dropped.pen"] += 1
            return
        company = self._sheets.of(channel).company
        match frame:
            case Live():
                company.live(channel, frame)
            case Cursor():
                company.cursor(channel, frame)
            case Laser():
                company.laser(channel, frame)

    def _view(self, sender: Peer, frame: View) -> None:
        if sender.visitor.participant_id != self.presenter:
            self._counts["dropped.view"] += 1
            return
        view = PeerView(sender.number, frame.page_id, frame.x, frame.y, frame.w, frame.h)
        self._outlook.put(view)

    def _channel(self, sender: Peer, number: int) -> Channel | None:
        """The open channel. Frames for one that is shut or not there yet crossed ours: dropped."""
        channel = sender.channels.get(number)
        if channel and channel.state is ChannelState.OPEN:
            return channel
        self._counts["dropped.channel"] += 1
        return None


def _spend(is_within: bool) -> None:
    if not is_within:
        raise Refused("rate.limited")

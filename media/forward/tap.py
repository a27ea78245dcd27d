"""Tap: writes down what arrives of one track, for a recording.

Listens where receivers' views do, to the best layer that lives, and changes layers only where a
picture can start. Takes each packet once, in the form it came, and nothing that arrived before it
was started or after it was stopped. What becomes of the records is `gathering`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from media.forward.gathering import Gathering, Sink
from media.forward.packet import Packet
from media.forward.reception import Reception
from media.forward.stream import Stream
from media.source import Kind

KEY_FRAME_S = 10.0
"""A recording can be entered this often, and a picture that broke mends."""


class TapView:
    """Stands among the views of a stream while the tap listens to it, or waits for it."""

    __slots__ = ("number", "push", "reported_at", "stream")

    def __init__(self, stream: Stream, offer: Callable[[TapView, Packet], None]) -> None:
        self.stream = stream
        self.number = 0
        self.reported_at: float | None = None
        self.push: Callable[[Packet], None] = partial(offer, self)
        """A packet of the stream that came for the first time: offered to the tap, and put where
        packets are gathered as soon as it listens."""


class Tap:
    """Of one producer, from its making on: nothing is written that arrived earlier."""

    __slots__ = (
        "_began",
        "_is_on",
        "_kind",
        "_look_at",
        "_next_number",
        "_numbers",
        "_started",
        "_streams",
        "_waiting",
        "due",
        "gathering",
        "key_at",
        "view",
    )

    def __init__(
        self, streams: Sequence[Stream], kind: Kind, sink: Sink, began: float, *, now: float
    ) -> None:
        """`began` is the monotonic time at which the recording's time is 0."""
        self.view: TapView | None = None
        """Whose packets are written; None while a key frame is waited for, or all is paused."""
        self.gathering = Gathering(sink, began, now=now)
        self.key_at = now
        """When the newest key frame began."""
        self.due = self._look_at = now
        """When `look` has something to do."""
        self._streams = streams
        self._kind = kind
        self._began, self._started = began, now
        self._waiting: list[TapView] = []
        self._numbers: dict[int, tuple[Reception | None, int]] = {}
        """By layer: the number its packets have, as long as they come on the same SSRC."""
        self._next_number = 0
        self._is_on = False

    # What happens to the track

    def resumed(self, *, now: float) -> None:
        """It comes (again), pictures from their next key frame on, which is asked for at once."""
        if not self._is_on:
            self._is_on = True
            self.due = self._look_at = now
            self._wait_on(self._streams)
            self._choose(now)

    def paused(self, *, now: float) -> None:
        """Nothing comes until it is resumed."""
        if self._is_on:
            self._leave()
            self.gathering.hole("paused", at=now)

    def restarted(self, stream: Stream, *, now: float) -> None:
        """The stream arrives on a new SSRC: its numbers begin anew."""
        if self.view is not None and self.view.stream is stream:
            self._leave()
            self.resumed(now=now)

    def stop(self, *, at: float) -> None:
        """Nothing that arrived at `at` or later is kept. The sink is closed, the tap is over."""
        self._leave()
        self.gathering.end(at=at)

    def look(self, *, now: float) -> None:
        """Now and then: layers that came or went, reports, key frames, and what is to be sealed."""
        if self._is_on and now >= self._look_at:
            self._choose(now)
            self._report(now)
        if not self.gathering.look(now=now) and self.view is not None:
            self._ask(self.view.stream, now, is_patient=True)
        self._look_at = self._next_look(now)
        self.due = min(self.gathering.due, self._look_at) if self._is_on else self.gathering.due

    def fault(self, *, now: float) -> None:
        """A bug was met: it is stopped, and its owner told."""
        try:
            self.stop(at=now)
        finally:
            self.gathering.fault()

    def _next_look(self, now: float) -> float:
        """At layers and reports: at once while something is waited for, else with each chunk."""
        if self.view is None or self._waiting:
            return now
        if self._kind is Kind.AUDIO:
            return self.gathering.turn_at
        return min(self.gathering.turn_at, self.key_at + KEY_FRAME_S)

    # Layers

    def _choose(self, now: float) -> None:
        """Waits for the best living layer, and asks for a key frame of it."""
        target, view = self._target(now), self.view
        if view is None:
            if target is not None:
                self._ask(target, now, is_patient=False)
        elif target is None or target is view.stream:
            self._wait_on(())
            self._note_key(view.stream)
            if now - self.key_at >= KEY_FRAME_S and view.stream.is_alive(now=now):
                self._ask(view.stream, now, is_patient=True)
        else:
            self._wait_on((target,))
            self._ask(target, now, is_patient=view.stream.is_alive(now=now))

    def _note_key(self, stream: Stream) -> None:
        newest = None if stream.key_index is None else stream.history.get(stream.key_index)
        if newest is not None and newest.arrival > self.key_at:
            self.key_at = newest.arrival

    def _target(self, now: float) -> Stream | None:
        if len(self._streams) == 1:
            return self._streams[0]
        return next((each for each in reversed(self._streams) if each.is_alive(now=now)), None)

    def _ask(self, stream: Stream, now: float, *, is_patient: bool) -> None:
        """Patient while there is something to write: receivers pay for key frames, too."""
        if self._kind is Kind.VIDEO:
            stream.key_frames.want(now=now, is_patient=is_patient)

    def offered(self, view: TapView, packet: Packet) -> None:
        """A packet of a stream that is waited for: begins with it if a decoder can. What was said
        before it came is not where a recording begins.
        """
        if not (packet.key_frame and packet.starts_frame and packet.payload):
            return
        if packet.is_recovered:
            return
        stream, reception = view.stream, view.stream.reception
        known = self._numbers.get(stream.spatial)
        if known is None or known[0] is not reception:
            known = self._numbers[stream.spatial] = reception, self._next_number
            self._next_number = (self._next_number + 1) & 0xFF
        view.number, view.push = known[1], self.gathering.put
        self._listen(view)
        ssrc = 0 if reception is None else reception.ssrc
        self.key_at = packet.arrival
        self.gathering.stream(view.number, ssrc, stream.spatial, packet.index, at=packet.arrival)
        for earlier in stream.since(packet.index):  # it may have been overtaken
            if earlier.arrival >= self._started:
                self.gathering.put(earlier)

    def _leave(self) -> None:
        self._is_on = False
        self._listen(None)

    def _listen(self, view: TapView | None) -> None:
        """To this view and no other."""
        if self.view is not None:
            self.view.stream.watched.remove(self.view)
        if view is not None:
            self._waiting.remove(view)
        self._wait_on(())
        self.view = view

    def _wait_on(self, streams: Sequence[Stream]) -> None:
        """For a key frame of any of these."""
        if [view.stream for view in self._waiting] == list(streams):
            return
        for view in self._waiting:
            view.stream.watched.remove(view)
        self._waiting = [TapView(stream, self.offered) for stream in streams]
        for view in self._waiting:
            view.stream.watched.append(view)

    def _report(self, now: float) -> None:
        """Writes the publisher's SR when there is a new one."""
        view = self.view
        reception = None if view is None else view.stream.reception
        if view is None or reception is None or reception.report is None:
            return
        at, report = reception.report_at, reception.report
        if at != view.reported_at and at >= self._began:
            view.reported_at = at
            self.gathering.report(view.number, report.ntp, report.rtp_timestamp, at=at)

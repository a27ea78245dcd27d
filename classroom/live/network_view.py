"""How everybody's connection is, for those of staff who watch: when to ask, how to judge. A core.

Nothing is asked while nobody watches. A watch belongs to a socket: it ends with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.live.books import Books, Endpoint
from classroom.live.ports import Json
from classroom.room.participant import Participant, SeatState
from classroom.wire.messages import NetworkReport, PersonNetwork, Quality, ReducedSource
from media.ids import ConsumerId

REPORT_EVERY_S = 2.0
"""A teacher's eye follows that; the question costs the worker well under a millisecond."""

BETTER_AFTER_S = 5.0
"""A quality falls at once, and rises when it was better for so long: dots that flicker are not
read."""

REDUCTIONS_MAX = 25
"""Told of one person, screens first: as many pictures as a page of the gallery has. With 60 people
on bad lines a report stays below 150 kB."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The worst figures that still have a quality."""

    round_trip_ms: float
    loss: float


QUALITIES: tuple[tuple[Quality, Bounds], ...] = (
    ("good", Bounds(round_trip_ms=300, loss=0.02)),
    ("weak", Bounds(round_trip_ms=600, loss=0.10)),
)
"""From the best on; what is beyond all of them is poor.

Round trip: ITU-T G.114 has 150 ms one way as unnoticed by most, and 400 ms as the end of use, of
which about 100 ms go to capture and playout buffer: 300 ms on the way. Loss: a sender that follows
draft-ietf-rmcat-gcc-02 (section 6) goes on growing below 2 % and steps back above 10 %.
"""

_WORST: Quality = "poor"
_RANK: dict[Quality, int] = {"good": 0, "weak": 1, "poor": 2}


@dataclass(slots=True)
class _Standing:
    """What is told of a person, and since when they do better than that."""

    quality: Quality
    better_since: float | None = None


class NetworkView:
    """The watch of one live room. Invariant: `due` is None while nobody watches."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._standings: dict[ParticipantId, _Standing] = {}
        self._watchers: set[str] = set()
        self.due: float | None = None
        """When to ask for figures next."""

    # Who watches

    def watch(self, socket: str, *, now: float) -> None:
        """A socket begins to watch; the first report is due now."""
        self._watchers.add(socket)
        self.due = now

    def unwatch(self, socket: str) -> None:
        """A socket ends to watch."""
        self._keep(self._watchers - {socket})

    def take(self, welcomed: Collection[str], *, now: float) -> bool:
        """Whether to ask for figures now, for those watchers that are still welcomed."""
        if self.due is None or now < self.due:
            return False
        self.due = now + REPORT_EVERY_S
        self._keep(self._watchers.intersection(welcomed))
        return self.due is not None

    def watchers(self, welcomed: Collection[str]) -> set[str]:
        """The sockets that a report goes to."""
        return self._watchers.intersection(welcomed)

    def _keep(self, watchers: set[str]) -> None:
        self._watchers = watchers
        if not watchers:
            self.due = None
            self._standings.clear()

    # What is told

    def report(
        self, figures: list[Json], people: Iterable[Participant], *, now: float
    ) -> NetworkReport:
        """Everybody in the room, with the figures that `router_stats` has of their endpoint."""
        by_endpoint = {one["endpoint_id"]: one for one in figures}
        told: list[PersonNetwork] = []
        for who in people:
            endpoint = self._books.endpoints.get(who.id)
            measured = by_endpoint.get(endpoint.id) if endpoint is not None else None
            if endpoint is None or measured is None or who.seat is not SeatState.HERE:
                self._standings.pop(who.id, None)
                told.append(_unknown(who.id))
            else:
                told.append(self._person(endpoint, measured, now))
        present = {person.participant_id for person in told}
        self._standings = {who: kept for who, kept in self._standings.items() if who in present}
        return NetworkReport(told)

    def _person(self, endpoint: Endpoint, figures: Json, now: float) -> PersonNetwork:
        reductions = _reductions(endpoint, figures["reductions"])
        return PersonNetwork(
            participant_id=endpoint.owner,
            quality=self._steady(endpoint.owner, quality_of(figures, reductions), now),
            round_trip_ms=figures["round_trip_ms"],
            loss_down=figures["loss_down"],
            loss_up=figures["loss_up"],
            downlink_bps=figures["downlink_bps"],
            uplink_bps=figures["uplink_bps"],
            protocol=figures["protocol"],
            reductions=reductions[:REDUCTIONS_MAX],
            down=endpoint.remedy.down if endpoint.remedy else "calm",
            up=endpoint.remedy.up if endpoint.remedy else "calm",
            measures=endpoint.remedy.measures if endpoint.remedy else [],
        )

    def _steady(self, who: ParticipantId, quality: Quality, now: float) -> Quality:
        """Worse at once, better after a while; from and to unknown at once."""
        if quality == "unknown":
            self._standings.pop(who, None)
            return quality
        standing = self._standings.setdefault(who, _Standing(quality))
        if _RANK[quality] >= _RANK[standing.quality]:
            standing.quality, standing.better_since = quality, None
        elif standing.better_since is None:
            standing.better_since = now
        elif now - standing.better_since >= BETTER_AFTER_S:
            standing.quality, standing.better_since = quality, None
        return standing.quality


def quality_of(figures: Json, reductions: list[ReducedSource]) -> Quality:
    """The worst that one of the figures, or something reduced, says; unknown without any figure."""
    losses = [loss for loss in (figures["loss_down"], figures["loss_up"]) if loss is not None]
    round_trip_ms = figures["round_trip_ms"]
    if round_trip_ms is None and not losses:
        return "unknown"
    measured = _quality_within(Bounds(round_trip_ms or 0.0, max(losses, default=0.0)))
    return max(measured, _quality_left(reductions), key=_RANK.__getitem__)


def _quality_within(worst: Bounds) -> Quality:
    for quality, bounds in QUALITIES:
        if worst.round_trip_ms <= bounds.round_trip_ms and worst.loss <= bounds.loss:
            return quality
    return _WORST


def _quality_left(reductions: list[ReducedSource]) -> Quality:
    """Poor without a sharp screen: everything else went before it. Weak with less of anything."""
    if any(one.source == "screen" and one.reduction != "frames" for one in reductions):
        return "poor"
    return "weak" if reductions else "good"


def _reductions(endpoint: Endpoint, told: list[list[str]]) -> list[ReducedSource]:
    """Whose camera or screen it is, screens first; consumers that closed meanwhile are left out."""
    offers = endpoint.consumers
    reduced = [
        ReducedSource(offers[key].participant_id, offers[key].source, reduction)  # type: ignore[arg-type]
        for key, reduction in ((ConsumerId(name), reduction) for name, reduction in told)
        if key in offers
    ]
    return sorted(reduced, key=lambda one: one.source != "screen")


def _unknown(who: ParticipantId) -> PersonNetwork:
    return PersonNetwork(
        participant_id=who,
        quality="unknown",
        round_trip_ms=None,
        loss_down=None,
        loss_up=None,
        downlink_bps=None,
        uplink_bps=None,
        protocol=None,
        reductions=[],
        down="calm",
        up="calm",
        measures=[],
    )

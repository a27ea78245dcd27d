"""Remedies: ten times a second, what is lost on each browser's lines, and what is done about it.

Decides when; what is done is `care`'s, and those who do it are told here: the line's queues and
questions, sound by a word in each packet of it, and the teacher by an event. Without remedies
nothing is done that the peer did not ask for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from media.endpoint.care import Care
from media.endpoint.directory import Directory
from media.endpoint.downlinks import Downlinks
from media.endpoint.endpoint import Endpoint
from media.endpoint.event import RemedyChanged
from media.endpoint.hearing import smallest_asked
from media.endpoint.requests import Requests
from media.endpoint.speaking import Speaking
from media.endpoint.treating import Treating
from media.forward.router import Router
from media.ids import EndpointId
from media.repair.remedy import CALM, Level, Remedy

AGAIN_S = 1.0
"""What is done is said again so often, for tracks that came meanwhile."""
TOLD_EACH_S = 0.5
"""Seconds between two tellings about one browser, at least."""


class Remedies:
    """Of one exchange."""

    def __init__(
        self, directory: Directory, downlinks: Downlinks, requests: Requests, *, is_on: bool
    ) -> None:
        self._directory = directory
        self._treating = Treating(downlinks.egress, requests, downlinks.sharing)
        self._speaking = Speaking(downlinks.egress)
        self._changes = 0
        self._is_on = is_on
        self._cares: dict[EndpointId, Care] = {}

    def counts(self) -> dict[str, int | dict[str, int]]:
        """Browsers by the worse of both directions, without calm ones; and how often something else
        was done than before.
        """
        worst = (max(each.remedy.down.level, each.remedy.up.level) for each in self._cares.values())
        weak = Counter(level.told for level in worst if level is not Level.CALM)
        return {
            "weak": dict(weak),
            "remedy_changes": self._changes,
            "lulls": self._speaking.lulls,
        }

    def look_after(self, *, now: float) -> Iterator[RemedyChanged]:
        """One round."""
        if not self._is_on:
            return
        endpoints = self._directory.endpoints
        self._cares = {key: self._cares.get(key) or Care() for key in endpoints}
        asked = smallest_asked(
            (each, self._cares[key].remedy.down.opus) for key, each in endpoints.items()
        )
        touched: dict[Router, None] = {}
        for endpoint in endpoints.values():
            care = self._cares[endpoint.endpoint_id]
            if self._look(endpoint, care, asked.get(endpoint.endpoint_id, 0), now):
                touched[endpoint.router] = None
            event = _news(endpoint.endpoint_id, care, now)
            if event is not None:
                yield event
        for router in touched:
            self._speak(router, now)
        self._speaking.look(now=now)

    def _look(self, endpoint: Endpoint, care: Care, far: int, now: float) -> bool:
        """Whether what sound says in this room may be another now."""
        was = care.remedy
        is_other = care.look(endpoint.lines, far=far, now=now)
        if not is_other and (care.remedy == CALM or now < care.due_at):
            return False
        self._changes += is_other
        care.due_at = now + AGAIN_S
        for line in endpoint.lines:
            self._treating.treat(line, care.remedy, is_other=is_other, now=now)
        return is_other or care.remedy != CALM or was != CALM

    def _speak(self, router: Router, now: float) -> None:
        """Sound in this room goes with as many frames, and as much advice, as each listener needs
        of each speaker.
        """
        ups = {key: care.remedy.up for key, care in self._cares.items()}
        for key, endpoint in self._directory.endpoints.items():
            if endpoint.router is router:
                self._speaking.to(endpoint.lines, self._cares[key].remedy, ups, now=now)


def _news(endpoint_id: EndpointId, care: Care, now: float) -> RemedyChanged | None:
    """What others should know; that a number of copies is another one now is nothing new."""
    remedy = care.remedy
    if remedy is care.told or now < care.told_at + TOLD_EACH_S:
        return None
    event, before = _event(endpoint_id, remedy), _event(endpoint_id, care.told)
    care.told = remedy
    if event == before:
        return None
    care.told_at = now
    return event


def _event(endpoint_id: EndpointId, remedy: Remedy) -> RemedyChanged:
    return RemedyChanged(
        endpoint_id,
        remedy.down.level.told,
        remedy.up.level.told,
        remedy.word(CALM.up),
        remedy.measures,
    )

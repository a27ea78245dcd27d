"""Which account of a payment company is asked: the one an organisation has now, then those whose
keys were put aside.

A page and a payment are of one account alone, and any other says that it does not know them: so
asking one after the other finds the right one and gives nothing back twice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from classroom.errors import Refused
from classroom.pay.gateway import Ended, Gateway, GatewayDown, GatewayRefused, News, Paid
from classroom.pay.gateways import Gateways
from classroom.store.pay_keys import keys_aside
from classroom.store.pay_ways import STRIPE, ways_of

T = TypeVar("T")


class Companies:
    """Opens keys when they are needed, and keeps none."""

    name = STRIPE
    """The one company there is."""

    def __init__(self, gateways: Gateways) -> None:
        self._gateways = gateways

    async def current(self, org_id: str) -> Gateway:
        """Where new pages are begun; Refused `payment.off`."""
        ways = await ways_of(org_id)
        return self._gateways.of(org_id, ways.gateway, ways.key_sealed, ways.signing_sealed)

    async def ask(
        self, org_id: str, question: Callable[[Gateway], Awaitable[T]], *, at: datetime
    ) -> T:
        """The first answer that is no refusal.

        GatewayDown; GatewayRefused with what the first one said; Refused `payment.off` when there
        is none to ask.
        """
        refused: GatewayRefused | None = None
        for gateway in (*await self._now(org_id), *await self._aside(org_id, at)):
            try:
                return await question(gateway)
            except GatewayRefused as error:
                refused = refused or error
        raise refused or Refused("payment.off")

    async def read(self, org_id: str, body: bytes, signature: str, *, at: datetime) -> News | None:
        """What a message says, by whichever keys it is signed with.

        Refused `payment.off`, `payment.signature`, `body.malformed`; `payment.gateway` for one that
        has to be sent again.
        """
        now, aside = await self._now(org_id), await self._aside(org_id, at)
        for gateway in (*now, *aside):
            try:
                news = gateway.read(body, signature, at)
            except Refused as refused:
                if refused.code != "payment.signature":
                    raise
            else:
                return await _true(gateway, news) if gateway in aside else news
        raise Refused("payment.signature" if now or aside else "payment.off")

    async def _now(self, org_id: str) -> list[Gateway]:
        return [await self.current(org_id)] if (await ways_of(org_id)).is_online else []

    async def _aside(self, org_id: str, at: datetime) -> list[Gateway]:
        kept = await keys_aside(org_id, at=at)
        return [
            self._gateways.of(org_id, one.gateway, one.key_sealed, one.signing_sealed)
            for one in kept
        ]


async def _true(gateway: Gateway, news: News | None) -> News | None:
    """What an old signature says, as the company says it now: keys are also changed because
    somebody else has them. Where the old account answers no more, the signature is all there is."""
    if not isinstance(news, Paid | Ended):
        return news
    try:
        return await gateway.look(news.reference)
    except GatewayDown as error:
        raise Refused("payment.gateway") from error
    except GatewayRefused:
        return news

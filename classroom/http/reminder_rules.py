"""When an organisation reminds people."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.booking.reminder import DEFAULT, RULES_MAX, Rule, read_rules
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.desk_door import Desk, desk
from classroom.http.doors import Doors
from classroom.http.letter_told import RulesTold, RuleTold
from classroom.http.told import tells
from classroom.store.members import host_names
from classroom.store.offers import find_offer
from classroom.store.reminding import change_rules, own_rules

_ALL = ("organisation.unknown", "right.missing")


class RuleBody(Body):
    """So long before; by mail, or as a webhook `reminder.due`."""

    minutes: int
    channel: str = "mail"


class RulesBody(Body):
    """`offer_id` empty: of all that have none of their own. `rules` null: as without."""

    offer_id: str = Field(default="", max_length=64)
    rules: list[RuleBody] | None = Field(default=None, max_length=RULES_MAX)


def reminder_rules_routes(doors: Doors) -> Blueprint:
    """`/api/organisations/<org_id>/reminders`."""
    routes = Blueprint("reminder_rules", __name__)

    @routes.get("/api/organisations/<org_id>/reminders")
    @tells(RulesTold, by="account", refuses=_ALL)
    async def reminders(org_id: str) -> Response:
        """Say when people are reminded."""
        mine = await desk(doors, org_id)
        mine.must("organisation.see")
        return jsonify(await _rules(mine))

    @routes.put("/api/organisations/<org_id>/reminders")
    @tells(RulesTold, by="account", body=RulesBody, refuses=(*_ALL, "offer.unknown"))
    async def remind(org_id: str) -> Response:
        """Decide when people are reminded, of what is booked from now on."""
        mine = await desk(doors, org_id)
        mine.must("templates.change")
        body = await read_body(RulesBody)
        await _must_offer(mine, body.offer_id)
        given = None if body.rules is None else [one.model_dump() for one in body.rules]
        rules = None if given is None else read_rules(given)
        await change_rules(mine.org.id, body.offer_id, rules, at=utc_now())
        return jsonify(await _rules(mine))

    return routes


async def _must_offer(mine: Desk, offer_id: str) -> None:
    """An offer of the organisation; Refused `offer.unknown`."""
    if not offer_id:
        return
    offer = await find_offer(offer_id)
    hosts = {host.id for host in await host_names(mine.org.id)}
    if offer is None or offer.host_id not in hosts:
        raise Refused("offer.unknown")


async def _rules(mine: Desk) -> RulesTold:
    own = await own_rules(mine.org.id)
    offers = {name: _rule_told(rules) for name, rules in own.items() if name}
    return RulesTold(_rule_told(own.get("", DEFAULT)), "" in own, offers)


def _rule_told(rules: Sequence[Rule]) -> list[RuleTold]:
    return [RuleTold(rule.minutes, rule.channel) for rule in rules]

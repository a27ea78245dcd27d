"""Looks whether organisations can be paid the way they set, for `doctor`. Changes nothing."""

from __future__ import annotations

from typing import Literal

from classroom.errors import Misfit
from classroom.pay.stripe_gateway import is_installed
from classroom.settings import Settings
from classroom.store.database import ask_database
from classroom.store.pay_ways import online_orgs
from classroom.store.payments import count_failed

Said = tuple[Literal["well", "look", "wrong"], str]


async def payments_say(settings: Settings) -> list[Said]:
    """Of a database whose tables are up to date."""
    try:
        orgs = len(await ask_database(settings.database, online_orgs))
        failed = await ask_database(settings.database, count_failed)
    except Misfit as misfit:
        return [("wrong", f"{misfit} Check CLASSROOM_DATABASE_URL.")]
    said: list[Said] = []
    if orgs and not is_installed():
        said.append(
            (
                "wrong",
                f"{orgs} organisation(s) are paid through Stripe, whose library is not here: "
                "nobody can pay, and nothing is given back. Install classroom[stripe].",
            )
        )
    if failed:
        said.append(
            (
                "look",
                f"{failed} refund(s) could not be given back. Whoever leads the organisation sees "
                "them under Payments, and gives them back by hand.",
            )
        )
    return said

"""Keys of a payment company: tried by a call that changes nothing, sealed before they are kept."""

from __future__ import annotations

from typing import Any

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.pay_told import WaysBody
from classroom.http.paying_desk import gateways_of
from classroom.pay.gateway import GatewayDown, GatewayRefused
from classroom.pay.gateways import KEY, SIGNING
from classroom.pay.keys import end_of, seal
from classroom.pay.stripe_gateway import is_installed
from classroom.store.pay_first import OFFLINE
from classroom.store.pay_ways import STRIPE, WaysRow


async def new_keys(doors: Doors, ways: WaysRow, body: WaysBody) -> dict[str, Any]:
    """Columns of the keys that are kept from now on."""
    if body.gateway == OFFLINE:
        return {
            **{"gateway": OFFLINE, "key_sealed": "", "key_end": "", "signing_sealed": ""},
            **{"is_test": False, "checked_at": None},
        }
    news: dict[str, Any] = {}
    if body.signing is not None:
        signing = seal(doors.secret, ways.org_id, SIGNING, body.signing.strip())
        news["signing_sealed"] = signing
    if body.key is None:
        return news
    if not is_installed():
        raise Refused("payment.off")
    if not (ways.signing_sealed or body.signing):
        raise Refused("payment.keys")
    key = body.key.strip()
    try:
        is_test = await gateways_of(doors).with_keys(key, "").check()
    except GatewayDown as error:
        raise Refused("payment.gateway") from error
    except GatewayRefused as error:
        raise Refused("payment.keys") from error
    return news | {
        "gateway": STRIPE,
        "key_sealed": seal(doors.secret, ways.org_id, KEY, key),
        "key_end": end_of(key),
        "is_test": is_test,
        "checked_at": utc_now(),
    }

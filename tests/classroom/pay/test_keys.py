"""Keys of payment companies as they lie in the database."""

from __future__ import annotations

import pytest

from classroom.errors import LocalError
from classroom.pay.keys import end_of, seal, unseal
from classroom.people.secret import Secret

SECRET = Secret(b"s" * 32)


def test_a_key_opens_only_in_its_place() -> None:
    sealed = seal(SECRET, "org", "key", "sk_test_abc")
    assert "sk_test" not in sealed
    assert unseal(SECRET, "org", "key", sealed) == "sk_test_abc"
    assert seal(SECRET, "org", "key", "sk_test_abc") != sealed
    for secret, org, use, text in (
        (Secret(b"t" * 32), "org", "key", sealed),
        (SECRET, "other", "key", sealed),
        (SECRET, "org", "signing", sealed),
        (SECRET, "org", "key", sealed[:-4]),
        (SECRET, "org", "key", "no key"),
        (SECRET, "org", "key", ""),
    ):
        with pytest.raises(LocalError):
            unseal(secret, org, use, text)
    assert end_of("sk_test_abcd") == "abcd"

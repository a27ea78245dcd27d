"""H.264 profiles behind `profile-level-id` (RFC 6184 section 8.1, table 5).

Decides whether two ids name the same profile; levels are not compared, because the router offers
`level-asymmetry-allowed` and never decodes.
"""

from __future__ import annotations

DEFAULT_PROFILE_LEVEL_ID = "42e01f"
"""What browsers mean when they say nothing: constrained baseline, level 3.1."""

# (profile_idc, bits of profile-iop that matter, their values, profile). First match counts.
_PROFILES = (
    (0x42, 0b0100_1111, 0b0100_0000, "constrained baseline"),
    (0x4D, 0b1000_1111, 0b1000_0000, "constrained baseline"),
    (0x58, 0b1100_1111, 0b1100_0000, "constrained baseline"),
    (0x42, 0b0100_1111, 0b0000_0000, "baseline"),
    (0x58, 0b1100_1111, 0b1000_0000, "baseline"),
    (0x4D, 0b1010_1111, 0b0000_0000, "main"),
    (0x64, 0b1111_1111, 0b0000_0000, "high"),
    (0x64, 0b1111_1111, 0b0000_1100, "constrained high"),
    (0xF4, 0b1111_1111, 0b0000_0000, "predictive high 4:4:4"),
)


def profile(profile_level_id: str) -> str | None:
    """The profile's name, or None when the id is none we know."""
    try:
        value = bytes.fromhex(profile_level_id)
    except ValueError:
        return None
    if len(value) != 3:
        return None
    for idc, mask, bits, name in _PROFILES:
        if value[0] == idc and value[1] & mask == bits:
            return name
    return None


def is_same_profile(one: str, other: str) -> bool:
    """Whether both ids are known and name one profile."""
    found = profile(one)
    return found is not None and found == profile(other)

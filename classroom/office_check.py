"""Looks whether Office files can be read here, for `doctor`. Changes nothing."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import DEVNULL, PIPE
from typing import Literal

from classroom.jobs.decks import OFF, find_soffice
from classroom.settings import Settings
from courseware.workshop import is_network_kept_off

FONTS_WITHIN_S = 5.0

Said = tuple[Literal["well", "look"], str]


async def office_says(settings: Settings) -> list[Said]:
    """LibreOffice, what keeps it from the network, and its Chinese fonts."""
    if settings.soffice == OFF:
        return [("well", "Office files are not read (CLASSROOM_SOFFICE=off).")]
    if find_soffice(settings.soffice) is None:
        return [_missing(settings)]
    if not await is_network_kept_off():
        return [
            (
                "look",
                "LibreOffice is there, but nothing here keeps it from the network, so Office files "
                "are refused. Install unshare (util-linux), and where the server is not root allow "
                "user namespaces.",
            )
        ]
    said: list[Said] = [("well", "LibreOffice reads Office files, kept from the network.")]
    if await _has_chinese_fonts() is False:
        said.append(
            (
                "look",
                "There is no Chinese font, so Chinese slides show boxes. Install fonts-noto-cjk.",
            )
        )
    return said


def _missing(settings: Settings) -> Said:
    if settings.soffice:
        return (
            "look",
            f"CLASSROOM_SOFFICE names {settings.soffice}, which cannot be run, so Office files are "
            "refused. Leave it out to use the LibreOffice on the path.",
        )
    return (
        "look",
        "LibreOffice is not installed, so Office files are refused. Install libreoffice-impress "
        "and libreoffice-writer, or set CLASSROOM_SOFFICE=off.",
    )


async def _has_chinese_fonts() -> bool | None:
    """None when nobody can tell."""
    try:
        process = await asyncio.create_subprocess_exec(
            "fc-list", ":lang=zh", "family", stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL
        )
    except OSError:
        return None
    try:
        async with asyncio.timeout(FONTS_WITHIN_S):
            out, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.communicate()  # not `wait`: it waits for the end of a pipe nobody reads
        return None
    return bool(out.strip())

"""Captions of recordings, by language. Everything here may raise StoreFailed."""

from __future__ import annotations

from dataclasses import dataclass

from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.store.boards import failing
from classroom.store.held import hold
from classroom.store.recording_tables import Recording, RecordingCaption

CAPTIONS_MAX = 10


@dataclass(frozen=True, slots=True)
class CaptionRow:
    """Captions in one language: WebVTT."""

    locale: str
    label: str
    body: str


async def put_caption(recording_id: str, caption: CaptionRow) -> None:
    """They take the place of those in the same language. Refused `recording.caption` for one
    language too many."""
    with failing():
        async with in_transaction():
            await hold(Recording.filter(id=recording_id), "title")
            others = RecordingCaption.filter(recording_id=recording_id)
            new = {"label": caption.label, "body": caption.body}
            if await others.filter(locale=caption.locale).update(**new):
                return
            if await others.count() >= CAPTIONS_MAX:
                raise Refused("recording.caption")
            await RecordingCaption.create(
                recording_id=recording_id,
                locale=caption.locale,
                label=caption.label,
                body=caption.body,
            )


async def captions_of(recording_id: str) -> list[CaptionRow]:
    """All of a recording."""
    with failing():
        rows = await RecordingCaption.filter(recording_id=recording_id).order_by("locale")
    return [CaptionRow(row.locale, row.label, row.body) for row in rows]


async def drop_caption(recording_id: str, locale: str) -> None:
    """Take those in one language away; silent when there are none."""
    with failing():
        await RecordingCaption.filter(recording_id=recording_id, locale=locale).delete()


async def drop_captions(recording_id: str) -> None:
    """Take all of a recording away."""
    with failing():
        await RecordingCaption.filter(recording_id=recording_id).delete()

"""Who a letter is for and what it says of a booking, read of the scene of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from classroom.booking.letter import Matter
from classroom.booking.letter_kind import LetterKind
from classroom.booking.money import Language, money_text
from classroom.booking.templates import Template, template
from classroom.booking.when import is_chinese, say_when
from classroom.store.booking_asked import Scene
from classroom.store.booking_rows import AppointmentRow, Change
from classroom.store.practice_tables import Host
from classroom.store.seen import EMAIL, WORDS, Seen
from classroom.store.statement import ask

LABELS: Mapping[Language, Mapping[str, str]] = {
    "en": {"what": "What", "with": "With", "who": "Who", "when": "When", "price": "Price"},
    "zh-CN": {"what": "项目", "with": "对方", "who": "来访者", "when": "时间", "price": "费用"},
}

REFUND: Mapping[Language, str] = {"en": "You get {amount} back.", "zh-CN": "将退回 {amount}。"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a letter says beside its scene. `link` leads elsewhere than to the booking; it is a
    path of ours."""

    once: str
    words: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict)
    run_at: datetime | None = None
    until: datetime | None = None
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a letter is for."""

    name: str
    email: str
    locale: str
    zone: str


def scene_of_change(change: Change) -> Scene:
    """As it is after the change."""
    return Scene(
        change.after, change.appointment, change.client, change.host, change.offer, change.org
    )


class Lookups:
    """What letters ask of the database beside their scene, each thing once."""

    def __init__(self, seen: Seen | None = None) -> None:
        """`seen` is what was read for the change they are of."""
        self._seen = seen or Seen()

    async def host_email(self, host_id: str) -> str:
        """Of the account behind a host; "" when there is none."""
        return await self._seen.read(EMAIL + host_id, lambda: _email_of(host_id))

    async def template(self, org_id: str, kind: LetterKind, locale: str) -> Template:
        """As the organisation writes it, else ours."""
        words = await self._seen.read(WORDS + org_id, lambda: _words_of(org_id))
        own = words.get((kind, language_of(locale)))
        ours = template(kind, locale)
        return ours if own is None else Template(own.subject, own.text, ours.button)

    async def reader(self, kind: LetterKind, scene: Scene) -> Reader | None:
        """The host for kinds that begin with `host_`, else the client; None without an address."""
        if kind.startswith("host_"):
            email = await self.host_email(scene.host.id)
            found = Reader(scene.host.name, email, scene.org.locale, scene.host.zone)
        else:
            client = scene.client
            found = Reader(client.name, client.email, client.locale, client.zone)
        return found if found.email else None

    async def reply_to(self, kind: LetterKind, scene: Scene) -> str:
        """Answers go to whom they are meant for."""
        if kind.startswith("host_"):
            return scene.client.email
        return await self.host_email(scene.host.id)


async def _email_of(host_id: str) -> str:
    found = await Host.filter(id=host_id).values_list("member__account__email", flat=True)
    return str(found[0] or "") if found else ""


async def _words_of(org_id: str) -> dict[tuple[str, str], Template]:
    rows = await ask("SELECT kind, locale, subject, text FROM letter_words WHERE org = $1", org_id)
    return {(row["kind"], row["locale"]): Template(row["subject"], row["text"]) for row in rows}


def language_of(locale: str) -> Language:
    """One of ours."""
    return "zh-CN" if is_chinese(locale) else "en"


def refund_of(change: Change) -> str:
    """What the client is told of money that goes back; "" when none does."""
    if not change.returned:
        return ""
    language, currency = language_of(change.client.locale), change.after.currency
    amount = money_text(sum(change.returned), currency, language)
    return REFUND[language].format(amount=amount)


def offer_name(scene: Scene) -> str:
    """What was booked, also when the offer is gone."""
    return scene.appointment.title if scene.offer is None else scene.offer.name


def matter_of(kind: LetterKind, scene: Scene, reader: Reader, asked: Asked) -> Matter:
    """What the letter says, in the reader's language and zone."""
    is_host = kind.startswith("host_")
    appointment, booking = scene.appointment, scene.booking
    language = language_of(reader.locale)
    labels = LABELS[language]
    other = scene.client.zone if is_host else _zone_of(appointment, scene)
    when = say_when(appointment.from_s, appointment.to_s, reader.zone, reader.locale, other=other)
    facts = [
        (labels["what"], offer_name(scene)),
        (labels["who"], scene.client.name) if is_host else (labels["with"], scene.host.name),
        (labels["when"], when),
    ]
    if booking.price:
        facts.append((labels["price"], money_text(booking.price, booking.currency, language)))
    words = {
        "client": scene.client.name,
        "host": scene.host.name,
        "offer": offer_name(scene),
        "org": scene.org.name,
        "when": when,
        **asked.words,
    }
    return Matter(words, facts, has_link=kind != "digits", secrets=asked.secrets)


def _zone_of(appointment: AppointmentRow, scene: Scene) -> str:
    """By which clock the host means it: that of their travel, on those days."""
    return appointment.zone or scene.host.zone

"""A letter of the house to a host, of something that is no booking's: whom it goes to, and how it
is made in the language of the organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from classroom.booking.letter import LINK, Matter, compose
from classroom.booking.letter_kind import LetterKind
from classroom.booking.money import Language
from classroom.store.letter_matter import Lookups, language_of
from classroom.store.letters import NewLetter
from classroom.store.practice_tables import Host


@dataclass(frozen=True, slots=True)
class HostReader:
    """A host who has an address; `host` with its organisation."""

    host: Host
    email: str
    locale: Language
    _known: Lookups

    async def letter(
        self, kind: LetterKind, words: Mapping[str, str], *, once: str, path: str
    ) -> NewLetter:
        """With these words beside the names of both; its button leads to a path of ours."""
        host, org = self.host, self.host.org
        template = await self._known.template(org.id, kind, self.locale)
        made = compose(template, Matter({"host": host.name, "org": org.name, **words}), self.locale)
        return NewLetter(
            org=org.id,
            kind=kind,
            once=once,
            to_name=host.name,
            to_email=self.email,
            locale=self.locale,
            subject=made.subject,
            text=made.text,
            html=made.html,
            from_name=org.name,
            host=host.id,
            links={LINK: f"path:{path}"},
        )


async def host_reader(host_id: str) -> HostReader | None:
    """None when a letter would reach nobody."""
    host = await Host.get(id=host_id).select_related("org")
    known = Lookups()
    email = await known.host_email(host.id)
    return HostReader(host, email, language_of(host.org.locale), known) if email else None

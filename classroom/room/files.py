"""The files of a class: who may send them to whom, who may see them, and who removes them.

What they hold lies elsewhere, and so does what is known of them after the class.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.audience import Audience
from classroom.room.chat_scope import PERSON, may_read, readers_of, scope_of
from classroom.room.file_card import FILES_MAX, FileCard
from classroom.room.files_command import AddFile, DropFile, RemoveFile, ShareFile
from classroom.room.files_event import FileAdded, FileAddedAside, FileRemoved, FileRemovedAside
from classroom.room.ground import Ground
from classroom.room.part import Event, Moment, Part
from classroom.room.participant import Participant
from classroom.room.recipients import check_recipient


class FilesPart(Part):
    """Invariant: nobody is told of, or given, a file whose message `may_read` would deny them."""

    def __init__(self, ground: Ground, cards: Iterable[FileCard] = ()) -> None:
        self._ground = ground
        self._cards: dict[str, FileCard] = {}
        self.go_on(cards)
        self.checks = {
            AddFile: self._check_add,
            ShareFile: self._check_share,
            RemoveFile: self._check_remove,
            DropFile: lambda command, _: None,
        }
        self.effects = {
            AddFile: self._add,
            ShareFile: self._share,
            RemoveFile: lambda command, _: self._remove([self._cards[command.file_id]]),
            DropFile: self._drop,
        }

    def go_on(self, cards: Iterable[FileCard]) -> None:
        """Begin with the files that the lesson had."""
        self._cards |= {card.id: card for card in cards}

    # Reading

    def get(self, file_id: str) -> FileCard | None:
        """A file of the class, or None; who asks is not looked at."""
        return self._cards.get(file_id)

    def readable(self, by: ParticipantId, file_id: str) -> FileCard:
        """The file, when it is there for this reader; Refused `file.unknown`."""
        card = self._cards.get(file_id)
        if card is None or not _may_see(card, self._ground.person(by)):
            raise Refused("file.unknown")
        return card

    def seen_by(self, viewer: Participant) -> tuple[FileCard, ...]:
        """Every file that was sent and is for this viewer, in the order in which they were sent."""
        sent = (card for card in self._cards.values() if card.is_sent)
        return tuple(card for card in sent if may_read(card, viewer))

    def new_to(self, viewer: Participant, before: Participant) -> tuple[FileCard, ...]:
        """The files somebody may see who could not as they were before."""
        return tuple(card for card in self.seen_by(viewer) if not may_read(card, before))

    # Adding

    def _check_add(self, command: AddFile, moment: Moment) -> None:
        if len(self._cards) >= FILES_MAX:
            raise Refused("file.limit", {"max": FILES_MAX})

    def _add(self, command: AddFile, moment: Moment) -> list[Event]:
        """Nobody has to hear of it: its owner sent it, and it is for nobody else yet."""
        self._cards[command.card.id] = command.card
        return []

    # Sending

    def check_sending(self, by: ParticipantId, to: str, file_ids: Sequence[str]) -> None:
        """Raise Refused unless `by` may write to `to` now, and send these files, which are theirs
        and were not sent yet."""
        check_recipient(self._ground, by, to)
        if not file_ids:
            return
        self._ground.must(by, "may_send_files")
        if len(set(file_ids)) != len(file_ids):
            raise Refused("file.unknown")
        for file_id in file_ids:
            card = self._cards.get(file_id)
            if card is None or card.participant_id != by or card.is_sent:
                raise Refused("file.unknown")

    def send(
        self, file_ids: Sequence[str], to: str, message_id: str, moment: Moment
    ) -> list[Event]:
        """They are for this scope from now on."""
        readers = readers_of(to, self._ground.participants.values())
        events: list[Event] = []
        for file_id in file_ids:
            card = self._cards.pop(file_id).sent(to, readers, message_id, moment.at)
            self._cards[file_id] = card
            events.append(self._told(card, FileAdded, FileAddedAside))
        return events

    def _check_share(self, command: ShareFile, moment: Moment) -> None:
        self.check_sending(command.by, command.to, [command.file_id])

    def _share(self, command: ShareFile, moment: Moment) -> list[Event]:
        to = scope_of(command.to, self._ground.person(command.by).place)
        return self.send([command.file_id], to, "", moment)

    def is_own_picture(self, by: ParticipantId, file_id: str) -> bool:
        """Whether it is a picture of theirs that can be seen small and was sent to nobody."""
        card = self._cards.get(file_id)
        is_own = card is not None and card.participant_id == by and not card.is_sent
        return is_own and card is not None and card.width is not None

    # Removing

    def _check_remove(self, command: RemoveFile, moment: Moment) -> None:
        card = self.readable(command.by, command.file_id)
        if card.participant_id == command.by:
            return
        if card.to.startswith(PERSON):
            raise Refused("file.unknown")
        self._ground.must(command.by, "may_order")

    def _drop(self, command: DropFile, moment: Moment) -> list[Event]:
        card = self._cards.get(command.file_id)
        return [] if card is None else self._remove([card])

    def remove_with(self, message_id: str) -> list[Event]:
        """Remove what came with a message that is deleted."""
        return self._remove([one for one in self._cards.values() if one.message_id == message_id])

    def remove_all(self, file_ids: Iterable[str]) -> list[Event]:
        """Remove those of them that are still there."""
        return self._remove([self._cards[one] for one in file_ids if one in self._cards])

    def _remove(self, cards: Sequence[FileCard]) -> list[Event]:
        for card in cards:
            del self._cards[card.id]
        return [self._told(card, FileRemoved, FileRemovedAside) for card in cards]

    def _told(
        self,
        card: FileCard,
        public: type[FileAdded | FileRemoved],
        aside: type[FileAddedAside | FileRemovedAside],
    ) -> Event:
        if card.to == "room":
            return public(card)
        people = self._ground.participants.values()
        return aside(
            card, audience=Audience(frozenset(who.id for who in people if _may_see(card, who)))
        )


def _may_see(card: FileCard, viewer: Participant) -> bool:
    """Its owner always; others as soon as it was sent to them."""
    if not card.is_sent:
        return viewer.id == card.participant_id
    return may_read(card, viewer)

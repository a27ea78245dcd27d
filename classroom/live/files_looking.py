"""What HTTP asks of a live room's files: who may send one now, and who may see which."""

from __future__ import annotations

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.live.hub import Hub
from classroom.live.room import LiveRoom
from classroom.room.file_card import FileCard
from classroom.room.files_command import AddFile, DropFile, ShareFile


class FileQuestions:
    """Answers of the live rooms. Everybody asked about has a seat there, or is refused with
    `room.not_joined`; somebody who was removed has none."""

    _hub: Hub

    def check_sending(self, room_id: RoomId, who: ParticipantId) -> None:
        """Raise Refused when somebody may send no file now: `right.missing`, `lock.files`,
        `chat.muted`. A picture they are asked for they may send always."""
        room = self._of(room_id, who).room
        if not room.wants_picture(who):
            room.ground.must(who, "may_send_files")

    def add_file(self, room_id: RoomId, card: FileCard) -> None:
        """It has arrived, and its owner may send it; a second time is nothing. Refused `seat.away`
        while its owner is away, `file.limit`."""
        live = self._of(room_id, card.participant_id)
        if live.room.parts.files.get(card.id) is None:
            live.do(AddFile(card.participant_id, card))
            live.files.keep(card)

    def file_for(self, room_id: RoomId, who: ParticipantId, file_id: str) -> FileCard:
        """The file, when somebody may see it now; Refused `file.unknown`."""
        return self._of(room_id, who).room.parts.files.readable(who, file_id)

    def files_for(self, room_id: RoomId, who: ParticipantId) -> tuple[FileCard, ...]:
        """Every file that was sent and that somebody may see now."""
        room = self._of(room_id, who).room
        return room.parts.files.seen_by(room.participants[who])

    def share_file(self, room_id: RoomId, who: ParticipantId, file_id: str) -> None:
        """Send somebody's own file that has arrived to everybody. Refused as when they send it
        themselves."""
        self._of(room_id, who).do(ShareFile(who, file_id))

    def is_sent(self, room_id: RoomId, file_id: str) -> bool:
        """Whether a class goes on in which the file was sent, whoever of it is still there."""
        live = self._hub.find(room_id)
        card = None if live is None else live.room.parts.files.get(file_id)
        return card is not None and card.is_sent

    def drop_file(self, room_id: RoomId, file_id: str) -> None:
        """Take a file out of the class, if one goes on; the caller has the right."""
        live = self._hub.find(room_id)
        if live is not None:
            live.do(DropFile(ParticipantId(""), file_id))

    def _of(self, room_id: RoomId, who: ParticipantId) -> LiveRoom:
        live = self._hub.find(room_id)
        if live is None or who not in live.room.participants:
            raise Refused("room.not_joined")
        return live

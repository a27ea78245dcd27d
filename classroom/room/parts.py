"""All parts of one room, made in the order in which they need each other."""

from __future__ import annotations

from dataclasses import replace

from classroom.room.activity import ActivityPart
from classroom.room.aids import AidsPart
from classroom.room.ask import AskPart
from classroom.room.board import BoardState
from classroom.room.board_part import BoardPart
from classroom.room.chat_part import ChatPart
from classroom.room.decks import DecksPart
from classroom.room.earlier import EarlierPart
from classroom.room.files import FilesPart
from classroom.room.film import FilmPart
from classroom.room.floor import FloorPart
from classroom.room.floor_stage import FloorStage
from classroom.room.ground import Ground
from classroom.room.groups import GroupsPart
from classroom.room.ink import InkPart
from classroom.room.ink_pens import InkPens
from classroom.room.kept import Kept
from classroom.room.lobby import LobbyPart
from classroom.room.lobby_state import LobbyState
from classroom.room.part import Part
from classroom.room.played_state import PlayedState
from classroom.room.reach import Reach
from classroom.room.recording import RecordingPart
from classroom.room.reserve import without_owners
from classroom.room.seats import SeatsPart
from classroom.room.sharing import Sharing
from classroom.room.stage import Stage
from classroom.room.tracks import TracksPart
from classroom.room.wall import WallPart


class Parts:
    """`all` has each part once, in the order in which they are asked and shown events."""

    def __init__(self, ground: Ground, board: BoardState, kept: Kept) -> None:
        self._ground = ground
        self.stage = Stage()
        named = {group.page_id for group in kept.groups.groups}
        named.update(tile.page_id for tile in kept.wall.tiles)
        pages = without_owners(board, named)
        pages = replace(pages, everyone=kept.everyone)
        self.board = BoardPart(ground, self.stage, pages, kept.given)
        self.tracks = TracksPart(ground, Sharing(ground, self.stage, self.board))
        door = kept.lobby if kept.line else LobbyState(is_on=ground.terms.has_lobby)
        self.lobby = LobbyPart(ground, door)
        self.seats = SeatsPart(ground, self.board, self.tracks, self.lobby)
        self.files = FilesPart(ground)
        self.chat = ChatPart(ground, self.files, kept.chat)
        self.floor = FloorPart(ground, self.tracks, kept.floor)
        self.on_stage = FloorStage(ground, self.floor, self.board, kept.staged)
        self.ask = AskPart(ground, self.files, kept.ask, lambda: self.board.state.page_id)
        self.aids = AidsPart(ground, self.floor, kept.aids)
        self.groups = GroupsPart(ground, self.tracks, self.board, kept.groups)
        self.wall = WallPart(ground, self.board, kept.wall, lambda: self.groups.state)
        still = kept.played.films.stopped(kept.clock_ms)  # the board is not on the stage yet
        self.films = FilmPart(ground, self.stage, self.board, still)
        self.activities = ActivityPart(ground, self.stage, self.board, kept.played.activities)
        self.ink = InkPart(ground, self.board, self.stage, InkPens(ground, self.reach))
        self.recording = RecordingPart(ground, kept.recording.after_restart())
        self.all: tuple[Part, ...] = (
            self.lobby,
            self.seats,
            self.board,
            self.tracks,
            self.files,
            self.chat,
            EarlierPart(self.chat, self.files),
            self.floor,
            self.on_stage,
            self.ask,
            self.aids,
            self.groups,
            self.wall,
            DecksPart(ground, self.board),
            self.films,
            self.activities,
            self.ink,
            self.recording,
        )

    def keep(self, kept: Kept) -> Kept:
        """The same with what every part wants kept."""
        return replace(
            kept,
            everyone=self.board.state.everyone,
            given=self.board.given,
            floor=self.floor.state,
            staged=self.on_stage.state,
            chat=self.chat.state,
            ask=self.ask.state,
            aids=self.aids.state,
            groups=self.groups.state,
            wall=self.wall.state,
            played=PlayedState(self.films.state, self.activities.state),
            recording=self.recording.state,
            lobby=replace(self.lobby.state, waiting=()),  # their sockets go with the server
        )

    def reach(self) -> Reach:
        """Who receives whom; an equal value as long as nothing changes for anybody."""
        groups, is_focus = self.groups.state, self.floor.state.is_focus
        if not is_focus and not groups.is_open:
            return Reach()
        people = self._ground.participants.values()
        return Reach(
            staff=frozenset(who.id for who in people if self._ground.is_staff(who.id)),
            on_stage=frozenset(who.id for who in people if who.grant is not None),
            is_focus=is_focus,
            places=tuple((who.id, who.place) for who in people if who.place),
            loud=frozenset(groups.loud),
            quiet=frozenset(visit.participant_id for visit in groups.visits if visit.is_quiet),
        )

"""Films and sounds in step: who leads the board says play, pause and where; each screen follows the
room clock.
"""

from __future__ import annotations

from dataclasses import replace

from classroom.errors import Refused
from classroom.room.board_part import BoardPart
from classroom.room.event import (
    BoardChanged,
    PageTurned,
    ParticipantChanged,
    ParticipantLeft,
    StageChanged,
)
from classroom.room.film_command import FilmCommand, PauseFilm, PlayFilm, SeekFilm, SetFilmRate
from classroom.room.film_event import FilmChanged
from classroom.room.film_state import Film, FilmsState
from classroom.room.ground import Ground
from classroom.room.part import Event, Moment, Part
from classroom.room.participant import SeatState
from classroom.room.stage import Stage

_ENDS = (BoardChanged, PageTurned, StageChanged, ParticipantChanged, ParticipantLeft)
"""After these the class may look elsewhere, or nobody may be here."""


class FilmPart(Part):
    """Invariants: a film that plays is of the class's page, the board is on the stage and somebody
    is here; no position is negative."""

    def __init__(self, ground: Ground, stage: Stage, board: BoardPart, state: FilmsState) -> None:
        """In `state` nothing plays."""
        self.state = state
        self._ground = ground
        self._stage = stage
        self._board = board
        kinds = (PlayFilm, PauseFilm, SeekFilm, SetFilmRate)
        self.checks = dict.fromkeys(kinds, self._check)
        self.effects = {
            PlayFilm: self._play,
            PauseFilm: self._pause,
            SeekFilm: self._seek,
            SetFilmRate: self._set_rate,
        }

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """Where nobody looks at it any more, it stands still at the place where it is. Of a
        new version that lies under its page nothing was seen yet."""
        events = self._begin_anew() if isinstance(event, BoardChanged) else []
        film = self.state.playing if isinstance(event, _ENDS) else None
        if film is None or (self._is_shown(film.page_id) and self._is_anybody_here()):
            return events
        return [*events, *self._set(film.paused(moment.clock_ms))]

    def _begin_anew(self) -> list[Event]:
        """A new version of a deck came."""
        lies = {page.id: page.backdrop for page in self._board.state.pages}
        gone = [
            film
            for film in self.state.films
            if film.backdrop and lies.get(film.page_id, film.backdrop) != film.backdrop
        ]
        return [
            event
            for film in gone
            for event in self._set(Film(film.page_id, backdrop=lies[film.page_id]))
        ]

    # Guards

    def _check(self, command: FilmCommand, moment: Moment) -> None:
        self._ground.must(command.by, "may_lead_board")
        if not self._is_shown(command.page_id):
            raise Refused("film.unknown")

    def _is_shown(self, page_id: str) -> bool:
        """Whether it is the class's page, has a film and is on the stage."""
        board = self._board.state
        is_here = self._stage.board and board.page_id == page_id
        return is_here and board.page(page_id).kind == "film"

    def _is_anybody_here(self) -> bool:
        people = self._ground.participants.values()
        return any(who.seat is SeatState.HERE for who in people)

    # Effects: they cannot fail

    def _play(self, command: PlayFilm, moment: Moment) -> list[Event]:
        film = self._film(command.page_id).moved(command.position_ms, moment.clock_ms)
        return self._set(replace(film, is_playing=True))

    def _pause(self, command: PauseFilm, moment: Moment) -> list[Event]:
        film = self._film(command.page_id)
        if not film.is_playing and film.position_ms == command.position_ms:
            return []
        film = film.moved(command.position_ms, moment.clock_ms)
        return self._set(replace(film, is_playing=False))

    def _seek(self, command: SeekFilm, moment: Moment) -> list[Event]:
        film = self._film(command.page_id)
        return self._set(film.moved(command.position_ms, moment.clock_ms))

    def _set_rate(self, command: SetFilmRate, moment: Moment) -> list[Event]:
        film = self._film(command.page_id)
        if film.rate == command.rate:
            return []
        here = film.moved(film.position_at(moment.clock_ms), moment.clock_ms)
        return self._set(replace(here, rate=command.rate))

    def _film(self, page_id: str) -> Film:
        return replace(self.state.of(page_id), backdrop=self._board.state.page(page_id).backdrop)

    def _set(self, film: Film) -> list[Event]:
        self.state = self.state.put(film)
        return [FilmChanged(film)]

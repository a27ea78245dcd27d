"""What each request about recording does. What was read is checked against the text of today."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from classroom.errors import Refused
from classroom.ids import ParticipantId, new_id
from classroom.lesson import consent_text
from classroom.live.hub import Claim
from classroom.live.limits import Limit
from classroom.live.ports import Recorder
from classroom.live.room import LiveRoom
from classroom.room import recording_command as command
from classroom.room.recording_state import Answers, Kind
from classroom.wire import recording
from classroom.wire.recording_form import consents
from classroom.wire.requests import Done

DONE = Done()
SAID = Limit(5, 60)
"""Answers, and that the mark was seen; each answer is told to those it is for."""
DEEDS = Limit(1, 10)
"""Each is told to everybody."""

_DEEDS: dict[type[Any], Callable[[ParticipantId], command.RecordingCommand]] = {
    recording.PauseRecording: command.PauseRecording,
    recording.ResumeRecording: command.ResumeRecording,
    recording.StopRecording: command.StopRecording,
}


def _answers(told: dict[Kind, bool]) -> Answers:
    return tuple((kind, "yes" if yes else "no") for kind, yes in told.items())


async def _do(live: LiveRoom, claim: Claim, request: Any) -> Done:
    live.do(_DEEDS[type(request)](claim.who))
    return DONE


async def _see(live: LiveRoom, claim: Claim, request: recording.SeeRecording) -> Done:
    before = live.room.parts.recording.state.seen
    live.do(command.SeeRecording(claim.who))
    if live.room.parts.recording.state.seen != before and live.recorder is not None:
        live.recorder.saw(claim.who)
    return DONE


async def _ask(
    live: LiveRoom, claim: Claim, request: recording.AskRecording
) -> recording.RecordingAsked:
    recorder = _recorder(live)
    consent_text.check_current(request.text)
    recording_id = new_id()
    kinds = tuple(dict.fromkeys(request.kinds))
    answers = _answers(request.answers)
    purpose = request.purpose.strip()
    ask = command.AskRecording(claim.who, recording_id, purpose, kinds, answers, request.text)
    live.room.check(ask)
    recorder.check_asking()
    live.do(ask)
    return recording.RecordingAsked(recording_id, recorder.link_of(claim.who))


async def _answer(
    live: LiveRoom, claim: Claim, request: recording.AnswerRecording
) -> recording.ConsentKept:
    state = live.room.parts.recording.state
    if any(request.answers.values()):  # a no needs no reading
        consent_text.check_current(request.text)
        if request.recording_id != state.recording_id:
            raise Refused("consent.text")
    live.do(command.AnswerRecording(claim.who, _answers(request.answers), request.text))
    if not all(request.answers.values()):
        await _disagree(live, claim)
    return recording.ConsentKept(_recorder(live).link_of(claim.who))


async def _begin(live: LiveRoom, claim: Claim, request: recording.BeginRecording) -> Done:
    """Its place is made first: where there is none nobody is told that it begins."""
    begin = command.BeginRecording(claim.who)
    live.room.check(begin)
    if live.room.parts.recording.state.phase == "asking":
        await _recorder(live).prepare()
    live.do(begin)
    return DONE


async def _withdraw(live: LiveRoom, claim: Claim, request: recording.WithdrawConsent) -> Done:
    kinds = tuple(dict.fromkeys(request.kinds))
    live.do(command.AnswerRecording(claim.who, tuple((kind, "no") for kind in kinds), ""))
    await _disagree(live, claim)
    if request.erase:
        await _recorder(live).erase(claim.who, kinds)
    return DONE


async def _catch_up(
    live: LiveRoom, claim: Claim, request: recording.CatchUp
) -> recording.CatchingUp:
    return recording.CatchingUp(await _recorder(live).catch_up(claim.who))


async def _disagree(live: LiveRoom, claim: Claim) -> None:
    """What an enrolled person agreed to for every lesson holds no more."""
    if claim.seat.enrolment:
        await _recorder(live).disagree(claim.seat.enrolment)


def _recorder(live: LiveRoom) -> Recorder:
    if live.recorder is None:
        raise Refused("recording.storage")
    return live.recorder


async def _mark(live: LiveRoom, claim: Claim, request: recording.MarkRecording) -> Done:
    live.do(command.MarkRecording(claim.who, request.title))
    return DONE


async def _read_text(
    live: LiveRoom, claim: Claim, request: recording.ReadConsentText
) -> recording.ConsentText:
    shown = consent_text.render(
        _asked(live, claim, request), consent_text.locale_of(request.locale)
    )
    locale = shown.text_id.partition("/")[2]
    state = live.room.parts.recording.state
    asked = state.recording_id if state.phase != "off" else ""
    if asked and live.recorder is not None:
        live.recorder.shown(claim.who, shown.text_id, shown.sha256)
    return recording.ConsentText(shown.text_id, asked, locale, shown.text, shown.sha256)


def _asked(live: LiveRoom, claim: Claim, request: recording.ReadConsentText) -> consent_text.Asked:
    """What is asked now; before that, what the reader is about to ask."""
    room, state = live.room, live.room.parts.recording.state
    name, purpose = room.ground.person(claim.who).name, request.purpose
    kinds: tuple[Kind, ...] = tuple(request.kinds or ())
    if state.phase != "off":
        name, purpose, kinds = state.asker, state.purpose, state.kinds
    return consent_text.Asked(name, purpose, kinds, room.terms.title, room.terms.kept_days)


async def _read_consents(
    live: LiveRoom, claim: Claim, request: recording.ReadConsents
) -> recording.Consents:
    live.room.ground.must(claim.who, "may_record")
    return consents(live.room)


ANSWERS: dict[type[Any], Callable[[LiveRoom, Claim, Any], Awaitable[Any]]] = {
    **dict.fromkeys(_DEEDS, _do),
    recording.AskRecording: _ask,
    recording.AnswerRecording: _answer,
    recording.BeginRecording: _begin,
    recording.WithdrawConsent: _withdraw,
    recording.CatchUp: _catch_up,
    recording.MarkRecording: _mark,
    recording.SeeRecording: _see,
    recording.ReadConsentText: _read_text,
    recording.ReadConsents: _read_consents,
}
LIMITS: dict[type[Any], Limit] = {
    **dict.fromkeys(_DEEDS, DEEDS),
    recording.SeeRecording: SAID,
    recording.AskRecording: DEEDS,
    recording.AnswerRecording: SAID,
    recording.BeginRecording: DEEDS,
    recording.WithdrawConsent: DEEDS,
    recording.CatchUp: DEEDS,
    recording.MarkRecording: DEEDS,
    recording.ReadConsentText: SAID,
    recording.ReadConsents: DEEDS,
}

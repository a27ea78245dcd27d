"""Captions: WebVTT (W3C) read and written out anew, as plain words with times. A core.

Styles, regions, notes, settings and markup are left out: nothing of a file somebody sent reaches a
browser as it came.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

CUES_MAX = 20_000
LINE_MAX = 500
FOREVER = 1 << 52
_TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"\s*{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_TAG = re.compile(r"<[^<>]{0,200}>")
_PLAIN = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&lrm;": "", "&rlm;": ""}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


class NoCaptions(ValueError):
    """It is no WebVTT, or has no cue."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words from one moment to before another, in ms."""

    start_ms: int
    stop_ms: int
    text: str


def read_captions(data: bytes, duration_ms: int) -> list[Cue]:
    """The cues of a file, in order; those beyond the end are left out. NoCaptions."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoCaptions("no UTF-8") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", text.split("\n")[0]):
        raise NoCaptions("no WebVTT")
    cues = _cues(text, duration_ms)
    if not cues or len(cues) > CUES_MAX:
        raise NoCaptions("no cue, or too many")
    return sorted(cues, key=lambda cue: (cue.start_ms, cue.stop_ms))


def outside_of(text: str, cuts: Sequence[tuple[int, int]]) -> str:
    """A file of ours without the cues that reach into a cut, in ms."""
    if not cuts:
        return text
    cues = _cues(text, FOREVER)
    return write_captions(
        [
            cue
            for cue in cues
            if not any(start < cue.stop_ms and cue.start_ms < stop for start, stop in cuts)
        ]
    )


def write_captions(cues: list[Cue]) -> str:
    """A file that says these and nothing else."""
    said = [
        f"{_stamp(cue.start_ms)} --> {_stamp(cue.stop_ms)}\n{_escaped(cue.text)}\n" for cue in cues
    ]
    return "WEBVTT\n\n" + "\n".join(said)


def _cues(text: str, duration_ms: int) -> list[Cue]:
    blocks = re.split(r"\n{2,}", text.strip("\n"))
    return [cue for block in blocks[1:] if (cue := _cue(block, duration_ms)) is not None]


def _cue(block: str, duration_ms: int) -> Cue | None:
    lines = block.split("\n")
    if len(lines) > 1 and "-->" not in lines[0]:  # its name
        lines = lines[1:]
    times = _TIMES.fullmatch(lines[0])
    if times is None:
        return None
    start, stop = _ms(times.groups()[:4]), _ms(times.groups()[4:])
    words = "\n".join(clean for line in lines[1:] if (clean := _clean(line)))
    if not words or start >= min(stop, duration_ms):
        return None
    return Cue(start, min(stop, duration_ms), words)


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _clean(line: str) -> str:
    words = _TAG.sub("", _CONTROL.sub("", line))
    for name, plain in _PLAIN.items():
        words = words.replace(name, plain)
    return words.strip()[:LINE_MAX]


def _escaped(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe


def _stamp(ms: int) -> str:
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"

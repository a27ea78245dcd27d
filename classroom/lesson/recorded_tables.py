"""What was written and asked in a recorded class, as tables and as a page. A core.

Times are those of play, as the film that goes with them shows them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from classroom.lesson.csv import Language, length_text, plain_cell
from recording.playtime import Holes, to_play

Line = Mapping[str, Any]
Names = Mapping[str, str]

CHAT: dict[Language, tuple[str, ...]] = {
    "en": ("Time", "Name", "Message"),
    "zh-CN": ("时间", "姓名", "消息"),
}
POLLS: dict[Language, tuple[str, ...]] = {
    "en": ("Time", "Question", "Answer", "How many"),
    "zh-CN": ("时间", "问题", "答案", "人数"),
}
PEOPLE: dict[Language, tuple[str, ...]] = {
    "en": ("Name", "Recorded"),
    "zh-CN": ("姓名", "录制内容"),
}
KINDS: dict[Language, dict[str, str]] = {
    "en": {each: each for each in ("voice", "camera", "screen", "chat", "ink")},
    "zh-CN": {
        "voice": "声音",
        "camera": "摄像头",
        "screen": "屏幕",
        "chat": "聊天",
        "ink": "笔迹",
    },
}
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "li{list-style:none;margin:.6rem 0}time{color:#666;margin-right:.6rem}ol{padding:0}"
    "p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}"
)


def chat_csv(lines: Iterable[Line], names: Names, holes: Holes, language: Language) -> bytes:
    """Messages: when, who, what."""
    rows = (
        (_at(line, holes), names.get(line["pid"], ""), str(line.get("text", ""))) for line in lines
    )
    return _table(CHAT[language], rows)


def chat_html(
    lines: Iterable[Line], names: Names, holes: Holes, title: str, language: Language
) -> bytes:
    """The same as a page that loads and runs nothing."""
    said = "".join(
        f"<li><time>{_at(line, holes)}</time><b>{escape(names.get(line['pid'], ''))}</b>"
        f"<p>{escape(str(line.get('text', '')))}</p></li>\n"
        for line in lines
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{language}"><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>\n"
        f"<h1>{escape(title)}</h1>\n<ol>\n{said}</ol>\n</html>\n"
    ).encode()


def polls_csv(events: Iterable[Line], holes: Holes, language: Language) -> bytes:
    """What was asked, and how many gave which answer; never who. Of each question what the class
    was shown last."""
    last: dict[str, Line] = {}
    for line in events:
        if line.get("event") == "poll" and line.get("tally"):
            last[str(line.get("id"))] = line
    rows = (
        (_at(line, holes), str(line.get("question", "")), str(answer), number)
        for line in last.values()
        for answer, number in line["tally"]
    )
    return _table(POLLS[language], rows)


def people_csv(people: Iterable[tuple[str, Sequence[str]]], language: Language) -> bytes:
    """Who is in the recording, and with what."""
    kinds = KINDS[language]
    rows = ((name, ", ".join(kinds.get(one, one) for one in agreed)) for name, agreed in people)
    return _table(PEOPLE[language], rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    for row in rows:
        writer.writerow([plain_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _at(line: Line, holes: Holes) -> str:
    return length_text(to_play(int(line["ms"]), holes))

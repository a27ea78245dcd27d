"""A lesson's report as a table for a spreadsheet (RFC 4180, UTF-8 with its mark). A core."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from classroom.lesson.register import Enrolled
from classroom.lesson.report import PersonReport, Report

Language = Literal["en", "zh-CN"]
HEADS: dict[Language, tuple[str, ...]] = {
    "en": (
        *("Name", "Role", "Came (UTC)", "Left (UTC)", "Present", "Late", "Spoke"),
        *(
            "Hands",
            "On stage",
            "Messages",
            "Files",
            "Answers",
            "Right",
            "Points",
            "Stars",
            "Network trouble",
        ),
    ),
    "zh-CN": (
        *("姓名", "身份", "进入时间 (UTC)", "离开时间 (UTC)", "在场", "迟到", "发言"),
        *("举手", "上台", "消息", "文件", "作答", "答对", "得分", "星星", "网络问题"),
    ),
}
ROLES: dict[Language, dict[str, str]] = {
    "en": {
        "host": "Teacher",
        "assistant": "Assistant",
        "student": "Student",
        "observer": "Observer",
    },
    "zh-CN": {"host": "老师", "assistant": "助教", "student": "学生", "observer": "旁听"},
}
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""A cell that begins so would be worked out by a spreadsheet."""


def csv_of(
    report: Report, started_at: datetime, language: Language, absent: Iterable[Enrolled] = ()
) -> bytes:
    """A head and a row for each person. Times as h:mm:ss; an empty cell where nobody left.

    Students of the list who did not come stand at the end, without a time at which they came.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADS[language])
    for person in report.people:
        writer.writerow(_row(person, started_at, ROLES[language][person.role]))
    for one in absent:
        name, role = plain_cell(one.name), ROLES[language]["student"]
        writer.writerow([name, role, "", "", *[length_text(0)] * 3, *[0] * 8, length_text(0)])
    return text.getvalue().encode("utf-8-sig")


def _row(person: PersonReport, started_at: datetime, role: str) -> list[str | int]:
    came = person.stays[0].from_ms if person.stays else None
    left = person.stays[-1].to_ms if person.stays and not person.is_inside else None
    return [
        plain_cell(person.name),
        role,
        _moment(started_at, came),
        _moment(started_at, left),
        length_text(person.present_ms),
        length_text(person.late_ms),
        length_text(person.spoke_ms),
        person.hands,
        person.on_stage,
        person.messages,
        person.files,
        person.answers,
        person.right,
        person.points,
        person.stars,
        length_text(person.trouble_ms),
    ]


def plain_cell(text: str) -> str:
    """A cell that no spreadsheet works out."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _moment(started_at: datetime, clock_ms: int | None) -> str:
    if clock_ms is None:
        return ""
    return f"{started_at + timedelta(milliseconds=clock_ms):%Y-%m-%d %H:%M:%S}"


def length_text(ms: int) -> str:
    """As h:mm:ss."""
    minutes, seconds = divmod(round(ms / 1000), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"

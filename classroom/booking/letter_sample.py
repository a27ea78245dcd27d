"""An appointment that is made up, for looking at how a letter would read. A core."""

from __future__ import annotations

from classroom.booking.letter import Matter
from classroom.booking.letter_kind import LetterKind
from classroom.booking.when import is_chinese, say_when

_FROM_S = 1_806_303_600
"""Monday, 29 March 2027, 09:00 in Berlin."""
_HOUR_S = 3600
_ENGLISH = {
    "client": "Min-jun",
    "host": "Helen Brandt",
    "offer": "Planning",
    "why": "I am ill and have to cancel, I am sorry.",
    "refund": "You get €60 back.",
    "until": "Friday, 26 March 2027, 12:20 (Berlin, UTC+1)",
    "count": "8",
    "summary": "We made a plan for the weeks until the exam.",
    "number": "2027-0001",
    "amount": "€60",
    "due": "Please pay within 14 days.",
    "calendar": "calendar.example.org",
    "since": "Monday, 22 March 2027",
}
_CHINESE = {
    **_ENGLISH,
    "client": "王明",
    "host": "陈海伦",
    "offer": "学习规划",
    "why": "抱歉，我生病了，只能取消。",
    "refund": "将退回 €60。",
    "until": "2027年3月26日 星期五 12:20（柏林，UTC+1）",
    "summary": "我们制定了考试前几周的计划。",
    "due": "请在 14 天内支付。",
    "since": "2027年3月22日 星期一",
}


def sample(kind: LetterKind, locale: str, org: str) -> Matter:
    """What a letter of this kind would be about."""
    words = dict(_CHINESE if is_chinese(locale) else _ENGLISH)
    when = say_when(_FROM_S, _FROM_S + _HOUR_S, "Europe/Berlin", locale, other="Asia/Shanghai")
    before = say_when(_FROM_S - 24 * _HOUR_S, _FROM_S - 23 * _HOUR_S, "Europe/Berlin", locale)
    words |= {"org": org, "when": when, "before": before, "dates": when}
    labels = ("项目", "对方", "时间") if is_chinese(locale) else ("What", "With", "When")
    facts = tuple(zip(labels, (words["offer"], words["host"], when), strict=True))
    return Matter(words, facts, has_link=kind != "digits", secrets={"digits": "123456"})

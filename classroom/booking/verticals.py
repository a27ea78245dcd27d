"""What a trade begins with: questions for who comes, and a text to sign. All of it can be changed.

A field is JSON: `id`, `kind` (text, long, choice, several, number, date, yes_no), `label`, `help`,
`is_required`, `is_private` (reception does not read the answer), `is_reason` (why somebody comes),
`choices`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classroom.booking.form import FormText
from classroom.booking.wording import LOCALES, Locale

Field = dict[str, Any]


def _field(
    name: str,
    kind: str,
    english: str,
    chinese: str,
    *,
    is_required: bool = False,
    is_private: bool = False,
    choices: tuple[tuple[str, str], ...] = (),
) -> dict[Locale, Field]:
    return {
        locale: {
            "id": name,
            "kind": kind,
            "label": (english, chinese)[at],
            "help": "",
            "is_required": is_required,
            "is_private": is_private,
            "is_reason": name in ("reason", "goal"),
            "choices": [choice[at] for choice in choices],
        }
        for at, locale in enumerate(LOCALES)
    }


_FIELDS: Mapping[str, tuple[dict[Locale, Field], ...]] = {
    "general": (_field("reason", "long", "What is it about?", "想聊什么？"),),
    "education": (
        _field("goal", "long", "What would you like to learn?", "想学什么？", is_required=True),
        _field(
            "level",
            "choice",
            "How much do you know already?",
            "目前的水平",
            choices=(("Beginner", "零基础"), ("Some", "有一些基础"), ("A lot", "比较熟练")),
        ),
        _field("age", "number", "Age", "年龄"),
    ),
    "health": (
        _field(
            "reason",
            "long",
            "What brings you here?",
            "主要的不适是什么？",
            is_required=True,
            is_private=True,
        ),
        _field("since", "text", "Since when?", "从什么时候开始的？", is_private=True),
        _field(
            "medicine", "long", "Which medicines do you take?", "正在服用的药物", is_private=True
        ),
        _field("allergies", "text", "Allergies", "过敏史", is_private=True),
        _field("birthday", "date", "Date of birth", "出生日期", is_required=True),
    ),
    "psychology": (
        _field(
            "reason",
            "long",
            "What would you like to talk about?",
            "想谈些什么？",
            is_required=True,
            is_private=True,
        ),
        _field(
            "before",
            "yes_no",
            "Have you had counselling before?",
            "之前做过咨询吗？",
            is_private=True,
        ),
        _field(
            "contact", "text", "Whom may we call in an emergency?", "紧急联系人", is_private=True
        ),
    ),
}

_CONSENT: Mapping[str, Mapping[Locale, FormText]] = {
    "health": {
        "en": FormText(
            "Consent to a remote visit",
            "I agree to talk by video. I know that a visit by video cannot replace an examination, "
            "and that I can end it at any time.\n\n"
            "What I tell is kept confidential and only seen by who treats me. In an emergency I "
            "call the emergency number of the place where I am.",
        ),
        "zh-CN": FormText(
            "远程就诊同意书",
            "我同意以视频方式就诊。我了解视频就诊不能代替体格检查，也可以随时结束。\n\n"
            "我所说的内容会被保密，只有为我诊治的人可以看到。遇到紧急情况，我会拨打所在地的急救电话。",
        ),
    },
    "psychology": {
        "en": FormText(
            "Consent to counselling",
            "I agree to counselling by video. What I tell is confidential, unless somebody's life "
            "is in danger or the law asks otherwise.\n\n"
            "I can end the counselling at any time. In a crisis I call the emergency number of the "
            "place where I am.",
        ),
        "zh-CN": FormText(
            "咨询知情同意书",
            "我同意以视频方式接受咨询。我所说的内容会被保密，除非有人的生命处于危险之中，或法律另有规定。\n\n"
            "我可以随时结束咨询。遇到危机时，我会拨打所在地的紧急电话。",
        ),
    },
}


def first_fields(vertical: str, locale: str) -> list[Field]:
    """The questions of a trade, in an organisation's language."""
    spoken: Locale = "zh-CN" if locale.lower().startswith("zh") else "en"
    return [dict(field[spoken]) for field in _FIELDS.get(vertical, _FIELDS["general"])]


def first_form(vertical: str) -> dict[str, FormText] | None:
    """The text a trade asks to sign; None when it asks for none."""
    found = _CONSENT.get(vertical)
    return None if found is None else {str(locale): text for locale, text in found.items()}

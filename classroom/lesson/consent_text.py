"""What people read before they agree to be recorded, in their language, under a version.

A version is never edited: consents name it, and what was agreed to must stay readable word for
word. A new text is a new version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from classroom.errors import Refused
from classroom.room.recording_state import KINDS, Kind

Locale = Literal["en", "zh-CN"]
VERSION = "2026-11"
"""The one that is shown now."""

_EN = """\
{who} asks to record this class ({room}). Why: {purpose}

What would be recorded: {kinds}. You answer for each of them. You can say yes to some and no \
to others.

Saying no changes nothing. You stay in class, you hear, see, speak and draw as before, and \
nothing of you is written. Nobody in class is told who said no but those who teach.

Where it goes: onto the server that runs this classroom, encrypted, with a key of your own. It \
is kept for {days} days and then deleted, unless those who teach keep it shorter, or have to \
keep it longer by law. It can be watched by those who teach here, and by those they give it to: \
the students of this class, or people with a link. With it your name, your answers and their \
time are kept.

You can take your yes back at any time, in class or later with the link you get. Then nothing \
more of you is recorded. If you also choose to erase, what there is of you is deleted, and the \
key with it. Your answers stay in the record of consent.

What this cannot do: another person's microphone may pick up your voice, a shared screen or a \
board may show your name or your work, and whoever watches could film their own screen."""

_ZH = """\
{who} 请求录制本课堂（{room}）。用途：{purpose}

会录制的内容：{kinds}。每一项由你分别回答，可以同意其中一些，拒绝另一些。

拒绝不会带来任何影响。你仍在课堂里，照常听、看、说和书写，而你的任何内容都不会被写下来。除了授\
课的人，课堂里没有人会知道谁拒绝了。

保存在哪里：保存在运行这个教室的服务器上，经过加密，并使用只属于你的密钥。保留 {days} 天后删除\
；授课的人可以提前删除，法律要求时也可能保留更久。可以观看的人：这里授课的人，以及他们给予观看\
权的人，即本课堂的学生，或持有链接的人。同时会保存你的名字、你的回答和回答的时间。

你可以随时撤回同意，在课堂里，或者之后用你得到的链接。撤回后不再录制你的任何内容。如果你还选择\
删除，已录制的你的内容会连同密钥一起删除。你的回答会留在同意记录里。

做不到的事：别人的麦克风可能会收到你的声音，共享的屏幕或白板上可能出现你的名字或作业，观看的人\
也可能拍下自己的屏幕。"""

TEXTS: Mapping[str, Mapping[Locale, str]] = MappingProxyType({"2026-11": {"en": _EN, "zh-CN": _ZH}})
"""By version and language."""
_WORDS: Mapping[Locale, Mapping[Kind, str]] = {
    "en": {
        "voice": "your voice",
        "camera": "your camera",
        "screen": "the screen you share",
        "chat": "what you write to everybody in the chat",
        "ink": "what you draw and write on the board",
    },
    "zh-CN": {
        "voice": "你的声音",
        "camera": "你的摄像头画面",
        "screen": "你共享的屏幕",
        "chat": "你在聊天里对所有人说的话",
        "ink": "你在白板上画和写的内容",
    },
}
STANDING_PURPOSE: Mapping[Locale, str] = {
    "en": "lessons in this room are recorded",
    "zh-CN": "这个教室的课会被录制",
}
"""Of a room that requires consent at its door."""
_BETWEEN: Mapping[Locale, str] = {"en": ", ", "zh-CN": "、"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is filled in: who asks, why, for which kinds, in which room, for how long."""

    who: str
    purpose: str
    kinds: Sequence[Kind]
    room: str
    days: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as one person reads it. `text_id` is what a consent names."""

    text_id: str
    text: str
    sha256: str


def locale_of(wished: str) -> Locale:
    """The language there is for a wished one ("zh", "zh-Hans-CN"): English when none fits."""
    return "zh-CN" if wished.lower().split("-")[0] == "zh" else "en"


def render(asked: Asked, locale: Locale, version: str = VERSION) -> Shown:
    """The text as it is shown; what is filled in stays as it is written, whatever it says."""
    words = _WORDS[locale]
    kinds = _BETWEEN[locale].join(words[kind] for kind in KINDS if kind in asked.kinds)
    filled = {
        "{who}": asked.who,
        "{purpose}": asked.purpose,
        "{kinds}": kinds,
        "{room}": asked.room,
        "{days}": str(asked.days),
    }
    text = _fill(TEXTS[version][locale], filled)
    return Shown(f"{version}/{locale}", text, hashlib.sha256(text.encode()).hexdigest())


def check_current(text_id: str) -> None:
    """Refused `consent.text` when somebody did not read the text that is shown now."""
    version, _, locale = text_id.partition("/")
    if version != VERSION or locale not in TEXTS[VERSION]:
        raise Refused("consent.text")


def _fill(text: str, filled: Mapping[str, str]) -> str:
    """In one pass from left to right, so that a name with braces in it is only a name."""
    done: list[str] = []
    while text:
        found = {mark: text.find(mark) for mark in filled if mark in text}
        if not found:
            break
        mark = min(found, key=lambda one: found[one])
        done += [text[: found[mark]], filled[mark]]
        text = text[found[mark] + len(mark) :]
    return "".join([*done, text])

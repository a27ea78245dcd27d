"""What letters say, in both languages, until an organisation writes its own. A core.

A word in braces stands for what the letter is about; which ones there are `words_of` says.
`{facts}` on a line of its own becomes a table, `{link}` on a line of its own a button.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from classroom.booking.letter_kind import LETTER_KINDS, LetterKind
from classroom.booking.wording import LOCALES, Locale

SUBJECT_MAX = 200
TEXT_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Template:
    """A letter before it is about anybody; `button` is what stands on its link."""

    subject: str
    text: str
    button: str = ""


ALWAYS = ("client", "host", "offer", "org", "when", "facts", "link")
"""Words of every letter."""
SPECIAL: Mapping[LetterKind, tuple[str, ...]] = {
    "confirm": ("digits", "until"),
    "offered": ("until",),
    "moved": ("before",),
    "host_moved": ("before",),
    "cancelled": ("why", "refund"),
    "host_cancelled": ("why",),
    "series": ("dates", "count"),
    "host_series": ("dates", "count"),
    "summary": ("summary",),
    "receipt": ("number", "amount"),
    "invoice": ("number", "amount", "due"),
    "digits": ("digits", "until"),
    "feed_broken": ("calendar", "since"),
    "zone_drifted": ("dates", "count"),
}


def words_of(kind: LetterKind) -> tuple[str, ...]:
    """The words a letter of this kind may use."""
    return ALWAYS + SPECIAL.get(kind, ())


def known_kind(kind: str, locale: str) -> LetterKind | None:
    """The kind, when there is such a one and such a language."""
    return next((one for one, spoken in every() if (one, spoken) == (kind, locale)), None)


def every() -> list[tuple[LetterKind, Locale]]:
    """Each kind in each language."""
    return [(kind, locale) for kind in LETTER_KINDS for locale in LOCALES]


def template(kind: LetterKind, locale: str) -> Template:
    """Ours, in Chinese or else in English."""
    return (CHINESE if locale.lower().startswith("zh") else ENGLISH)[kind]


ENGLISH: Mapping[LetterKind, Template] = {
    "made": Template(
        "Booked: {offer} with {host}",
        "Hello {client},\n\nyour appointment is booked.\n\n{facts}\n\n{link}\n\n"
        "Open the link five minutes before it begins. You can move or cancel the appointment there "
        "too. The link is for you alone, so please do not pass it on.\n\n{org}",
        "Open my appointment",
    ),
    "confirm": Template(
        "Please confirm: {offer} with {host}",
        "Hello {client},\n\nsomebody, probably you, asked for this appointment with your "
        "address.\n\n{facts}\n\n{link}\n\nOr type these digits on the page: {digits}\n\n"
        "The time is held for you until {until}. If it was not you, do nothing: then it is free "
        "again.\n\n{org}",
        "Confirm the appointment",
    ),
    "moved": Template(
        "Moved: {offer} with {host}",
        "Hello {client},\n\nyour appointment has a new time.\n\n{facts}\n\n"
        "Before, it was {before}.\n\n{link}\n\n{org}",
        "Open my appointment",
    ),
    "cancelled": Template(
        "Cancelled: {offer} with {host}",
        "Hello {client},\n\nyour appointment is cancelled.\n\n{facts}\n\n{why}\n\n{refund}\n\n"
        "{link}\n\n{org}",
        "Book another time",
    ),
    "reminder": Template(
        "Reminder: {offer} with {host}",
        "Hello {client},\n\nthis is a reminder of your appointment.\n\n{facts}\n\n{link}\n\n"
        "Please open the link five minutes before. If you cannot come, move or cancel it "
        "there.\n\n{org}",
        "Open my appointment",
    ),
    "lesson": Template(
        "Reminder: {offer} with {host}",
        "Hello {client},\n\nthis is a reminder of your lesson.\n\n{facts}\n\n{link}\n\n"
        "The link is for you alone, so please do not pass it on.\n\n{org}",
        "Open the classroom",
    ),
    "offered": Template(
        "A time has become free: {offer} with {host}",
        "Hello {client},\n\nyou are on the waiting list, and this time has become free.\n\n"
        "{facts}\n\nIt is held for you until {until}.\n\n{link}\n\n"
        "If you do not take it, it goes to the next one.\n\n{org}",
        "Take this time",
    ),
    "series": Template(
        "Booked: {count} times {offer} with {host}",
        "Hello {client},\n\nthese appointments are booked for you.\n\n{dates}\n\n{link}\n\n{org}",
        "Open my appointments",
    ),
    "summary": Template(
        "Summary: {offer} with {host}",
        "Hello {client},\n\nhere is the summary of your appointment.\n\n{facts}\n\n{summary}\n\n"
        "{link}\n\nFiles, receipt and the next appointment are behind the link. You can also "
        "say there how it was.\n\n{org}",
        "Open my appointment",
    ),
    "receipt": Template(
        "Receipt {number}",
        "Hello {client},\n\nthank you for your payment of {amount}. The receipt {number} is behind "
        "the link.\n\n{link}\n\n{org}",
        "Open the receipt",
    ),
    "invoice": Template(
        "Invoice {number}",
        "Hello {client},\n\nplease pay {amount} for this appointment.\n\n{facts}\n\n{link}\n\n"
        "{due}\n\n{org}",
        "Open the invoice",
    ),
    "rating": Template(
        "How was it? {offer} with {host}",
        "Hello {client},\n\nhow was your appointment? Your answer takes a moment.\n\n{facts}\n\n"
        "{link}\n\n{org}",
        "Say how it was",
    ),
    "missed": Template(
        "You were missed: {offer} with {host}",
        "Hello {client},\n\nyou did not come to your appointment.\n\n{facts}\n\n"
        "If something came between, you can book another time.\n\n{link}\n\n{org}",
        "Book another time",
    ),
    "digits": Template(
        "{digits} are your digits",
        "Hello {client},\n\ntype these digits on the page to show that it is you: {digits}\n\n"
        "They are good until {until}. If you did not ask for them, do nothing, and tell them to "
        "nobody.\n\n{org}",
    ),
    "feed_broken": Template(
        "The calendar {calendar} cannot be read",
        "Hello {host},\n\nthe calendar {calendar} could not be read since {since}. Until then "
        "its times are kept as they were last seen, so somebody may book a time at which you are "
        "busy.\n\n{link}\n\n{org}",
        "Look at the calendars",
    ),
    "zone_drifted": Template(
        "The clock has changed: {count} appointments",
        "Hello {host},\n\na government has changed the clock of a zone, so that these appointments "
        "begin at another hour than they were booked for.\n\n{dates}\n\n"
        "The moment stays, as it stands in the calendars of those who come. Move those whose "
        "hour should stay.\n\n{link}\n\n{org}",
        "Look at the appointments",
    ),
    "erased": Template(
        "What we kept about you is erased",
        "Hello,\n\n{org} has erased your name, address, answers, notes, files and "
        "appointments. What the law asks to be kept of payments stays without them. This is the "
        "last letter.\n\n{org}",
    ),
    "host_made": Template(
        "New: {offer} with {client}",
        "Hello {host},\n\n{client} has booked.\n\n{facts}\n\n{link}\n\n{org}",
        "Open the week",
    ),
    "host_moved": Template(
        "Moved: {offer} with {client}",
        "Hello {host},\n\nthe appointment with {client} has a new time.\n\n{facts}\n\n"
        "Before, it was {before}.\n\n{link}\n\n{org}",
        "Open the week",
    ),
    "host_cancelled": Template(
        "Cancelled: {offer} with {client}",
        "Hello {host},\n\nthe appointment with {client} is cancelled, and the time is free "
        "again.\n\n{facts}\n\n{why}\n\n{link}\n\n{org}",
        "Open the week",
    ),
    "host_emptied": Template(
        "Nobody left in {offer}: {when}",
        "Hello {host},\n\nnobody is booked for this lesson any more, and the time is free "
        "again.\n\n{facts}\n\n{link}\n\n{org}",
        "Open the week",
    ),
    "host_series": Template(
        "New: {count} times {offer} with {client}",
        "Hello {host},\n\nthese appointments with {client} are booked.\n\n{dates}\n\n{link}"
        "\n\n{org}",
        "Open the week",
    ),
}
CHINESE: Mapping[LetterKind, Template] = {
    "made": Template(
        "预约成功：{offer}（{host}）",
        "{client}，您好：\n\n您的预约已成功。\n\n{facts}\n\n{link}\n\n"
        "请在开始前五分钟打开链接。改期或取消也在那里。链接只供您本人使用，请勿转发。\n\n{org}",
        "打开我的预约",
    ),
    "confirm": Template(
        "请确认预约：{offer}（{host}）",
        "{client}，您好：\n\n有人（大概是您本人）用这个邮箱申请了以下预约。\n\n{facts}\n\n{link}"
        "\n\n也可以在页面上输入验证码：{digits}\n\n"
        "这个时间为您保留到 {until}。如果不是您本人，请不用理会，时间会自动释放。\n\n{org}",
        "确认预约",
    ),
    "moved": Template(
        "预约改期：{offer}（{host}）",
        "{client}，您好：\n\n您的预约时间已更改。\n\n{facts}\n\n原来的时间是 {before}。\n\n{link}"
        "\n\n{org}",
        "打开我的预约",
    ),
    "cancelled": Template(
        "预约取消：{offer}（{host}）",
        "{client}，您好：\n\n您的预约已取消。\n\n{facts}\n\n{why}\n\n{refund}\n\n{link}\n\n{org}",
        "预约其他时间",
    ),
    "reminder": Template(
        "预约提醒：{offer}（{host}）",
        "{client}，您好：\n\n提醒您以下预约。\n\n{facts}\n\n{link}\n\n"
        "请提前五分钟打开链接。如果不能来，请在那里改期或取消。\n\n{org}",
        "打开我的预约",
    ),
    "lesson": Template(
        "上课提醒：{offer}（{host}）",
        "{client}，您好：\n\n提醒您以下课程。\n\n{facts}\n\n{link}\n\n"
        "链接只供您本人使用，请勿转发。\n\n{org}",
        "打开教室",
    ),
    "offered": Template(
        "有空位了：{offer}（{host}）",
        "{client}，您好：\n\n您在候补名单上，现在有了一个空位。\n\n{facts}\n\n"
        "为您保留到 {until}。\n\n{link}\n\n如果您不需要，会留给下一位。\n\n{org}",
        "接受这个时间",
    ),
    "series": Template(
        "预约成功：{offer}（{host}），共 {count} 次",
        "{client}，您好：\n\n已为您预约以下时间。\n\n{dates}\n\n{link}\n\n{org}",
        "打开我的预约",
    ),
    "summary": Template(
        "小结：{offer}（{host}）",
        "{client}，您好：\n\n以下是这次预约的小结。\n\n{facts}\n\n{summary}\n\n{link}\n\n"
        "文件、收据和下一次预约都在链接里，您也可以在那里评价。\n\n{org}",
        "打开我的预约",
    ),
    "receipt": Template(
        "收据 {number}",
        "{client}，您好：\n\n感谢您支付 {amount}。收据 {number} 在链接里。\n\n{link}\n\n{org}",
        "打开收据",
    ),
    "invoice": Template(
        "账单 {number}",
        "{client}，您好：\n\n请为这次预约支付 {amount}。\n\n{facts}\n\n{link}\n\n{due}\n\n{org}",
        "打开账单",
    ),
    "rating": Template(
        "感觉怎么样？{offer}（{host}）",
        "{client}，您好：\n\n这次预约感觉怎么样？回答只需片刻。\n\n{facts}\n\n{link}\n\n{org}",
        "去评价",
    ),
    "missed": Template(
        "您未到：{offer}（{host}）",
        "{client}，您好：\n\n您没有来参加以下预约。\n\n{facts}\n\n"
        "如果临时有事，可以另约时间。\n\n{link}\n\n{org}",
        "预约其他时间",
    ),
    "digits": Template(
        "您的验证码是 {digits}",
        "{client}，您好：\n\n请在页面上输入验证码，确认是您本人：{digits}\n\n"
        "有效期到 {until}。如果不是您本人操作，请不用理会，也不要告诉任何人。\n\n{org}",
    ),
    "feed_broken": Template(
        "日历 {calendar} 无法读取",
        "{host}，您好：\n\n日历 {calendar} 从 {since} 起无法读取。"
        "在此期间仍按最后一次读到的内容计算，所以可能有人约到您没空的时间。\n\n{link}\n\n{org}",
        "查看日历",
    ),
    "zone_drifted": Template(
        "时区规则变了：{count} 个预约",
        "{host}，您好：\n\n某个时区的规则变了，以下预约的钟点会与约定的不同。\n\n{dates}\n\n"
        "时刻保持不变，与来访者日历中的一致。需要保持原来钟点的，请改期。\n\n{link}\n\n{org}",
        "查看预约",
    ),
    "erased": Template(
        "您的资料已删除",
        "您好：\n\n{org} 已删除您的姓名、邮箱、回答、笔记、文件和预约。"
        "法律要求保留的付款记录不再含有这些内容。这是最后一封邮件。\n\n{org}",
    ),
    "host_made": Template(
        "新预约：{offer}（{client}）",
        "{host}，您好：\n\n{client} 预约了。\n\n{facts}\n\n{link}\n\n{org}",
        "打开周视图",
    ),
    "host_moved": Template(
        "预约改期：{offer}（{client}）",
        "{host}，您好：\n\n{client} 的预约时间已更改。\n\n{facts}\n\n原来的时间是 {before}。\n\n"
        "{link}\n\n{org}",
        "打开周视图",
    ),
    "host_cancelled": Template(
        "预约取消：{offer}（{client}）",
        "{host}，您好：\n\n{client} 的预约已取消，这个时间又空出来了。\n\n{facts}\n\n{why}\n\n"
        "{link}\n\n{org}",
        "打开周视图",
    ),
    "host_emptied": Template(
        "{offer} 已无人预约：{when}",
        "{host}，您好：\n\n这节课已没有人预约，这个时间又空出来了。\n\n{facts}\n\n{link}\n\n{org}",
        "打开周视图",
    ),
    "host_series": Template(
        "新预约：{offer}（{client}），共 {count} 次",
        "{host}，您好：\n\n以下与 {client} 的预约已约好。\n\n{dates}\n\n{link}\n\n{org}",
        "打开周视图",
    ),
}

"""Figures as a table for a spreadsheet (RFC 4180, UTF-8 with its mark); a column a currency."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Literal

from classroom.booking.figures import TOTAL, Figures
from classroom.booking.money import plain_amount
from classroom.lesson.csv import plain_cell

Language = Literal["en", "zh-CN"]
HEADS: dict[Language, tuple[str, ...]] = {
    "en": (
        *("What", "Held", "Missed", "Cancelled", "Coming", "Hours held"),
        *("Hours booked", "Hours open", "Occupancy %", "Stars", "Ratings"),
    ),
    "zh-CN": (
        *("项目", "已进行", "未到", "已取消", "将进行", "进行小时"),
        *("已约小时", "可约小时", "占用率 %", "评分", "评价数"),
    ),
}
_TOTALS: dict[Language, str] = {"en": "Total", "zh-CN": "合计"}


def table(rows: Sequence[Figures], names: Mapping[str, str], language: Language) -> bytes:
    """A head and a row for each."""
    currencies = sorted({currency for row in rows for currency in row.money})
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*HEADS[language], *currencies])
    for row in rows:
        name = _TOTALS[language] if row.key == TOTAL else names.get(row.key, row.key)
        writer.writerow(
            [
                plain_cell(name),
                *(row.held, row.missed, row.cancelled, row.coming),
                _hours(row.minutes),
                _hours(row.booked_min),
                "" if row.offered_min is None else _hours(row.offered_min),
                "" if row.occupancy is None else row.occupancy,
                "" if row.mean_stars is None else row.mean_stars,
                row.ratings,
                *(plain_amount(row.money.get(currency, 0), currency) for currency in currencies),
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.2f}"

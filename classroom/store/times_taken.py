"""The five minutes of hosts that appointments take: no two appointments have the same ones.

Everything here is part of a transaction that wrote the host's turn first (`hold_host`), so nobody
else changes anything of that host meanwhile. The unique key of the cells guards what that forgets.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import F

from classroom.booking.diary import day_at
from classroom.booking.zone import DAY_S, wall
from classroom.errors import LocalError, Refused
from classroom.ids import new_id
from classroom.store.booking_rows import AppointmentRow, HostRow, appointment_row, host_row
from classroom.store.booking_tables import Appointment, BookedCell
from classroom.store.practice_tables import Host
from classroom.store.statement import add, add_rows, do

CELL_S = 300
CELLS_MAX = 7 * 24 * 12 + 12 * 8
"""Seven days with pauses."""
_TURN = "UPDATE hosts SET turn = turn + 1 WHERE id = $1"
_CELLS = "INSERT INTO booked_cells (host_id, cell, appointment_id) VALUES {rows}"


@dataclass(frozen=True, slots=True)
class NewTime:
    """An appointment that is to be. `before_s` and `after_s` are pauses."""

    kind: str
    title: str
    from_s: int
    to_s: int
    before_s: int = 0
    after_s: int = 0
    offer_id: str | None = None
    room_id: str | None = None
    series: str = ""
    seats: int = 1


async def hold_turn(host_id: str) -> None:
    """Be the only one who changes anything of this host, until the transaction ends; Refused
    `host.unknown`. The first statement of the transaction: SQLite refuses one that read before."""
    if not await do(f"{_TURN} AND removed_at IS NULL", host_id):
        raise Refused("host.unknown")


async def hold_host(host_id: str) -> HostRow:
    """The same, and who they are."""
    await hold_turn(host_id)
    return host_row(await Host.get(id=host_id))


async def hold_any(host_id: str) -> HostRow:
    """The same for what was booked with a host who was removed since."""
    if not await do(_TURN, host_id):
        raise Refused("host.unknown")
    return host_row(await Host.get(id=host_id))


async def put(
    host: HostRow, new: NewTime, *, taken: int, only_free: bool = False
) -> AppointmentRow:
    """Make the appointment and take its cells; IntegrityError when one is taken, or, with
    `only_free`, what is free of them."""
    row = Appointment(
        id=new_id(),
        host_id=host.id,
        kind=new.kind,
        offer_id=new.offer_id,
        room_id=new.room_id,
        series=new.series,
        title=new.title,
        seats=new.seats,
        taken=taken,
        state="open",
        sequence=0,
        **_times(host, new.from_s, new.to_s, new.before_s, new.after_s),
    )
    await add([row])
    await _take_cells(row, await _others(row) if only_free else set())
    return appointment_row(row)


async def put_elsewhere(
    host: HostRow, appointment: AppointmentRow, from_s: int, to_s: int
) -> AppointmentRow:
    """Move it with its pauses; IntegrityError when a cell is taken by another.

    Its own cells go first: one that moves by a quarter of an hour meets itself.
    """
    await BookedCell.filter(appointment_id=appointment.id).delete()
    row = await Appointment.get(id=appointment.id)
    before_s = appointment.from_s - appointment.busy_from_s
    after_s = appointment.busy_to_s - appointment.to_s
    row.update_from_dict(_times(host, from_s, to_s, before_s, after_s))
    row.sequence += 1
    await row.save()
    await _take_cells(row)
    return appointment_row(row)


async def sit_down(appointment_id: str) -> AppointmentRow:
    """Take a seat of a group; Refused `booking.full`."""
    free = Appointment.filter(id=appointment_id, state="open", taken__lt=F("seats"))
    if not await free.update(taken=F("taken") + 1):
        raise Refused("booking.full")
    return appointment_row(await Appointment.get(id=appointment_id))


async def stand_up(appointment: AppointmentRow) -> AppointmentRow:
    """Give a seat back; whose last one goes frees its time."""
    row = await Appointment.get(id=appointment.id)
    row.taken = max(0, row.taken - 1)
    if row.taken == 0 and row.state == "open" and row.kind in ("talk", "group"):
        row.state = "cancelled"
        row.sequence += 1
        await BookedCell.filter(appointment_id=row.id).delete()
    await row.save(update_fields=["taken", "state", "sequence"])
    return appointment_row(row)


async def open_again(appointment: AppointmentRow) -> AppointmentRow:
    """A seat of it once more; one that was given up takes its cells again, when they are free.

    IntegrityError or Refused `booking.full` when they are not.
    """
    if appointment.state == "open":
        return await sit_down(appointment.id)
    row = await Appointment.get(id=appointment.id)
    row.state, row.taken, row.sequence = "open", 1, row.sequence + 1
    await row.save(update_fields=["state", "taken", "sequence"])
    await _take_cells(row)
    return appointment_row(row)


async def take_away(appointment_id: str) -> None:
    """A block or a class that is not to be: its time is free again."""
    await BookedCell.filter(appointment_id=appointment_id).delete()
    await Appointment.filter(id=appointment_id).update(
        state="cancelled", sequence=F("sequence") + 1
    )


async def sweep_cells(at: datetime, *, most: int) -> int:
    """Forget cells that ended more than a day ago, at most so many; how many went.

    They guard nothing: what is over is neither taken nor moved, and appointments keep their times.
    """
    ended = (int(at.timestamp()) - DAY_S) // CELL_S
    ids = await BookedCell.filter(cell__lt=ended).limit(most).values_list("id", flat=True)
    if ids:
        await BookedCell.filter(id__in=list(ids)).delete()
    return len(ids)


def cells_of(busy_from_s: int, busy_to_s: int) -> range:
    """The numbers of the cells between two moments."""
    return range(busy_from_s // CELL_S, -(-busy_to_s // CELL_S))


def _times(
    host: HostRow, from_s: int, to_s: int, before_s: int, after_s: int
) -> dict[str, int | str]:
    if from_s % CELL_S or to_s % CELL_S or not from_s < to_s:
        raise LocalError("appointments begin and end with whole five minutes")
    diary = host.hours()
    zone = diary.zone_on(day_at(diary, from_s))
    shown = wall(zone, from_s)
    hour, minute = divmod(shown.minute, 60)
    return {
        "from_s": from_s,
        "to_s": to_s,
        "busy_from_s": from_s - before_s,
        "busy_to_s": to_s + after_s,
        "zone": zone,
        "wall": f"{shown.day.isoformat()}T{hour:02}:{minute:02}",
    }


async def _others(row: Appointment) -> set[int]:
    """Cells of its time that others have."""
    cells = cells_of(row.busy_from_s, row.busy_to_s)
    found = await BookedCell.filter(
        host_id=row.host_id, cell__gte=cells.start, cell__lt=cells.stop
    ).values_list("cell", flat=True)
    return {int(str(cell)) for cell in found}


async def _take_cells(row: Appointment, but: Collection[int] = ()) -> None:
    cells = cells_of(row.busy_from_s, row.busy_to_s)
    if len(cells) > CELLS_MAX:
        raise LocalError("an appointment takes seven days at most")
    await add_rows(_CELLS, [(row.host_id, cell, row.id) for cell in cells if cell not in but])

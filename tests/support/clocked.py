"""The product with a clock that tests move: `python -m tests.support.clocked FILE serve ...`.

FILE holds by how many seconds its wall time is ahead of the real one. All its wall time is
`utc_now()`; how long things take is measured by another clock, which is not moved. `MovedClock` is
the hand of the test on it.
"""

from __future__ import annotations

import os
import runpy
import sys
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path


class MovedClock:
    """The clock of a product that was started with `program`."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._write(timedelta())

    @property
    def program(self) -> tuple[str, ...]:
        """What stands behind `python`, and before `serve`."""
        return ("-m", "tests.support.clocked", str(self._file))

    def now(self) -> datetime:
        """What the product takes for now."""
        return datetime.now(UTC) + _ahead(self._file)

    def set(self, at: datetime) -> None:
        """It is this moment now, and time goes on from there."""
        self._write(at - datetime.now(UTC))

    def forward(self, by: timedelta) -> None:
        """So much later."""
        self._write(_ahead(self._file) + by)

    def _write(self, ahead: timedelta) -> None:
        draft = self._file.with_suffix(".draft")
        draft.write_text(repr(ahead.total_seconds()))
        draft.rename(self._file)


def _ahead(file: Path) -> timedelta:
    return timedelta(seconds=float(file.read_text()))


def _install(file: Path) -> None:
    """From now on `utc_now()` is ahead by what the file says."""
    from classroom import clock

    class Moved:
        _stamp = 0
        _ahead = timedelta()

        @classmethod
        def now(cls, zone: tzinfo) -> datetime:
            stamp = os.stat(file).st_mtime_ns
            if stamp != cls._stamp:
                cls._stamp, cls._ahead = stamp, _ahead(file)
            return datetime.now(zone) + cls._ahead

    clock.datetime = Moved  # type: ignore[assignment,misc]


if __name__ == "__main__":
    _install(Path(sys.argv[1]))
    sys.argv = ["classroom", *sys.argv[2:]]
    runpy.run_module("classroom", run_name="__main__", alter_sys=False)

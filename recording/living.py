"""Living: what a live child does with each order and each step, besides the tracks themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from recording.manifest import key_name, read_track
from recording.stepping import Stepping


class Living:
    """Of one recording."""

    def __init__(
        self,
        folder: Path,
        recording_id: str,
        keys: dict[str, bytes],
        say: Callable[[dict[str, Any]], None],
        alive: Callable[[], None],
    ) -> None:
        self._keys = keys
        self._say, self._alive = say, alive
        self._stepping = Stepping(folder, recording_id)

    def obey(self, order: dict[str, Any]) -> None:
        """One of `child`'s orders. Damaged, OSError."""
        match order["order"]:
            case "track":
                self._stepping.add(read_track(order["track"]), self._keys)
            case "closed":
                self._stepping.stop(order["track"], order.get("at_ms"))
            case "keys":
                self._keys.update((name, bytes.fromhex(key)) for name, key in order["keys"].items())
            case "leave_out":
                names = [key_name(order["pid"], kind) for kind in order["kinds"]]
                for name in names:
                    self._keys.pop(name, None)
                self._stepping.drop(names)
            case _:  # pauses: nothing arrives meanwhile
                pass

    def step(self, now_ms: float) -> None:
        """Everything that is certain by now. OSError, Damaged."""
        self._stepping.step(now_ms, self._alive)
        self._say(self._told(now_ms))

    def finish(self, duration_ms: int) -> dict[str, Any]:
        """The last step: what there is, to the end."""
        self._stepping.finish(duration_ms, self._alive)
        return self._told(duration_ms)

    def close(self) -> None:
        """Nothing is read or written any more."""
        self._stepping.close()

    def _told(self, duration_ms: float) -> dict[str, Any]:
        stepping = self._stepping
        return {
            "step": stepping.rev,
            "tracks": stepping.told(),
            "duration_ms": round(duration_ms),
        }

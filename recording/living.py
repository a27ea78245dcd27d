"""Living: what a live child does with each order and each step: the tracks, then what is made of
them together."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from recording.index import MIX, file_name
from recording.manifest import DERIVED_KEY, HEARD, key_name, read_track
from recording.mixing import Mixer, Voice, mixable
from recording.stepping import Stepping

SEALED_S: Final = 5.0
"""A worker whose server is gone seals its journals; it ends within half a second."""
HALF: Final = 50
"""Percent."""
_SOUNDS: Final = ("microphone", "screen_audio")


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
        self._folder, self._recording_id = folder, recording_id
        self._keys = keys
        self._say, self._alive = say, alive
        self._stepping = Stepping(folder, recording_id)
        self._mixer: Mixer | None = None
        self._has_left_out = False
        self._duration_ms = 0

    def obey(self, order: dict[str, Any]) -> None:
        """One of `child`'s orders. Damaged, OSError."""
        match order["order"]:
            case "track":
                self._stepping.add(read_track(order["track"]), self._keys)
            case "closed":
                self._stepping.stop(order["track"], order.get("at_ms"))
                if self._stepping.has_cut and self._mixer is not None:
                    self._mixer.forget()
                self._stepping.has_cut = False
            case "keys":
                self._keys.update((name, bytes.fromhex(key)) for name, key in order["keys"].items())
                self._stepping.unlock(self._keys)
            case "leave_out":
                self._leave_out([key_name(order["pid"], kind) for kind in order["kinds"]])
            case "left_out":
                self._left_out(order["tracks"], order["is_heard"])
            case _:  # pauses: nothing arrives meanwhile
                pass

    def step(self, now_ms: float) -> None:
        """Everything that is certain by now. OSError, Damaged."""
        self._stepping.step(now_ms, self._alive)
        voices = self._voices()
        mixer = self._mixing(voices)
        if mixer is not None and (voices or mixer.index.is_begun):
            mixer.mix(voices, int(self._stepping.certain_ms(_SOUNDS)), self._alive)
        self._say(self._told(now_ms))

    def finish(self, duration_ms: int) -> dict[str, Any]:
        """The last step: what there is, to the end. 0 is when the last track ends."""
        self._duration_ms = duration_ms
        until = time.monotonic() + SEALED_S
        while self._stepping.is_being_written() and time.monotonic() < until:
            time.sleep(0.05)
        self._stepping.finish(duration_ms, lambda: self._progress(self._stepping.reached_ms, 0))
        ends = [
            index.end_ms for track in self._stepping.tracks.values() for _, index in track.files
        ]
        duration_ms = self._duration_ms = duration_ms or max(ends, default=0)
        voices = self._voices()
        mixer = self._mixing(voices)
        if mixer is not None and voices:
            mixer.finish(voices, duration_ms, lambda: self._progress(mixer.reached_ms, HALF))
        return {**self._told(duration_ms), "has_left_out": self._has_left_out}

    def close(self) -> None:
        """Nothing is read or written any more."""
        self._stepping.close()
        if self._mixer is not None:
            self._mixer.close()

    def _progress(self, reached_ms: float, before: int) -> None:
        """Tracks are one half of it, the sound of all the other."""
        share = reached_ms / max(self._duration_ms, reached_ms, 1)
        self._say({"progress": before + int(HALF * share)})

    def _leave_out(self, names: list[str]) -> None:
        for name in names:
            self._keys.pop(name, None)
        self._stepping.drop(names)
        self._unmix(any(name.endswith(HEARD) for name in names))

    def _left_out(self, tracks: list[str], is_heard: bool) -> None:
        """A child before this one was told to, and may have died before it did."""
        for track in tracks:
            for pattern in (f"{track}.*", f"{track}-*.*"):
                for path in (self._folder / "tracks").glob(pattern):
                    path.unlink(missing_ok=True)
        self._unmix(is_heard)

    def _unmix(self, is_heard: bool) -> None:
        """What is mixed so far has somebody in it who is gone."""
        if not is_heard:
            return
        self._has_left_out = True
        if self._mixer is not None:
            self._mixer.forget()
        for ending in ("body", "index"):  # of a child before this one
            (self._folder / file_name(MIX, ending)).unlink(missing_ok=True)

    def _voices(self) -> list[Voice]:
        return [
            Voice(name, index, self._keys[track.track.key])
            for track in self._stepping.tracks.values()
            if mixable(track.track.source)
            for name, index in track.files
        ]

    def _mixing(self, voices: list[Voice]) -> Mixer | None:
        """Made when it is known who is in it. None once somebody was taken out: then all is mixed
        anew at the end, under another key."""
        if self._has_left_out:
            return None
        if self._mixer is None and DERIVED_KEY in self._keys:
            # A child that was killed may have mixed somebody who is gone since.
            self._mixer = Mixer(self._folder, self._recording_id, self._keys[DERIVED_KEY], voices)
            self._has_left_out = self._mixer.had_others
        return None if self._has_left_out else self._mixer

    def _told(self, duration_ms: float) -> dict[str, Any]:
        stepping = self._stepping
        return {
            "step": stepping.rev,
            "tracks": stepping.told(),
            "duration_ms": round(duration_ms),
        }

/** How long the groups are still open. */
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import type { Desk } from "../desk";
import { useRoomClock } from "../floor/clock";
import { clockOf } from "../layout";

/** In whole seconds; null without an end. */
export function useSecondsLeft(desk: Desk): number | null {
  const { ends_ms } = desk.room.value.groups;
  const now = useRoomClock(desk, ends_ms !== null);
  return ends_ms === null ? null : Math.max(0, Math.ceil((ends_ms - now) / 1000));
}

export function TimeLeft({ desk }: { desk: Desk }) {
  const left = useSecondsLeft(desk);
  if (left === null) return null;
  const closing = desk.room.value.groups.phase === "closing";
  return (
    <span
      class={closing ? "pill pill-signal" : "pill pill-accent"}
      role="timer"
      aria-label={t("groups-time-left")}
    >
      <Icon name="timer" />
      <span class="num">{clockOf(left)}</span>
    </span>
  );
}

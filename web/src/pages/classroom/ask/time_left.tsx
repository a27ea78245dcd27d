/** How long a question still takes answers. */
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import type { Poll } from "../../../wire/messages";
import type { Desk } from "../desk";
import { clockOf } from "../layout";
import { useSecondsLeft } from "./room_clock";

export function TimeLeft({ desk, poll }: { desk: Desk; poll: Poll }) {
  const ends = poll.is_open ? poll.ends_ms : null;
  const seconds = useSecondsLeft(desk, ends);
  if (ends === null) return null;
  return (
    <span class="pill pill-accent" role="timer" aria-label={t("ask-time-left")}>
      <Icon name="timer" />
      <span class="num">{clockOf(seconds)}</span>
    </span>
  );
}

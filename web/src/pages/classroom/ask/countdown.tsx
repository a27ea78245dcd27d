/** The countdown that everybody sees; it is said aloud at ten seconds and at its end only. */
import { useEffect } from "preact/hooks";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import { announce } from "../../../ui/live";
import type { Desk } from "../desk";
import { clockOf } from "../layout";
import { useSecondsLeft } from "./room_clock";

const SHORT_S = 10;

export function CountdownPill({ desk }: { desk: Desk }) {
  const { countdown } = desk.room.value.aids;
  const seconds = useSecondsLeft(desk, countdown?.ends_ms ?? null);
  const short = countdown !== null && seconds <= SHORT_S;
  useEffect(() => {
    if (short && seconds === SHORT_S) announce(t("ask-say-ten"));
  }, [short, seconds]);
  if (!countdown) return null;
  return (
    <span
      class={short ? "pill pill-signal countdown" : "pill pill-accent countdown"}
      role="timer"
      aria-label={t("ask-countdown")}
      data-tip={t("ask-countdown")}
    >
      <Icon name="timer" />
      <span class="num">{clockOf(seconds)}</span>
    </span>
  );
}

/** A timer, a fair pick and stars, for who teaches. */
import { starsOf } from "../../../room/aids";
import { inSeatOrder } from "../../../room/state";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import { Menu } from "../../../ui/menu";
import type { Desk } from "../desk";
import { clockOf } from "../layout";
import { giveStar, pickStudent, startTimer } from "./acts";
import { useTimer } from "./room_clock";
import { TimerMenu } from "./timer";

const MINUTE_S = 60;
const TIMES_S: readonly number[] = [30, 60, 120, 300, 600];

export function Aids({ desk }: { desk: Desk }) {
  return (
    <>
      <TimerButton desk={desk} />
      <PickMenu desk={desk} />
      <StarMenu desk={desk} />
    </>
  );
}

function TimerButton({ desk }: { desk: Desk }) {
  const { timer } = desk.room.value.aids;
  const seconds = useTimer(desk);
  if (timer) {
    return (
      <TimerMenu desk={desk} timer={timer} class="btn">
        <Icon name={timer.paused_ms === null ? "timer" : "pause"} />
        <span class="num">{clockOf(seconds)}</span>
      </TimerMenu>
    );
  }
  const times = TIMES_S.map((time) => ({
    label: timeText(time),
    run: () => void startTimer(desk, time),
  }));
  const items = [
    { label: t("ask-stopwatch"), icon: "timer" as const, run: () => void startTimer(desk, null) },
    { heading: t("ask-countdown") },
    ...times,
  ];
  return (
    <Menu label={t("ask-timer")} items={items} class="btn">
      <Icon name="timer" />
      <span>{t("ask-timer")}</span>
    </Menu>
  );
}

/** By chance, of those who are here. */
function PickMenu({ desk }: { desk: Desk }) {
  const hands = desk.room.value.hands.length;
  const items = [
    { label: t("ask-pick-not-picked"), run: () => void pickStudent(desk, "not_picked") },
    { label: t("ask-pick-everyone"), run: () => void pickStudent(desk, "everyone") },
    {
      label: t("ask-pick-hands"),
      badge: hands,
      disabled: hands === 0,
      run: () => void pickStudent(desk, "hands"),
    },
  ];
  return (
    <Menu label={t("ask-pick")} items={items} class="btn">
      <Icon name="dice" />
      <span>{t("ask-pick")}</span>
    </Menu>
  );
}

function StarMenu({ desk }: { desk: Desk }) {
  const students = inSeatOrder(desk.room.value.participants).filter(
    (one) => one.role === "student",
  );
  const items = students.map((one) => ({
    label: one.name,
    badge: starsOf(desk.room.value.aids, one.id),
    run: () => void giveStar(desk, one.id, 1),
  }));
  if (items.length === 0) return null;
  return (
    <Menu label={t("ask-star")} items={items} class="btn">
      <Icon name="star" />
      <span>{t("ask-star")}</span>
    </Menu>
  );
}

export function timeText(seconds: number): string {
  return seconds < MINUTE_S
    ? t("ask-seconds", { count: seconds })
    : t("ask-minutes", { count: seconds / MINUTE_S });
}

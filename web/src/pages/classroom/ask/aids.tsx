/** Countdown, a fair pick and stars, for who teaches. */
import { starsOf } from "../../../room/aids";
import { inSeatOrder } from "../../../room/state";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Menu } from "../../../ui/menu";
import type { Desk } from "../desk";
import { clockOf } from "../layout";
import { extendCountdown, giveStar, pickStudent, startCountdown, stopCountdown } from "./acts";
import { useSecondsLeft } from "./room_clock";

const MINUTE_S = 60;
const TIMES_S: readonly number[] = [30, 60, 120, 300, 600];

export function Aids({ desk }: { desk: Desk }) {
  return (
    <>
      <Countdown desk={desk} />
      <Button icon="dice" onClick={() => void pickStudent(desk)}>
        {t("ask-pick")}
      </Button>
      <StarMenu desk={desk} />
    </>
  );
}

function Countdown({ desk }: { desk: Desk }) {
  const { countdown } = desk.room.value.aids;
  const seconds = useSecondsLeft(desk, countdown?.ends_ms ?? null);
  const items = countdown
    ? [
        { label: t("ask-minute-more"), run: () => void extendCountdown(desk, MINUTE_S) },
        { label: t("ask-countdown-stop"), run: () => void stopCountdown(desk) },
      ]
    : TIMES_S.map((time) => ({
        label: timeText(time),
        run: () => void startCountdown(desk, time),
      }));
  return (
    <Menu label={t("ask-countdown")} items={items} class="btn">
      <Icon name="timer" />
      <span class="num">{countdown ? clockOf(seconds) : t("ask-countdown")}</span>
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

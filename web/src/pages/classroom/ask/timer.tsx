/** The countdown or stopwatch that everybody sees; who teaches leads it from here, too. */
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import { announce } from "../../../ui/live";
import { Menu, type MenuItem } from "../../../ui/menu";
import type { Timer } from "../../../wire/messages";
import type { Desk } from "../desk";
import { clockOf } from "../layout";
import { extendCountdown, pauseTimer, startTimer, stopTimer } from "./acts";
import { useTimer } from "./room_clock";

const SHORT_S = 10;
const MINUTE_S = 60;

/** It is said aloud at ten seconds and at its end only. */
export function TimerPill({ desk }: { desk: Desk }) {
  const { timer } = desk.room.value.aids;
  const seconds = useTimer(desk);
  const short = timer !== null && timer.ends_ms !== null && seconds <= SHORT_S;
  const calls = short && seconds === SHORT_S && timer.paused_ms === null;
  useEffect(() => {
    if (calls) announce(t("ask-say-ten"));
  }, [calls]);
  if (!timer) return null;
  const look = short ? "pill pill-signal timer" : "pill pill-accent timer";
  const words = nameOf(timer);
  const face = (
    <>
      <Icon name={timer.paused_ms === null ? "timer" : "pause"} />
      <span class="num">{clockOf(seconds)}</span>
    </>
  );
  if (!desk.room.value.rights.may_ask) {
    return (
      <span class={look} role="timer" aria-label={words} data-tip={words}>
        {face}
      </span>
    );
  }
  return (
    <TimerMenu desk={desk} timer={timer} class="timer-lead">
      <span class={look} data-tip={words}>
        <span class="vh">{words}</span>
        {face}
      </span>
    </TimerMenu>
  );
}

function nameOf(timer: Timer): string {
  const name = t(timer.ends_ms === null ? "ask-stopwatch" : "ask-countdown");
  return timer.paused_ms === null ? name : t("ask-timer-paused", { name });
}

interface MenuProps {
  desk: Desk;
  timer: Timer;
  class: string;
  children: ComponentChildren;
}

/** What can be done with the timer that runs. */
export function TimerMenu({ desk, timer, class: look, children }: MenuProps) {
  const paused = timer.paused_ms !== null;
  const items: MenuItem[] = [
    {
      label: t(paused ? "ask-timer-go-on" : "ask-timer-pause"),
      icon: paused ? "play" : "pause",
      run: () => void pauseTimer(desk, !paused),
    },
    { label: t("ask-timer-stop"), icon: "stop", run: () => void stopTimer(desk) },
  ];
  if (timer.ends_ms === null) {
    const label = t("ask-timer-again");
    items.splice(1, 0, { label, icon: "again", run: () => void startTimer(desk, null) });
  } else {
    const label = t("ask-minute-more");
    items.splice(1, 0, { label, icon: "plus", run: () => void extendCountdown(desk, MINUTE_S) });
  }
  return (
    <Menu label={nameOf(timer)} items={items} class={look}>
      {children}
    </Menu>
  );
}

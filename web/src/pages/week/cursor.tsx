/** The place of the keys in the week: arrows go by time and day, Enter opens, M moves. */
import { useEffect, useRef, useState } from "preact/hooks";
import { mayDrag } from "../../booking/drag";
import { instantAt, yOfInstant } from "../../booking/grid";
import { dayIn, timeIn } from "../../text/dates";
import { t } from "../../text/text";
import { announce } from "../../ui/live";
import type { Ground, Hand } from "./hand";
import type { Shown } from "./shown";
import { labelOf, nameOf, verdictText } from "./words";

export interface Spot {
  column: number;
  y: number;
}

interface Props {
  ground: Ground;
  hand: Hand;
  /** Where it begins, in the middle of what is open. */
  from: number;
  onOpen(one: Shown): void;
}

/** The next place of a column that the day has, going up or down. */
export function stepFrom(ground: Ground, spot: Spot, key: string): Spot {
  const { axis, days, stepMin } = ground;
  const side = key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : 0;
  if (side) {
    const column = Math.min(Math.max(spot.column + side, 0), days.length - 1);
    return hasPlace(ground, column, spot.y) ? { column, y: spot.y } : spot;
  }
  const by = (key === "PageUp" || key === "PageDown" ? 60 : stepMin) * (isUp(key) ? -1 : 1);
  for (let y = spot.y + by; y >= 0 && y < axis.height; y += by)
    if (hasPlace(ground, spot.column, y)) return { ...spot, y };
  return spot;
}

const isUp = (key: string) => key === "ArrowUp" || key === "PageUp";

function hasPlace({ axis, days, stepMin }: Ground, column: number, y: number): boolean {
  const on = days[column];
  return on !== undefined && instantAt(axis, on, y, stepMin) !== null;
}

const STEPS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown"];

export function Cursor({ ground, hand, from, onOpen }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [spot, setSpot] = useState<Spot>({ column: 0, y: from });
  const [isHere, setIsHere] = useState(false);
  const on = ground.days[Math.min(spot.column, ground.days.length - 1)];
  const at = on ? (instantAt(ground.axis, on, spot.y, ground.stepMin) ?? 0) : 0;
  const one = ground.week.standing.find((other) => other.from <= at && at < other.to) ?? null;
  const held = hand.ghost.value?.one ?? null;
  useEffect(() => {
    if (isHere) button.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [spot, isHere]);
  if (!on) return null;
  const words = (place: number) => {
    const when = `${dayIn(on.zone, place)}, ${timeIn(on.zone, place)}`;
    return one ? labelOf(on.zone, one) : t("week-cursor", { when, how: howAt(ground, place) });
  };
  const go = (key: string) => {
    const next = stepFrom(ground, spot, key);
    setSpot(next);
    const day = ground.days[next.column];
    const place = day ? instantAt(ground.axis, day, next.y, ground.stepMin) : null;
    if (place === null || !day || !held) return;
    hand.hold(held, place);
    const verdict = hand.ghost.value?.plan.verdict ?? "same";
    announce(`${dayIn(day.zone, place)}, ${timeIn(day.zone, place)}. ${verdictText(verdict)}`);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    if (STEPS.includes(key)) go(key);
    else if (key === "Enter" && held) hand.drop();
    else if (key === "Escape" && held) {
      hand.leave();
      announce(t("week-move-left"));
    } else if (key.toLowerCase() === "m" && one && ground.mayChange && mayDrag(one)) {
      setSpot({ ...spot, y: yOfInstant(ground.axis, on, one.from) });
      hand.hold(one, one.from);
      announce(t("week-move-held", { name: nameOf(one) }));
    } else return;
    event.preventDefault();
  };
  return (
    <button
      ref={button}
      type="button"
      class="week-cursor"
      style={{ "--column": spot.column, top: `${spot.y}px`, height: `${ground.stepMin}px` }}
      aria-label={words(at)}
      aria-keyshortcuts="ArrowUp ArrowDown ArrowLeft ArrowRight Enter M"
      onFocus={() => setIsHere(true)}
      onBlur={() => setIsHere(false)}
      onKeyDown={onKey}
      onClick={() => (one ? onOpen(one) : hand.doings.onFree(at))}
    />
  );
}

function howAt({ week }: Ground, at: number): string {
  const inside = (one: { from: number; to: number }) => one.from <= at && at < one.to;
  if (week.free.some((one) => one.at === at)) return t("week-how-free");
  if (week.busy.some(inside)) return t("week-how-busy");
  return week.open.some(inside) ? t("week-how-open") : t("week-how-closed");
}

/** A week's answer as the page uses it: instants instead of text. */
import type { Standing, WeekTimes } from "../../booking/drag";
import type { Span } from "../../booking/zone";
import type { Comer, Week, WeekEntry } from "../../wire/week";

/** An appointment as it is drawn. */
export interface Shown extends Standing {
  people: Comer[];
  told: WeekEntry;
}

export interface ShownWeek extends WeekTimes {
  standing: readonly Shown[];
  free: readonly { at: number; left: number }[];
}

const spanOf = (one: { at: string; to: string }): Span => ({
  from: Date.parse(one.at),
  to: Date.parse(one.to),
});

export function shownOf(told: WeekEntry): Shown {
  return {
    id: told.id,
    kind: told.kind,
    state: told.state,
    people: told.people,
    ...spanOf(told),
    busy: { from: Date.parse(told.busy_from), to: Date.parse(told.busy_to) },
    told,
  };
}

export function shownWeek(week: Week): ShownWeek {
  return {
    now: Date.parse(week.now),
    standing: week.entries.map(shownOf),
    busy: week.busy.map(spanOf),
    open: week.open.map(spanOf),
    free: week.free.map((one) => ({ at: Date.parse(one.at), left: one.left })),
  };
}

/**
 * Which pictures are asked for, and how: (what is seen, what the server was told) to what must be
 * told now. Pure; `consumers.ts` sends it.
 */
import { PINNED_PRIORITY, type Preference, preferenceFor, type Shown } from "./quality";

/** The tiles that show a picture now; empty when nobody can see it. */
export type Tiles = ReadonlyMap<object, Shown>;

/** What the server was told of a consumer; null is what we do not know. */
export interface Told {
  flowing: boolean | null;
  preference: Preference | null;
}

export interface Viewed {
  kind: "audio" | "video";
  /** A screen always comes whole; asking is idle. */
  layered: boolean;
  tiles: Tiles;
  /** Until this time a picture that flows goes on though no tile shows it: it may only be moving. */
  graceUntil: number;
  told: Told;
}

export interface ViewingPlan {
  resume: string[];
  pause: string[];
  preferences: { id: string; preference: Preference }[];
  /** When to plan again although nothing changed; null when there is no such time. */
  again: number | null;
}

export function planViewing(views: ReadonlyMap<string, Viewed>, now: number): ViewingPlan {
  const plan: ViewingPlan = { resume: [], pause: [], preferences: [], again: null };
  for (const [id, view] of views) {
    const seen = view.kind === "audio" || view.tiles.size > 0;
    const moving = !seen && view.told.flowing !== false && now < view.graceUntil;
    if (moving) plan.again = Math.min(plan.again ?? Infinity, view.graceUntil);
    if (seen && view.told.flowing !== true) plan.resume.push(id);
    if (!seen && !moving && view.told.flowing !== false) plan.pause.push(id);
    const preference = seen && view.layered ? wanted(view) : null;
    if (preference && !same(preference, view.told.preference)) {
      plan.preferences.push({ id, preference });
    }
  }
  return plan;
}

/** Whether a person would notice the delay: a picture that appears, grows sharper, is pinned. */
export function isUrgent(view: Viewed, now: number): boolean {
  const plan = planViewing(new Map([["", view]]), now);
  if (plan.resume.length > 0) return true;
  const next = plan.preferences[0]?.preference;
  if (!next) return false;
  const told = view.told.preference;
  const isPinned = (one: Preference) => one.priority >= PINNED_PRIORITY;
  return !told || next.spatial > told.spatial || isPinned(next) !== isPinned(told);
}

function wanted(view: Viewed): Preference | null {
  const shown = [...view.tiles.values()];
  const largest = shown.reduce<Shown | null>(
    (best, one) => (one.height > (best?.height ?? 0) ? one : best),
    null,
  );
  if (!largest) return null;
  const pinned = shown.some((one) => one.pinned);
  return preferenceFor({ ...largest, pinned }, view.told.preference);
}

function same(one: Preference, other: Preference | null): boolean {
  return (
    one.spatial === other?.spatial &&
    one.temporal === other.temporal &&
    one.priority === other.priority
  );
}

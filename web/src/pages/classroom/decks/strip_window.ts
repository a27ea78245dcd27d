/** Which slides of the strip are drawn, where it is scrolled to, and where keys lead in it. Pure. */

/** From one slide to the next, px; the style sheet has the same. */
export const PITCH = 124;
/** Drawn beyond each side of what is in sight. */
const BESIDE = 3;

/** What is in sight, px. */
export interface Sight {
  left: number;
  width: number;
}

/** Which are near, in order; those of `kept` that there are must not go. */
export function drawnIn(count: number, { left, width }: Sight, kept: readonly number[]): number[] {
  const first = Math.max(0, Math.floor(left / PITCH) - BESIDE);
  const last = Math.min(count - 1, Math.ceil((left + width) / PITCH) + BESIDE);
  const near = new Set(kept.filter((at) => at >= 0 && at < count));
  for (let at = first; at <= last; at += 1) near.add(at);
  return [...near].sort((a, b) => a - b);
}

/** Where to scroll so that a slide is seen with a neighbour on each side. */
export function leftFor(at: number, { left, width }: Sight): number {
  const from = (at - 1) * PITCH;
  const to = (at + 2) * PITCH;
  if (from < left) return Math.max(0, from);
  return to > left + width ? to - width : left;
}

/** The slide a key leads to, within the strip; null for a key that means nothing here. */
export function movedTo(key: string, at: number, count: number): number | null {
  const moves: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    Home: 0,
    End: count - 1,
  };
  const to = moves[key];
  return to === undefined ? null : Math.min(count - 1, Math.max(0, to));
}

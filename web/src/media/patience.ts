/** How long a path that seems lost is left alone. Pure. */
import type { Advice } from "./advice";

export interface Patience {
  /** A path may be lost for a moment by itself (a roaming phone); this long we only watch. */
  watchMs: number;
  /** New credentials have helped within this time, or everything is set up anew. */
  healMs: number;
}

const USUAL: Patience = { watchMs: 400, healMs: 3_000 };
/**
 * Where half of the packets are lost, a path seems lost for up to two seconds each half a minute and
 * comes back by itself (measured); what would heal it needs many tries there.
 */
const LOSSY: Patience = { watchMs: 6_000, healMs: 10_000 };
const HEAVY = 2;

export function patienceFor({ down, up }: Pick<Advice, "down" | "up">): Patience {
  return Math.max(down, up) >= HEAVY ? LOSSY : USUAL;
}

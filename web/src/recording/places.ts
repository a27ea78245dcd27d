/** Places that have to be painted anew, brought down to a few that do not lie on each other. */
import { meets, union } from "../board/kernel/rect";
import type { Rect } from "../board/model";

const MOST = 8;
const MANY = 64;

export function merged(places: readonly Rect[]): Rect[] {
  // With very many, where each lies does not matter any more: rows are joined first.
  let left = places.length > MANY ? joinedRows(places) : [...places];
  left = joined(left, (a, b) => meets(a, b));
  while (left.length > MOST) {
    const [a, b] = cheapest(left);
    const rest = left.filter((_, at) => at !== a && at !== b);
    left = joined([...rest, union([left[a] as Rect, left[b] as Rect])], (x, y) => meets(x, y));
  }
  return left;
}

/** Neighbours from top to bottom in one, so that at most `MANY` are left. */
function joinedRows(places: readonly Rect[]): Rect[] {
  const sorted = [...places].sort((a, b) => a.y - b.y);
  const size = Math.ceil(sorted.length / MANY);
  const rows: Rect[] = [];
  for (let at = 0; at < sorted.length; at += size) rows.push(union(sorted.slice(at, at + size)));
  return rows;
}

function joined(places: readonly Rect[], belong: (a: Rect, b: Rect) => boolean): Rect[] {
  const done: Rect[] = [];
  const left = [...places];
  for (let place = left.pop(); place; place = left.pop()) {
    const taken = place;
    const with_ = done.findIndex((other) => belong(other, taken));
    if (with_ < 0) done.push(taken);
    else left.push(union([taken, ...done.splice(with_, 1)]));
  }
  return done;
}

/** The two that grow least when they become one. */
function cheapest(places: readonly Rect[]): [number, number] {
  let best: [number, number] = [0, 1];
  let least = Number.POSITIVE_INFINITY;
  for (let a = 0; a < places.length; a += 1) {
    for (let b = a + 1; b < places.length; b += 1) {
      const [one, other] = [places[a] as Rect, places[b] as Rect];
      const growth = area(union([one, other])) - area(one) - area(other);
      if (growth < least) {
        least = growth;
        best = [a, b];
      }
    }
  }
  return best;
}

function area({ w, h }: Rect): number {
  return w * h;
}

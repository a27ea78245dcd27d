/**
 * The order in which items lie on each other: keys between two others, and never a key that the
 * server would refuse, whatever somebody else has written.
 */
import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";

const LONGEST = 128;
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LAST = "z";

interface Placed {
  z: string;
  id: string;
}

/** Lowest first; what has the same key is ordered by id, alike for everybody. */
export function compareOrder(a: Placed, b: Placed): number {
  if (a.z !== b.z) return a.z < b.z ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** A key between the two; null is the end of the order. With no room left it is the lower one. */
export function keyBetween(low: string | null, high: string | null): string {
  try {
    const key = generateKeyBetween(low, high);
    if (key.length <= LONGEST) return key;
  } catch {
    // A key that somebody made in another way; any text that sorts right will do.
  }
  return plainKeyBetween(low, high);
}

/** `count` keys between the two, in order. */
export function keysBetween(low: string | null, high: string | null, count: number): string[] {
  try {
    const keys = generateNKeysBetween(low, high, count);
    if (keys.every((key) => key.length <= LONGEST)) return keys;
  } catch {
    // As above.
  }
  const keys: string[] = [];
  for (let n = 0; n < count; n += 1) keys.push(keyBetween(keys.at(-1) ?? low, high));
  return keys;
}

/** A text that sorts between the two, of digits; the lower one where there is none. */
function plainKeyBetween(low: string | null, high: string | null): string {
  if (high === null) return plainAbove(low ?? "");
  const longer = `${low ?? ""}V`;
  if (longer.length <= LONGEST && longer < high) return longer;
  const close = `${low ?? ""}0`;
  if (close.length <= LONGEST && close < high) return close;
  return low ?? high;
}

function plainAbove(low: string): string {
  if (low.length < LONGEST) return `${low}V`;
  for (let at = low.length - 1; at >= 0; at -= 1) {
    const digit = low[at] ?? LAST;
    if (digit !== LAST) return low.slice(0, at) + (DIGITS[DIGITS.indexOf(digit) + 1] ?? LAST);
  }
  return low;
}

import { expect, it } from "vitest";
import { hold, holdsUntil, NOTHING, type Steady } from "./steady";

/** What is shown while the truth changes at the given times; it looks again whenever it wants to. */
function shownAt(truth: [at: number, value: string | null][], looks: number[]): (string | null)[] {
  let state: Steady<string> = NOTHING;
  const seen = new Map<number, string | null>();
  const moments = new Set([...truth.map(([at]) => at), ...looks]);
  for (let now = 0; now <= Math.max(...moments); now += 100) {
    const next = truth.findLast(([at]) => at <= now)?.[1] ?? null;
    const due = holdsUntil(state, next);
    if (moments.has(now) || (due !== null && now >= due)) state = hold(state, next, now);
    seen.set(now, state.shown);
  }
  return looks.map((at) => seen.get(at) ?? null);
}

it("comes when its cause has lasted and goes two seconds after it", () => {
  const truth: [number, string | null][] = [
    [1_000, "weak"],
    [9_000, null],
  ];
  expect(shownAt(truth, [2_400, 2_500, 9_000, 10_900, 11_000])).toEqual([
    null,
    "weak",
    "weak",
    "weak",
    null,
  ]);
});

it("says nothing of what is over at once", () => {
  const truth: [number, string | null][] = [
    [0, "weak"],
    [1_400, null],
    [2_000, "weak"],
    [3_000, null],
  ];
  expect(shownAt(truth, [1_500, 3_400, 5_000])).toEqual([null, null, null]);
});

it("stays at least three seconds", () => {
  const truth: [number, string | null][] = [
    [0, "weak"],
    [1_600, null],
  ];
  expect(shownAt(truth, [1_500, 3_700, 4_400, 4_500])).toEqual(["weak", "weak", "weak", null]);
});

it("does not flicker when the cause comes and goes", () => {
  const truth = Array.from({ length: 40 }, (_, at): [number, string | null] => [
    1_600 + at * 1_000,
    at % 2 === 0 ? null : "weak",
  ]);
  const looks = Array.from({ length: 60 }, (_, at) => 1_500 + at * 500);
  expect(new Set(shownAt([[0, "weak"], ...truth], looks))).toEqual(new Set(["weak"]));
});

it("changes its words only after they could be read", () => {
  const truth: [number, string | null][] = [
    [0, "frames"],
    [2_000, "off"],
  ];
  expect(shownAt(truth, [2_000, 4_400, 4_500])).toEqual(["frames", "frames", "off"]);
});

it("says when it wants to be looked at again", () => {
  const pending = hold<string>(NOTHING, "weak", 0);
  expect(holdsUntil(pending, "weak")).toBe(1_500);
  const weak = hold(pending, "weak", 1_500);
  expect(holdsUntil(weak, "weak")).toBeNull();
  expect(holdsUntil(hold(weak, "off", 1_600), "off")).toBe(4_500);
  expect(holdsUntil(hold(weak, null, 4_000), null)).toBe(6_000);
  expect(holdsUntil(NOTHING, null)).toBeNull();
});

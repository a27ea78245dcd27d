import { expect, it } from "vitest";
import { hold, holdsUntil, NOTHING, type Steady } from "./steady";

/** What is shown while the truth changes at the given times. */
function shownAt(truth: [at: number, value: string | null][], looks: number[]): (string | null)[] {
  let state: Steady<string> = NOTHING;
  const moments = [...truth.map(([at]) => at), ...looks].sort((a, b) => a - b);
  const seen = new Map<number, string | null>();
  for (const now of moments) {
    const next = truth.findLast(([at]) => at <= now)?.[1] ?? null;
    state = hold(state, next, now);
    seen.set(now, state.shown);
  }
  return looks.map((at) => seen.get(at) ?? null);
}

it("comes at once and goes two seconds after its cause", () => {
  const truth: [number, string | null][] = [
    [1_000, "weak"],
    [9_000, null],
  ];
  expect(shownAt(truth, [1_000, 9_000, 10_900, 11_000])).toEqual(["weak", "weak", "weak", null]);
});

it("stays at least three seconds", () => {
  const truth: [number, string | null][] = [
    [0, "weak"],
    [100, null],
  ];
  expect(shownAt(truth, [2_200, 2_999, 3_000])).toEqual(["weak", "weak", null]);
});

it("does not flicker when the cause comes and goes", () => {
  const truth = Array.from({ length: 20 }, (_, at): [number, string | null] => [
    at * 1_000,
    at % 2 === 0 ? "weak" : null,
  ]);
  const looks = Array.from({ length: 40 }, (_, at) => at * 500);
  expect(new Set(shownAt(truth, looks))).toEqual(new Set(["weak"]));
});

it("changes its words only after they could be read", () => {
  const truth: [number, string | null][] = [
    [0, "frames"],
    [500, "off"],
  ];
  expect(shownAt(truth, [500, 2_999, 3_000])).toEqual(["frames", "frames", "off"]);
});

it("says when it wants to be looked at again", () => {
  const weak = hold<string>(NOTHING, "weak", 0);
  expect(holdsUntil(weak, "weak")).toBeNull();
  expect(holdsUntil(hold(weak, "off", 10), "off")).toBe(3_000);
  expect(holdsUntil(hold(weak, null, 2_500), null)).toBe(4_500);
  expect(holdsUntil(NOTHING, null)).toBeNull();
});

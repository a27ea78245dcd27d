import { expect, it } from "vitest";
import { FocusGuard } from "./focus_guard";

it("gives the focus to who was pressed, and to no frame that only asks for it", () => {
  const guard = new FocusGuard();
  expect(guard.isAsked(1_000, false)).toBe(false);
  expect(guard.isAsked(1_000, true)).toBe(true);
});

it("does not take the keys of a message for a press on the frame", () => {
  const guard = new FocusGuard();
  guard.wrote(10_000);
  expect(guard.isAsked(10_001, true)).toBe(false);
  expect(guard.isAsked(15_000, true)).toBe(false);
  expect(guard.isAsked(17_000, false)).toBe(false);
  expect(guard.isAsked(17_000, true)).toBe(true);
});

it("knows a press soon after writing by the pointer that came to the frame", () => {
  const guard = new FocusGuard();
  guard.wrote(10_000);
  guard.entered(10_500);
  expect(guard.isAsked(10_600, true)).toBe(true);
  expect(guard.isAsked(20_000, false)).toBe(false);
  guard.wrote(10_700);
  expect(guard.isAsked(10_800, true)).toBe(false);
  guard.entered(10_900);
  guard.left();
  expect(guard.isAsked(11_000, true)).toBe(false);
});

it("lets Tab lead into the frame", () => {
  const guard = new FocusGuard();
  guard.wrote(10_000);
  guard.tabbed(10_100);
  expect(guard.isAsked(10_150, false)).toBe(true);
  expect(guard.isAsked(10_400, false)).toBe(false);
});

it("goes by the pointer alone where browsers do not say what was pressed", () => {
  const guard = new FocusGuard();
  expect(guard.isAsked(1_000, null)).toBe(false);
  guard.entered(1_000);
  expect(guard.isAsked(1_100, null)).toBe(true);
});

it("bears a focus that is taken now and then, and none that is taken without end", () => {
  const guard = new FocusGuard();
  const seldom = [...Array(20)].map((_, at) => guard.taken(at * 1_500));
  expect(seldom).not.toContain(true);
  const often = [...Array(6)].map((_, at) => guard.taken(100_000 + at * 50));
  expect(often).toEqual([false, false, false, false, false, true]);
});

import { expect, it } from "vitest";
import { oneMore, stepsOf, typedOf } from "./refund_rule";

const row = (hours: string, percent: string, key = 0) => ({ key, hours, percent });

it("begins with what stands, or with the hours of the terms", () => {
  expect(typedOf({})).toEqual([row("24", "100")]);
  expect(typedOf({ hours: 48 })).toEqual([row("48", "100")]);
  expect(typedOf({ hours: 48, refund: [] })).toEqual([]);
  expect(typedOf({ refund: [{ hours: 12, percent: 50 }] })).toEqual([row("12", "50")]);
});

it("is read in its order, the earliest first", () => {
  expect(stepsOf([])).toEqual([]);
  expect(stepsOf([row("12", "50"), row(" 24 ", "100", 1)])).toEqual([
    { hours: 24, percent: 100 },
    { hours: 12, percent: 50 },
  ]);
});

it("refuses what is no number, stands twice, or gives more later", () => {
  expect(stepsOf([row("", "50")])).toBeNull();
  expect(stepsOf([row("1.5", "50")])).toBeNull();
  expect(stepsOf([row("1441", "50")])).toBeNull();
  expect(stepsOf([row("12", "101")])).toBeNull();
  expect(stepsOf([row("12", "50"), row("12", "50", 1)])).toBeNull();
  expect(stepsOf([row("24", "50"), row("12", "60", 1)])).toBeNull();
});

it("adds a later one that fits", () => {
  const first = oneMore([]);
  const second = oneMore([first]);
  expect([first, second]).toEqual([row("24", "100"), row("12", "50", 1)]);
  expect(stepsOf([first, second])).not.toBeNull();
});

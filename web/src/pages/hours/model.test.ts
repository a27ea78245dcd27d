import { describe, expect, it } from "vitest";
import type { Diary } from "../../wire/hours";
import {
  endOf,
  isDay,
  isSame,
  nextPair,
  type Pair,
  painted,
  pairsOf,
  pastedDays,
  withDays,
  without,
} from "./model";

const MORNING: Pair = [540, 720];

describe("painting a day", () => {
  it("opens where it was closed, either way, and joins what touches", () => {
    expect(painted([], 540, 600, 15)).toEqual([[540, 615]]);
    expect(painted([], 600, 540, 15)).toEqual([[540, 615]]);
    expect(painted([MORNING], 720, 765, 15)).toEqual([[540, 780]]);
    expect(painted([MORNING], 480, 840, 15)).toEqual([[480, 855]]);
  });

  it("closes where it began on open time", () => {
    expect(painted([MORNING], 600, 630, 15)).toEqual([
      [540, 600],
      [645, 720],
    ]);
    expect(painted([MORNING], 540, 705, 15)).toEqual([]);
    expect(without([MORNING, [800, 900]], 700, 850)).toEqual([
      [540, 700],
      [850, 900],
    ]);
  });
});

describe("typing", () => {
  it("goes over midnight when the end is not after the beginning", () => {
    expect(endOf(22 * 60, 2 * 60)).toBe(26 * 60);
    expect(endOf(9 * 60, 0)).toBe(1440);
    expect(endOf(9 * 60, 17 * 60)).toBe(17 * 60);
  });

  it("offers a line after the last one while there is room", () => {
    expect(nextPair([])).toEqual([540, 1020]);
    expect(nextPair([[540, 720]])).toEqual([780, 900]);
    expect(nextPair([[540, 1380]])).toBeNull();
  });
});

it("copies a day to others and leaves the rest", () => {
  const week = withDays([{ weekday: 5, from_min: 600, to_min: 660 }], [0, 1], [MORNING]);
  expect(pairsOf(week, 0)).toEqual([MORNING]);
  expect(pairsOf(week, 1)).toEqual([MORNING]);
  expect(pairsOf(week, 5)).toEqual([[600, 660]]);
  expect(pairsOf(withDays(week, [5], []), 5)).toEqual([]);
});

describe("pasted holidays", () => {
  it("are read one a line, and what is none is named", () => {
    const text =
      "2027-12-24 – 2027-12-26 Christmas\n\n2028-02-29\n2027-05-01, May Day\n2027-02-29\nsoon";
    expect(pastedDays(text)).toEqual({
      away: [
        { from_day: "2027-12-24", to_day: "2027-12-26", why: "Christmas" },
        { from_day: "2028-02-29", to_day: "2028-02-29", why: "" },
        { from_day: "2027-05-01", to_day: "2027-05-01", why: "May Day" },
      ],
      wrong: ["2027-02-29", "soon"],
    });
  });

  it("do not go backwards", () => {
    expect(pastedDays("2027-12-26 2027-12-24").wrong).toHaveLength(1);
    expect(isDay("2027-13-01")).toBe(false);
  });
});

it("is unchanged when only the order differs", () => {
  const diary: Diary = {
    zone: "Europe/Berlin",
    hours: [
      { weekday: 1, from_min: 540, to_min: 600 },
      { weekday: 0, from_min: 540, to_min: 600 },
    ],
    specials: [],
    away: [],
    stays: [],
    bounds: { notice_min: 0, horizon_days: 60, daily_max: 0, step_min: 15 },
  };
  expect(isSame(diary, { ...diary, hours: [...diary.hours].reverse() })).toBe(true);
  expect(isSame(diary, { ...diary, hours: [] })).toBe(false);
});

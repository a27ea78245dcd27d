import { describe, expect, it } from "vitest";
import { axisOf, boxesOf, type GridDay, holesOf, instantAt, lanesOf, marksOf, yOf } from "./grid";
import { addDays, lengthOf, spansOf } from "./zone";

const at = (iso: string) => Date.parse(iso);
const week = (zone: string, monday: string): GridDay[] =>
  Array.from({ length: 7 }, (_, n) => ({ zone, day: addDays(monday, n) }));

const spring = week("Europe/Berlin", "2027-03-22");
const autumn = week("Europe/Berlin", "2027-10-25");
const sunday = (days: GridDay[]) => days[6] as GridDay;
const monday = (days: GridDay[]) => days[0] as GridDay;

describe("a week in which the clock goes forward", () => {
  const axis = axisOf(spring);

  it("has a hole on its Sunday, and nothing can be put there", () => {
    expect(axis.height).toBe(1440);
    expect(holesOf(axis, sunday(spring))).toEqual([{ top: 120, height: 60 }]);
    expect(holesOf(axis, monday(spring))).toEqual([]);
    expect(instantAt(axis, sunday(spring), 150, 15)).toBeNull();
    expect(instantAt(axis, sunday(spring), 180, 15)).toBe(at("2027-03-28T01:00Z"));
  });

  it("draws what lasts over the hole from its beginning to its end", () => {
    const talk = [at("2027-03-28T00:30Z"), at("2027-03-28T01:30Z")] as const;
    expect(boxesOf(axis, sunday(spring), ...talk)).toEqual([{ top: 90, height: 120 }]);
  });
});

describe("a week in which it goes back", () => {
  const axis = axisOf(autumn);

  it("has two o'clock twice, and a hole there on every other day", () => {
    expect(axis.height).toBe(1500);
    expect(holesOf(axis, sunday(autumn))).toEqual([]);
    expect(holesOf(axis, monday(autumn))).toEqual([{ top: 180, height: 60 }]);
    const second = marksOf(axis).filter((one) => one.second);
    expect(second).toEqual([{ y: 180, minute: 120, second: true }]);
  });

  it("tells the first half past two from the second", () => {
    expect(instantAt(axis, sunday(autumn), 150, 15)).toBe(at("2027-10-31T00:30Z"));
    expect(instantAt(axis, sunday(autumn), 210, 15)).toBe(at("2027-10-31T01:30Z"));
    expect(instantAt(axis, sunday(autumn), 240, 15)).toBe(at("2027-10-31T02:00Z"));
    expect(instantAt(axis, monday(autumn), 210, 15)).toBeNull();
    const second = [at("2027-10-31T01:30Z"), at("2027-10-31T01:45Z")] as const;
    expect(boxesOf(axis, sunday(autumn), ...second)).toEqual([{ top: 210, height: 15 }]);
  });

  it("keeps nine o'clock one line", () => {
    expect(yOf(axis, 540)).toBe(600);
    const nine = [at("2027-10-25T07:00Z"), at("2027-10-25T08:00Z")] as const;
    expect(boxesOf(axis, monday(autumn), ...nine)).toEqual([{ top: 600, height: 60 }]);
  });
});

it("knows the half hour of Lord Howe", () => {
  const days = week("Australia/Lord_Howe", "2027-03-29");
  const axis = axisOf(days);
  expect(axis.height).toBe(1470);
  expect(holesOf(axis, monday(days))).toEqual([{ top: 120, height: 30 }]);
  expect(instantAt(axis, sunday(days), 135, 15)).toBe(at("2027-04-03T15:15Z"));
});

it("lets a host be in another zone on some of the days", () => {
  const days = week("Europe/Berlin", "2027-05-03").map((one, n) =>
    n === 2 ? { ...one, zone: "Asia/Tokyo" } : one,
  );
  const axis = axisOf(days);
  const talk = [at("2027-05-05T00:00Z"), at("2027-05-05T01:00Z")] as const;
  expect(boxesOf(axis, days[2] as GridDay, ...talk)).toEqual([{ top: 540, height: 60 }]);
});

it("leads from every quarter of an hour to its place and back", () => {
  for (const days of [spring, autumn, week("Australia/Lord_Howe", "2027-03-29")]) {
    const axis = axisOf(days);
    for (const on of days) {
      let minutes = 0;
      for (const span of spansOf(on.zone, on.day))
        for (let ms = span.from; ms < span.to; ms += 900_000) {
          const [box] = boxesOf(axis, on, ms, ms + 900_000);
          expect(instantAt(axis, on, box?.top ?? -1, 15)).toBe(ms);
          minutes += 15;
        }
      expect(minutes).toBe(lengthOf(on.zone, on.day));
    }
  }
});

describe("things beside each other", () => {
  it("share the width with those they meet, and with no others", () => {
    const spans = [
      { from: 0, to: 60 },
      { from: 30, to: 90 },
      { from: 60, to: 120 },
      { from: 120, to: 180 },
    ];
    expect(lanesOf(spans)).toEqual([
      { lane: 0, of: 2 },
      { lane: 1, of: 2 },
      { lane: 0, of: 2 },
      { lane: 0, of: 1 },
    ]);
    expect(lanesOf([])).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import {
  addDays,
  changesOf,
  instantFrom,
  instantsOf,
  isSecond,
  lengthOf,
  mondayOf,
  spansOf,
  wallAt,
  weekdayOf,
} from "./zone";

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);

describe("walls", () => {
  it.each([
    ["Europe/Berlin", "2027-03-28T00:59Z", "2027-03-28", 119],
    ["Europe/Berlin", "2027-03-28T01:00Z", "2027-03-28", 180],
    ["Asia/Kathmandu", "2027-03-28T18:20Z", "2027-03-29", 5],
    ["America/New_York", "2027-03-29T03:30Z", "2027-03-28", 1410],
    ["Pacific/Apia", "2027-12-31T12:00Z", "2028-01-01", 60],
    ["UTC", "2028-02-29T23:59Z", "2028-02-29", 1439],
  ])("in %s at %s", (zone, when, day, minute) => {
    expect(wallAt(zone, at(when))).toEqual({ day, minute });
  });

  it("counts days over leap years and weeks from Monday", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2027-03-01", -1)).toBe("2027-02-28");
    expect(weekdayOf("2027-03-28")).toBe(6);
    expect(mondayOf("2027-03-28")).toBe("2027-03-22");
    expect(mondayOf("2027-03-22")).toBe("2027-03-22");
  });
});

describe("days whose clock changes", () => {
  it.each([
    ["Europe/Berlin", "2027-03-27", 1440],
    ["Europe/Berlin", "2027-03-28", 1380],
    ["Europe/Berlin", "2027-10-31", 1500],
    ["Australia/Lord_Howe", "2027-04-04", 1470],
    ["Australia/Lord_Howe", "2027-10-03", 1410],
    ["America/New_York", "2027-11-07", 1500],
    ["Africa/Cairo", "2027-04-30", 1380],
  ])("%s has on %s %i minutes", (zone, day, minutes) => {
    expect(lengthOf(zone, day)).toBe(minutes);
  });

  it("have both half past two, or none", () => {
    expect(instantsOf("Europe/Berlin", "2027-10-31", 150).map(iso)).toEqual([
      "2027-10-31T00:30",
      "2027-10-31T01:30",
    ]);
    expect(instantsOf("Europe/Berlin", "2027-03-28", 150)).toEqual([]);
    expect(iso(instantFrom("Europe/Berlin", "2027-03-28", 150))).toBe("2027-03-28T01:00");
    expect(isSecond("Europe/Berlin", at("2027-10-31T01:30Z"))).toBe(true);
    expect(isSecond("Europe/Berlin", at("2027-10-31T00:30Z"))).toBe(false);
    expect(isSecond("Europe/Berlin", at("2027-06-30T00:30Z"))).toBe(false);
  });

  it("say which minutes those are", () => {
    expect(changesOf("Europe/Berlin", "2027-03-28").gaps).toEqual([{ from: 120, to: 180 }]);
    expect(changesOf("Europe/Berlin", "2027-10-31").repeats).toEqual([{ from: 120, to: 180 }]);
    expect(changesOf("Australia/Lord_Howe", "2027-04-04").repeats).toEqual([{ from: 90, to: 120 }]);
    expect(changesOf("Africa/Cairo", "2027-04-30").gaps).toEqual([{ from: 0, to: 60 }]);
    expect(changesOf("Asia/Tokyo", "2027-04-30")).toEqual({ gaps: [], repeats: [] });
  });

  it("are whole spans, and hours go on over midnight", () => {
    const night = spansOf("Europe/Berlin", "2027-03-27", 22 * 60, 30 * 60);
    expect(night.map((one) => [iso(one.from), iso(one.to)])).toEqual([
      ["2027-03-27T21:00", "2027-03-28T04:00"],
    ]);
    const twice = spansOf("Europe/Berlin", "2027-10-31", 150, 160);
    expect(twice).toHaveLength(2);
  });
});

it("walks every quarter of an hour of a year back to itself", () => {
  const step = 45 * 60_000;
  for (const zone of [
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Africa/Casablanca",
  ]) {
    for (let ms = at("2027-01-01T00:00Z"); ms < at("2027-12-31T00:00Z"); ms += step * 7) {
      const { day, minute } = wallAt(zone, ms);
      expect(instantsOf(zone, day, minute)).toContain(ms);
      expect(spansOf(zone, day).some((one) => one.from <= ms && ms < one.to)).toBe(true);
    }
  }
});

describe("pages about appointments", () => {
  const code: Record<string, string> = import.meta.glob(
    [
      "./*.ts",
      "../pages/{book,hours,mine,offers,queue,wait,week}/*.{ts,tsx}",
      "!./*.test.ts",
      "!../pages/*/*.test.ts",
    ],
    { query: "?raw", import: "default", eager: true },
  );

  it("ask the browser neither for its zone's days nor for its clock", () => {
    expect(Object.keys(code).length).toBeGreaterThan(30);
    const own =
      /new Date\([^()]*,|\.get(?:Date|Day|Month|FullYear|Hours|Minutes)\(|Date\.now\(|new Date\(\)/;
    const wrong = Object.entries(code).filter(([, text]) => own.test(text));
    expect(wrong.map(([path]) => path)).toEqual([]);
  });
});

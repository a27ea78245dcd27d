import { describe, expect, it } from "vitest";
import { addMonths, dayByKey, daysOf, twinOf, weeksOf, windowOf } from "./month";

const free = (...ats: string[]) => ats.map((at) => ({ at, left: 1 }));

describe("a month", () => {
  it("has rows from Monday to Sunday, and no more than it needs", () => {
    const weeks = weeksOf("2027-03");
    expect(weeks.length).toBe(5);
    expect(weeks[0]).toEqual([..."1234567"].map((n) => `2027-03-0${n}`));
    expect(weeks.at(-1)).toEqual([
      "2027-03-29",
      "2027-03-30",
      "2027-03-31",
      null,
      null,
      null,
      null,
    ]);
    expect(weeksOf("2027-02").length).toBe(4);
    expect(weeksOf("2027-08").length).toBe(6);
    expect(weeksOf("2028-02").flat()).toContain("2028-02-29");
  });

  it("is followed by the next one over the year", () => {
    expect(addMonths("2027-12", 1)).toBe("2028-01");
    expect(addMonths("2027-01", -1)).toBe("2026-12");
    expect(addMonths("2027-03", 11)).toBe("2028-02");
  });

  it("begins and ends by the wall of its zone", () => {
    expect(windowOf("Europe/Berlin", "2027-03")).toEqual({
      from: "2027-02-28T23:00:00Z",
      to: "2027-03-31T22:00:00Z",
    });
    expect(windowOf("Asia/Kathmandu", "2027-03").from).toBe("2027-02-28T18:15:00Z");
    expect(windowOf("America/New_York", "2027-03").to).toBe("2027-04-01T04:00:00Z");
  });
});

describe("free times", () => {
  it("stand on the visitor's day, which may be another than the host's", () => {
    const times = free("2027-03-29T07:00:00Z", "2027-03-29T03:30:00Z", "2027-03-30T03:45:00Z");
    const berlin = daysOf("Europe/Berlin", times);
    expect([...berlin.keys()]).toEqual(["2027-03-29", "2027-03-30"]);
    expect(berlin.get("2027-03-29")?.map((one) => one.at)).toEqual([
      "2027-03-29T03:30:00Z",
      "2027-03-29T07:00:00Z",
    ]);
    const york = daysOf("America/New_York", times);
    expect([...york.keys()]).toEqual(["2027-03-28", "2027-03-29"]);
    expect(york.get("2027-03-29")?.length).toBe(2);
  });

  it("keep both of a repeated hour, told apart", () => {
    const twice = free("2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", "2027-10-31T02:30:00Z");
    const day = daysOf("Europe/Berlin", twice).get("2027-10-31");
    expect(day?.map((one) => one.twin)).toEqual(["first", "second", null]);
    expect(twinOf("Australia/Lord_Howe", Date.parse("2027-04-03T14:45:00Z"))).toBe("first");
    expect(twinOf("Australia/Lord_Howe", Date.parse("2027-04-03T15:15:00Z"))).toBe("second");
    expect(twinOf("Europe/Berlin", Date.parse("2027-03-28T01:30:00Z"))).toBe(null);
  });
});

describe("keys in the month", () => {
  it.each([
    ["ArrowRight", "2027-03-29", "2027-03-30"],
    ["ArrowUp", "2027-03-29", "2027-03-22"],
    ["ArrowDown", "2027-03-29", null],
    ["ArrowLeft", "2027-03-01", null],
    ["a", "2027-03-01", null],
  ])("%s from %s", (key, day, to) => {
    expect(dayByKey(key, day)).toBe(to);
  });
});

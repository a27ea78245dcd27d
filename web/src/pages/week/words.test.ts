import { afterEach, describe, expect, it } from "vitest";
import { setLanguage } from "../../text/text";
import type { WeekEntry } from "../../wire/week";
import { shownOf } from "./shown";
import { labelOf, momentFor, nameOf, nextOf, noteOf, stateOf, timesOf } from "./words";

afterEach(() => setLanguage("en"));

const ana = {
  booking_id: "b",
  state: "unpaid",
  revision: 0,
  client_id: "c",
  name: "Ana",
  zone: "America/New_York",
};
const entry = (news: Partial<WeekEntry>) =>
  shownOf({
    id: "a",
    kind: "talk",
    title: "Planning",
    at: "2027-03-29T07:00:00Z",
    to: "2027-03-29T08:00:00Z",
    busy_from: "2027-03-29T07:00:00Z",
    busy_to: "2027-03-29T08:10:00Z",
    state: "open",
    offer_id: "o",
    offer: "Planning",
    room_id: "",
    room_code: "",
    series: "",
    seats: 1,
    taken: 1,
    people: [ana],
    ...news,
  });

describe("what stands in a week", () => {
  it("is called by who comes, or by what it is", () => {
    expect(nameOf(entry({}))).toBe("Ana");
    expect(stateOf(entry({}))).toBe("Not paid yet");
    expect(nameOf(entry({ kind: "block", title: "", people: [] }))).toBe("Blocked");
    expect(nameOf(entry({ kind: "group", seats: 8, taken: 6 }))).toBe("Planning");
    expect(noteOf(entry({ kind: "group", seats: 8, taken: 6 }))).toBe("6 of 8 seats");
    expect(nameOf(entry({ kind: "class", title: "Year 8", people: [] }))).toBe("Year 8");
  });

  it("is read out with its day and its times", () => {
    const label = labelOf("Europe/Berlin", entry({}));
    expect(label).toContain("Ana, Planning, and Not paid yet");
    expect(label).toContain("09:00 to 10:00");
    setLanguage("zh-CN");
    expect(labelOf("Europe/Berlin", entry({}))).toContain("09:00–10:00");
  });

  it("says when it is the second time of an hour", () => {
    const span = { from: Date.parse("2027-10-31T01:30Z"), to: Date.parse("2027-10-31T02:00Z") };
    expect(timesOf("Europe/Berlin", span)).toBe("02:30 to 03:00, second time");
  });
});

it("names both walls where they differ, and one where they agree", () => {
  const at = Date.parse("2027-03-29T07:00Z");
  expect(momentFor("America/New_York", "Europe/Berlin", at)).toMatch(
    /03:00 in New York \(.*09:00 in Berlin\)/,
  );
  expect(momentFor("Europe/Paris", "Europe/Berlin", at)).toMatch(/09:00 in Paris$/);
});

it("reads the next free times of a refusal, and nothing from anything else", () => {
  expect(nextOf({ next: ["2027-03-29T07:00:00Z", "soon"] })).toEqual([
    Date.parse("2027-03-29T07:00Z"),
  ]);
  expect(nextOf({})).toEqual([]);
  expect(nextOf({ next: "2027" })).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { chipsOf } from "./next_times";

const BERLIN = "Europe/Berlin";
const at = (iso: string) => Date.parse(iso);

describe("times for the next appointment", () => {
  it("keep the hour on the wall over a change of the clocks", () => {
    // Monday 22 March 2027, 09:00 in Berlin; the clocks go forward on the 28th.
    const now = at("2027-03-22T08:50:00Z");
    const free = [at("2027-03-29T07:00:00Z"), at("2027-03-29T08:00:00Z")];
    const chips = chipsOf(free, at("2027-03-22T08:00:00Z"), BERLIN, now);
    expect(chips[0]).toEqual({ at: at("2027-03-29T07:00:00Z"), weeks: 1 });
    expect(chips[1]).toEqual({ at: at("2027-03-29T08:00:00Z"), weeks: 0 });
  });

  it("are only those that are free and to come, none twice", () => {
    const now = at("2027-05-03T08:50:00Z");
    const same = [7, 14, 28].map((days) => at("2027-05-03T07:00:00Z") + days * 86_400_000);
    const free = [...same, at("2027-05-04T07:00:00Z"), at("2027-05-03T08:00:00Z")];
    const chips = chipsOf(free, at("2027-05-03T07:00:00Z"), BERLIN, now);
    expect(chips.map((chip) => chip.weeks)).toEqual([1, 2, 4, 0]);
    expect(chips[3]?.at).toBe(at("2027-05-04T07:00:00Z"));
    expect(chipsOf([], at("2027-05-03T07:00:00Z"), BERLIN, now)).toEqual([]);
  });
});

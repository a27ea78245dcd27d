import { describe, expect, it } from "vitest";
import { edgesOf, innerOf, leftMs, merged, timeFrom, timeText, trimmed } from "./cuts";

const END = 60_000;

describe("cuts", () => {
  it("are sorted, kept within, and one where they touch or nearly do", () => {
    expect(
      merged(
        [
          [30_000, 40_000],
          [-5, 1_000],
          [39_000, 45_000],
          [45_100, 46_000],
          [59_000, 99_000],
          [50_000, 50_100],
        ],
        END,
      ),
    ).toEqual([
      [0, 1_000],
      [30_000, 46_000],
      [59_000, END],
    ]);
  });

  it("leave the rest", () => {
    expect(leftMs([[10_000, 20_000]], END)).toBe(50_000);
    expect(leftMs([], END)).toBe(END);
  });

  it("at the edges are where it begins and ends", () => {
    const cuts = trimmed([[20_000, 30_000]], END, 5_000, 55_000);
    expect(cuts).toEqual([
      [0, 5_000],
      [20_000, 30_000],
      [55_000, END],
    ]);
    expect(edgesOf(cuts, END)).toEqual({ start: 5_000, stop: 55_000 });
    expect(innerOf(cuts, END)).toEqual([[20_000, 30_000]]);
    expect(trimmed(cuts, END, 0, END)).toEqual([[20_000, 30_000]]);
  });

  it("without edges begin at the beginning", () => {
    expect(edgesOf([], END)).toEqual({ start: 0, stop: END });
  });
});

describe("times", () => {
  it.each([
    ["1:05", 65_000],
    ["0:00.5", 500],
    ["12:30", 750_000],
    ["90:00", 5_400_000],
    ["1:02:03,4", 3_723_400],
    ["1:90:03", null],
    ["65", null],
    ["1:65", null],
    ["", null],
  ])("reads %j", (text, ms) => {
    expect(timeFrom(text)).toBe(ms);
  });

  it.each([0, 65_000, 500, 750_000, 3_723_400])("writes %d as it is read", (ms) => {
    expect(timeFrom(timeText(ms))).toBe(ms);
  });
});

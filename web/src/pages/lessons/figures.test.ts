import { describe, expect, it } from "vitest";
import type { QuestionReport } from "../../wire/lessons";
import { lengthText, momentOf, percentOf, placeOn, rightOf, ticksOf } from "./figures";

function question(answered: number, right: number | null): QuestionReport {
  return { poll_id: "q", kind: "text", text: "", is_anonymous: false, asked: 9, answered, right };
}

describe("lengthText", () => {
  it.each([
    [0, "0:00"],
    [31_400, "0:31"],
    [59_600, "1:00"],
    [291_000, "4:51"],
    [3_600_000, "1:00:00"],
    [11_045_000, "3:04:05"],
  ])("writes %d ms", (ms, text) => {
    expect(lengthText(ms)).toBe(text);
  });
});

it("has no part of nothing", () => {
  expect(percentOf(2, 3)).toBe(67);
  expect(percentOf(0, 0)).toBeNull();
});

it("counts only questions that can be answered right", () => {
  const questions = [question(9, null), question(4, 3), question(6, 0)];
  expect(rightOf(questions)).toEqual({ right: 3, answers: 10 });
});

describe("ticksOf", () => {
  it("stands at both ends and between them", () => {
    expect(ticksOf(3_000_000, 6)).toEqual([0, 600_000, 1_200_000, 1_800_000, 2_400_000, 3_000_000]);
  });
  it("writes no minute twice", () => {
    expect(ticksOf(30_000, 6)).toEqual([0, 30_000]);
    expect(ticksOf(150_000, 6)).toHaveLength(3);
  });
});

describe("placeOn", () => {
  it("stands where the time is", () => {
    const time = { from_ms: 250, to_ms: 500 };
    expect(placeOn(time, 1000, 400, 2)).toEqual({ x: 100, width: 100 });
  });
  it("never leaves the line, however short it is", () => {
    expect(placeOn({ from_ms: 1000, to_ms: 1000 }, 1000, 400, 4)).toEqual({ x: 396, width: 4 });
    expect(placeOn({ from_ms: 0, to_ms: 0 }, 0, 400, 4)).toEqual({ x: 0, width: 4 });
  });
});

it("knows when a moment was", () => {
  expect(momentOf("2026-03-10T10:00:00.000Z", 90_000)).toBe("2026-03-10T10:01:30.000Z");
});

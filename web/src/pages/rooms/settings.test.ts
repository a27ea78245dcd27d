import { describe, expect, it } from "vitest";
import { readCapacity } from "./settings";

describe("how many may be in a room", () => {
  it.each([
    ["", null],
    ["  ", null],
    ["1", 1],
    [" 500 ", 500],
    ["0", undefined],
    ["501", undefined],
    ["-3", undefined],
    ["2.5", undefined],
    ["many", undefined],
  ])("reads %j as %j", (text, count) => {
    expect(readCapacity(text)).toBe(count);
  });
});

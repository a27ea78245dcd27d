import { describe, expect, it } from "vitest";
import { storedRules } from "./recording_settings";
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

describe("storedRules", () => {
  const rules = { policy: "ask", days: "180", remind: "7", members: true } as const;

  it("are what the room keeps", () => {
    expect(storedRules(rules)).toEqual({
      recording_policy: "ask",
      recording_days: 180,
      recording_remind: 7,
      recording_members: true,
    });
    expect(storedRules({ ...rules, remind: "0" })?.recording_remind).toBe(0);
  });

  it.each(["", "0", "3651", "1.5", "-1", "ten"])("are none with %j days", (days) => {
    expect(storedRules({ ...rules, days })).toBeNull();
  });
});

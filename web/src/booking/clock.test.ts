import { expect, it } from "vitest";
import { clockText, readClock } from "./clock";

it.each([
  ["09:30", 570],
  ["9", 540],
  ["9:30", 570],
  ["0930", 570],
  ["930", 570],
  ["9.30", 570],
  ["9 点", 540],
  ["9点30分", 570],
  ["9：30", 570],
  ["09:32", 570],
  ["24:00", 1440],
  ["0", 0],
  ["25:00", null],
  ["9:75", null],
  ["24:30", null],
  ["soon", null],
  ["", null],
])("%j is %s", (text, minute) => {
  expect(readClock(text)).toBe(minute);
});

it("shows what is on the next day as its wall does", () => {
  expect(clockText(26 * 60)).toBe("02:00");
  expect(clockText(1440)).toBe("00:00");
  expect(clockText(5)).toBe("00:05");
});

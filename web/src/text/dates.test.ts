import { afterEach, describe, expect, it } from "vitest";
import { cityOf, dayIn, dayText, monthText, timeIn, weekdayText } from "./dates";
import { setLanguage } from "./text";

afterEach(() => setLanguage("en"));

const AT = Date.parse("2027-03-29T03:30:00Z");

describe("times in a zone", () => {
  it.each([
    ["Europe/Berlin", "05:30", "Monday, 29 March"],
    ["America/New_York", "23:30", "Sunday, 28 March"],
    ["Asia/Kathmandu", "09:15", "Monday, 29 March"],
  ])("in %s", (zone, time, day) => {
    expect(timeIn(zone, AT)).toBe(time);
    expect(new Set(dayIn(zone, AT).replace(",", "").split(" "))).toEqual(
      new Set(day.replace(",", "").split(" ")),
    );
  });

  it("are midnight and not 24 o'clock", () => {
    expect(timeIn("UTC", Date.parse("2027-03-29T00:00:00Z"))).toBe("00:00");
  });

  it("keep a space between figures and Chinese characters", () => {
    setLanguage("zh-CN");
    expect(dayIn("Asia/Shanghai", AT, "whole")).toBe("2027 年 3 月 29 日星期一");
    expect(timeIn("Asia/Shanghai", AT)).toBe("11:30");
    expect(monthText("2027-03-29")).toBe("2027 年 3 月");
    expect(weekdayText(0, "short")).toBe("周一");
  });
});

it("names days of a calendar wherever the reader is", () => {
  expect(dayText("2028-02-29")).toContain("29");
  expect(weekdayText(0)).toBe("Monday");
  expect(weekdayText(6)).toBe("Sunday");
  expect(monthText("2027-03-29")).toBe("March 2027");
});

it("shows a zone by its city", () => {
  expect(cityOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
  expect(cityOf("UTC")).toBe("UTC");
  setLanguage("zh-CN");
  expect(cityOf("Europe/Berlin")).toBe("柏林");
});

import { describe, expect, it } from "vitest";
import type { Language } from "../text/text";
import { allZones, isZone, offsetText, placeOfZone, sameWall, searchZones } from "./zones";

const at = Date.parse("2027-03-27T12:00:00Z");
const summer = Date.parse("2027-03-29T12:00:00Z");
const zones = allZones();
const found = (text: string, language: Language = "en") =>
  searchZones(text, { zones, first: ["Asia/Shanghai"], language, at }).map((one) => one.place);

describe("zones", () => {
  it("are called by their place in both languages, old names by the new ones", () => {
    expect(placeOfZone("America/New_York", "en")).toBe("New York");
    expect(placeOfZone("Asia/Calcutta", "en")).toBe("Kolkata");
    expect(placeOfZone("Asia/Calcutta", "zh-CN")).toBe("加尔各答");
    expect(placeOfZone("America/Argentina/Buenos_Aires", "zh-CN")).toBe("布宜诺斯艾利斯");
    expect(placeOfZone("UTC", "zh-CN")).toBe("UTC");
  });

  it("are found by either language, by the old name and by the offset", () => {
    expect(found("berl")).toEqual(["Berlin"]);
    expect(found("柏林")).toEqual(["Berlin", "Dublin"]);
    expect(found("shang", "zh-CN")).toEqual(["上海"]);
    expect(found("kolkata")).toEqual(["Kolkata"]);
    expect(found("calcutta")).toEqual(["Kolkata"]);
    expect(found("São Paulo")).toEqual(["Sao Paulo"]);
    expect(found("utc+05:45")).toEqual(["Kathmandu"]);
    expect(found("UTC")[0]).toBe("UTC");
    expect(found("atlantis")).toEqual([]);
  });

  it("begin with those that matter when nothing is asked", () => {
    expect(found("")[0]).toBe("Shanghai");
    expect(found("").length).toBe(40);
  });

  it("tell their offset at an instant", () => {
    expect(offsetText("Europe/Berlin", at)).toBe("UTC+01:00");
    expect(offsetText("Europe/Berlin", summer)).toBe("UTC+02:00");
    expect(offsetText("America/New_York", at)).toBe("UTC−04:00");
    expect(offsetText("Asia/Kathmandu", at)).toBe("UTC+05:45");
    expect(offsetText("UTC", at)).toBe("UTC");
    expect(sameWall("Europe/Berlin", "Africa/Lagos", at)).toBe(true);
    expect(sameWall("Europe/Berlin", "Africa/Lagos", summer)).toBe(false);
  });

  it("may be nonsense", () => {
    expect(isZone("Mars/Base")).toBe(false);
    expect(isZone("Asia/Kolkata")).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import type { CaptureRefusal } from "../../media/capture";
import { hasText } from "../../text/text";
import { verdictOf } from "./connection";
import { browserFamily, mayTryAgain, noteKey, shownRefusal, titleKey } from "./refusal";

const ALL: CaptureRefusal[] = ["denied", "none", "busy", "insecure", "unsupported", "unknown"];

describe("shownRefusal", () => {
  it("is silent when nothing was refused", () => {
    expect(shownRefusal(null, null)).toBeNull();
  });

  it("speaks of both when both have the same reason, else of the one in the picture", () => {
    expect(shownRefusal("denied", "denied")).toEqual({ why: "denied", about: "both" });
    expect(shownRefusal("busy", "none")).toEqual({ why: "none", about: "camera" });
    expect(shownRefusal("busy", null)).toEqual({ why: "busy", about: "microphone" });
  });

  it("has a sentence and a way out for every refusal", () => {
    for (const why of ALL) {
      for (const pair of [
        shownRefusal(why, why),
        shownRefusal(why, null),
        shownRefusal(null, why),
      ]) {
        expect(pair && hasText(titleKey(pair)), `title of ${why}`).toBe(true);
        expect(pair && hasText(noteKey(pair)), `note of ${why}`).toBe(true);
      }
    }
  });

  it("offers another try only where it can help", () => {
    const tries = ALL.filter((why) => mayTryAgain({ why, about: "both" }));
    expect(tries).toEqual(["denied", "none", "busy", "unknown"]);
  });
});

describe("verdictOf", () => {
  it.each([
    [[20, 25, 22, 21, 30], undefined, "good"],
    [[20, 25, 22, 21, 900], undefined, "fair"],
    [[20, null, 22, 21, 23], undefined, "fair"],
    [[220, 250, 222, 210, 230], undefined, "fair"],
    [[620, 650, 622, 610, 630], undefined, "weak"],
    [[20, null, null, 21, 23], undefined, "weak"],
    [[20, 25, 22, 21, 30], "2g", "weak"],
    [[20, 25, 22, 21, 30], "3g", "fair"],
    [[20, 25, 22, 21, 30], "4g", "good"],
    [[null, null, null], undefined, "offline"],
  ] as const)("judges %j on %s as %s", (times, type, verdict) => {
    expect(verdictOf(times, type)).toBe(verdict);
  });
});

it("knows whose steps to show", () => {
  expect(browserFamily("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0")).toBe(
    "firefox",
  );
  expect(browserFamily("Mozilla/5.0 (Macintosh) AppleWebKit Chrome/140.0 Safari/537.36")).toBe(
    "chrome",
  );
  expect(browserFamily("Mozilla/5.0 (iPhone) AppleWebKit Version/18.0 Safari/604.1")).toBe(
    "safari",
  );
});

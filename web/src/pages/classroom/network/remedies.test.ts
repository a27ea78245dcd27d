import { afterEach, describe, expect, it } from "vitest";
import { CALM } from "../../../media/advice";
import { setLanguage } from "../../../text/text";
import type { Measure } from "../../../wire/messages";
import { doneFor, doneForUs, firstWords } from "./remedies";

const ALL: Measure[] = [
  "sound_down",
  "sound_copy",
  "picture_copies",
  "picture_lowest",
  "sound_up",
  "picture_asked",
  "opus_lower",
  "camera_small",
  "camera_off",
  "buffer",
];
const LANGUAGES = ["en", "zh-CN"] as const;

afterEach(() => setLanguage("en"));

describe("what is done, for who teaches", () => {
  it("says one thing once, the sound first", () => {
    expect(doneFor(["picture_asked", "picture_copies", "sound_copy", "sound_down"])).toEqual([
      "What is said goes to them several times",
      "Lost pictures are sent again at once",
    ]);
    expect(doneFor([])).toEqual([]);
  });

  it("says the worse of the camera alone", () => {
    expect(doneFor(["camera_small", "camera_off"])).toEqual([
      "Their camera is not sent, so that they are heard",
    ]);
  });

  it("has words for everything in both languages", () => {
    for (const language of LANGUAGES) {
      setLanguage(language);
      expect(doneFor(ALL)).toHaveLength(7);
      for (const words of [doneFor(ALL), ALL.flatMap((one) => doneFor([one]))].flat()) {
        expect(words).not.toContain("net-done");
      }
    }
  });
});

describe("what is done, for whose network it is", () => {
  it("is nothing on a good one", () => expect(doneForUs(CALM, false)).toEqual([]));

  it("says how much later the others are heard, and what becomes of the camera", () => {
    const advice = { ...CALM, down: 3, soundBufferMs: 500, cameraSmall: true, cameraOff: true };
    expect(doneForUs(advice, false)).toEqual([
      "Every word is sent several times",
      "You hear the others 500 ms later, and miss nothing",
      "Your camera is off to others",
    ]);
    expect(doneForUs(advice, true).at(-1)).toBe("Your camera is sent small");
  });
});

describe("the badge", () => {
  it("says that sound goes first, and what else is short", () => {
    const words = firstWords({ weak: "down", camera: "all" }, { screen: null, cameras: "off" });
    expect(words.title).toBe("Weak network: sound first.");
    expect(words.more).toBe("Some cameras are paused.");
    expect(firstWords({ weak: "up", camera: "small" }, null).more).toBe("");
  });

  it("has every sentence in both languages", () => {
    for (const language of LANGUAGES) {
      setLanguage(language);
      for (const weak of ["down", "up", "both"] as const) {
        const words = firstWords({ weak, camera: "all" }, { screen: "frames", cameras: null });
        expect(Object.values(words).join()).not.toContain("net-");
      }
    }
  });
});

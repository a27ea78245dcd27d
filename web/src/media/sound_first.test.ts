import { expect, it } from "vitest";
import { type Advice, CALM } from "./advice";
import { soundFirst } from "./sound_first";

const said = (over: Partial<Advice>) => soundFirst({ ...CALM, ...over });

it("says nothing while nobody would notice", () => {
  expect(said({})).toBeNull();
  expect(said({ down: 1, soundBufferMs: 150 })).toBeNull();
  expect(said({ up: 1, depth: 3 })).toBeNull();
  // A good line of our own, a bad one of who is heard.
  expect(said({ soundBufferMs: 700 })).toBeNull();
});

it("says which direction is weak", () => {
  expect(said({ down: 1, soundBufferMs: 250 })?.weak).toBe("down");
  expect(said({ up: 1, depth: 6 })?.weak).toBe("up");
  expect(said({ down: 3, up: 3 })?.weak).toBe("both");
});

it("says what becomes of the camera", () => {
  expect(said({ down: 3 })?.camera).toBe("all");
  expect(said({ cameraSmall: true })).toEqual({ weak: "up", camera: "small" });
  expect(said({ cameraSmall: true, cameraOff: true })?.camera).toBe("off");
});

it("is the same value for the same words, so that a notice stands still", () => {
  expect(said({ down: 2 })).toBe(said({ down: 3 }));
});

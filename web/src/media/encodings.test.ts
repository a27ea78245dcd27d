import { describe, expect, it } from "vitest";
import { cameraEncodings, contentHint, producePlan, screenEncodings } from "./encodings";

describe("a camera", () => {
  it("has three layers from low to high", () => {
    const layers = cameraEncodings(720);
    expect(layers.map((one) => one.scaleResolutionDownBy)).toEqual([4, 2, 1]);
    expect(layers.map((one) => one.maxBitrate)).toEqual([150_000, 500_000, 1_500_000]);
    expect(layers.every((one) => one.scalabilityMode === "L1T3")).toBe(true);
  });

  it("has as many as its picture allows", () => {
    expect(cameraEncodings(480)).toHaveLength(2);
    expect(cameraEncodings(240)).toHaveLength(1);
  });

  it("gives the same objects to no two calls, since the library writes into them", () => {
    expect(cameraEncodings(720)[0]).not.toBe(cameraEncodings(720)[0]);
  });
});

describe("a screen", () => {
  it("is one encoding whose limits follow the mode", () => {
    expect(screenEncodings("text")).toEqual([
      { maxBitrate: 2_500_000, maxFramerate: 15, scalabilityMode: "L1T3" },
    ]);
    expect(screenEncodings("motion")[0]?.maxFramerate).toBe(30);
    expect(contentHint("text")).toBe("detail");
  });
});

it("names a codec for the screen alone, since the library takes the room's first otherwise", () => {
  expect(producePlan("screen", 1080, "text", "video/AV1").codec).toMatchObject({
    mimeType: "video/AV1",
    clockRate: 90_000,
  });
  expect(producePlan("camera", 720, "text").codec).toBeUndefined();
});

it("plays shared sound in stereo and speech in mono, both with error correction", () => {
  expect(producePlan("microphone", 0, "text").codecOptions).toMatchObject({
    opusFec: true,
    opusStereo: false,
  });
  expect(producePlan("screen_audio", 0, "text").codecOptions.opusStereo).toBe(true);
  expect(producePlan("microphone", 0, "text").encodings).toBeUndefined();
});

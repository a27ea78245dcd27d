import { describe, expect, it } from "vitest";
import { chooseScreenCodec, type Machine } from "./screen_codec";

const ALL = ["video/AV1", "video/VP9", "video/VP8"];
const FULL_HD = { width: 1920, height: 1080 };
const UHD = { width: 3840, height: 2160 };

function machine(
  over: { cores?: number; lacks?: string; info?: Partial<MediaCapabilitiesInfo> | Error } = {},
): Machine & { asked: VideoConfiguration[] } {
  const asked: VideoConfiguration[] = [];
  return {
    asked,
    cores: over.cores ?? 8,
    sends: (mimeType) => mimeType !== over.lacks,
    judge: async (video) => {
      asked.push(video);
      if (over.info instanceof Error) throw over.info;
      return { supported: true, smooth: true, powerEfficient: false, ...over.info };
    },
  };
}

describe("a machine", () => {
  it.each([
    [8, FULL_HD, "text", "video/AV1"],
    [3, FULL_HD, "text", "video/AV1"],
    [2, FULL_HD, "text", "video/VP9"],
    [1, FULL_HD, "text", "video/VP8"],
    [4, FULL_HD, "motion", "video/VP9"],
    [8, UHD, "text", "video/VP9"],
    [2, { width: 1280, height: 720 }, "text", "video/AV1"],
  ] as const)("with %i cores shares %o as %s in %s", async (cores, size, mode, codec) => {
    expect(await chooseScreenCodec(ALL, size, mode, machine({ cores }))).toBe(codec);
  });

  it("with an encoder of its own has cores enough", async () => {
    const weak = machine({ cores: 1, info: { powerEfficient: true } });
    expect(await chooseScreenCodec(ALL, UHD, "motion", weak)).toBe("video/AV1");
  });
});

it("never leaves the list, and asks for nothing beyond it", async () => {
  const asked = machine();
  expect(await chooseScreenCodec(["video/VP8"], FULL_HD, "text", asked)).toBe("video/VP8");
  expect(asked.asked).toEqual([]);
  expect(await chooseScreenCodec(["video/VP9", "video/VP8"], FULL_HD, "text", asked)).toBe(
    "video/VP9",
  );
  expect(await chooseScreenCodec(["video/H266", "video/VP8"], FULL_HD, "text", asked)).toBe(
    "video/VP8",
  );
  expect(await chooseScreenCodec([], FULL_HD, "text", asked)).toBe("video/VP8");
});

it("asks for what is sent: three temporal layers within the limits of the mode", async () => {
  const asked = machine();
  await chooseScreenCodec(ALL, FULL_HD, "text", asked);
  expect(asked.asked).toEqual([
    {
      contentType: "video/AV1",
      width: 1920,
      height: 1080,
      bitrate: 2_500_000,
      framerate: 15,
      scalabilityMode: "L1T3",
    },
  ]);
});

it("goes on to the next where the browser says no, or cannot say", async () => {
  const lacking = machine({ lacks: "video/AV1" });
  expect(await chooseScreenCodec(ALL, FULL_HD, "text", lacking)).toBe("video/VP9");
  for (const info of [{ supported: false }, { smooth: false }, new TypeError("webrtc")]) {
    expect(await chooseScreenCodec(ALL, FULL_HD, "text", machine({ info }))).toBe("video/VP8");
  }
  const unseen = { width: 0, height: 0 };
  expect(await chooseScreenCodec(ALL, unseen, "text", machine())).toBe("video/VP8");
});

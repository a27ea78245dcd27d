import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Reduction } from "../wire/messages";
import type { RemoteTrack } from "./consumers";
import { Downlink } from "./downlink";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const camera = { consumerId: "c", participantId: "lin", source: "camera", kind: "video" };
  const tracks = signal<readonly RemoteTrack[]>([camera as RemoteTrack]);
  const downlink = new Downlink(tracks);
  const hear = (reduction: Reduction | null) =>
    downlink.hear({
      bitrate_bps: 480_000,
      reductions: reduction ? [{ consumer_id: "c", reduction }] : [],
    });
  return { downlink, tracks, hear };
}

it("says what is short at once, and a little longer than it is", async () => {
  const { downlink, hear } = setUp();
  expect(downlink.bitrate.value).toBeNull();
  hear("off");
  expect(downlink.bitrate.value).toBe(480_000);
  expect(downlink.notice.value).toEqual({ screen: null, cameras: "off" });
  await vi.advanceTimersByTimeAsync(5_000);
  hear(null);
  expect(downlink.shortage.value.cameras.size).toBe(0);
  expect(downlink.notice.value).not.toBeNull();
  await vi.advanceTimersByTimeAsync(2_100);
  expect(downlink.notice.value).toBeNull();
});

it("changes its words only after they could be read", async () => {
  const { downlink, hear } = setUp();
  hear("size");
  hear("off");
  await vi.advanceTimersByTimeAsync(2_900);
  expect(downlink.notice.value?.cameras).toBe("size");
  await vi.advanceTimersByTimeAsync(200);
  expect(downlink.notice.value?.cameras).toBe("off");
});

it("ends with the track it was about", async () => {
  const { downlink, tracks, hear } = setUp();
  hear("off");
  tracks.value = [];
  await vi.advanceTimersByTimeAsync(3_100);
  expect(downlink.notice.value).toBeNull();
});

it("does nothing more once it is closed", async () => {
  const { downlink, hear } = setUp();
  hear("off");
  downlink.close();
  hear(null);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(downlink.notice.value).not.toBeNull();
});

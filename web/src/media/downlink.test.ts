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

/** Past what the server needs to measure. */
async function begun(reduction: Reduction | null = null) {
  const all = setUp();
  all.hear(reduction);
  await vi.advanceTimersByTimeAsync(5_001);
  return all;
}

it("knows no rate before it was told one", () => {
  expect(setUp().downlink.bitrate.value).toBeNull();
});

it("takes nothing for weak while the server begins to measure", async () => {
  const { downlink, hear } = setUp();
  hear("off");
  expect(downlink.bitrate.value).toBe(480_000);
  await vi.advanceTimersByTimeAsync(4_000);
  hear(null);
  expect(downlink.shortage.value.cameras.size).toBe(0);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(downlink.notice.value).toBeNull();
});

it("tells tiles at once and people when it lasts, and a little longer than it is", async () => {
  const { downlink, hear } = await begun();
  hear("off");
  expect(downlink.shortage.value.cameras.get("lin")).toBe("off");
  expect(downlink.notice.value).toBeNull();
  await vi.advanceTimersByTimeAsync(1_600);
  expect(downlink.notice.value).toEqual({ screen: null, cameras: "off" });
  await vi.advanceTimersByTimeAsync(5_000);
  hear(null);
  expect(downlink.shortage.value.cameras.size).toBe(0);
  expect(downlink.notice.value).not.toBeNull();
  await vi.advanceTimersByTimeAsync(2_100);
  expect(downlink.notice.value).toBeNull();
});

it("changes its words only after they could be read", async () => {
  const { downlink, hear } = await begun("size");
  await vi.advanceTimersByTimeAsync(1_600);
  hear("off");
  await vi.advanceTimersByTimeAsync(2_500);
  expect(downlink.notice.value?.cameras).toBe("size");
  await vi.advanceTimersByTimeAsync(500);
  expect(downlink.notice.value?.cameras).toBe("off");
});

it("ends with the track it was about, and begins anew with the media side", async () => {
  const { downlink, tracks, hear } = await begun("off");
  await vi.advanceTimersByTimeAsync(1_600);
  tracks.value = [];
  await vi.advanceTimersByTimeAsync(3_100);
  expect(downlink.notice.value).toBeNull();
  downlink.hear(null);
  expect(downlink.bitrate.value).toBeNull();
  hear("off");
  expect(downlink.shortage.value.cameras.size).toBe(0);
});

it("does nothing more once it is closed", async () => {
  const { downlink } = setUp();
  downlink.hear({ bitrate_bps: 1, reductions: [{ consumer_id: "c", reduction: "off" }] });
  downlink.close();
  await vi.advanceTimersByTimeAsync(9_000);
  expect([downlink.notice.value, vi.getTimerCount()]).toEqual([null, 0]);
});

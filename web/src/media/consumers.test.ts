import type { types } from "mediasoup-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failure, type Result, success } from "../result";
import type { ConsumerOffer, Refusal, Source } from "../wire/messages";
import type { Request } from "../wire/socket";
import { Consumers } from "./consumers";

const asked: [string, Record<string, unknown>][] = [];
const refusals: Refusal[] = [];
const request = (async (name: string, message: Record<string, unknown>) => {
  asked.push([name, message]);
  const refusal = refusals.shift();
  return (refusal ? failure(refusal) : success({})) as Result<unknown, Refusal>;
}) as unknown as Request;

function shown(height: number, pinned = false) {
  return { width: (height * 16) / 9, height, density: 1, pinned };
}

function wish(consumer_id: string, spatial: number, temporal: number, priority: number) {
  return { consumer_id, spatial, temporal, priority };
}

function offer(id: string, source: Source = "camera", from = "amara"): ConsumerOffer {
  return {
    consumer_id: id,
    producer_id: `p-${id}`,
    participant_id: from,
    source,
    kind: source === "microphone" || source === "screen_audio" ? "audio" : "video",
    rtp_parameters: {},
  };
}

const closed: string[] = [];

function transportOf(broken: string[] = []) {
  const consume = async ({ id, streamId }: { id: string; streamId: string }) => {
    if (broken.includes(id)) throw new Error("cannot decode");
    return { id, track: { id: `track-${id}`, streamId }, close: () => closed.push(id) };
  };
  return { consume } as unknown as types.Transport;
}

const names = () => asked.map(([name]) => name);

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  closed.length = 0;
  refusals.length = 0;
});
afterEach(() => void vi.useRealTimers());

describe("coming in", () => {
  const inside = [offer("v"), offer("w"), offer("x"), offer("y"), offer("z")];

  it("does not pause what flows already while the room is drawn, and pauses what nobody sees", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), []);
    await consumers.begin(inside);
    vi.advanceTimersByTime(1_000);
    expect(asked).toEqual([]);
    consumers.view("w", {}, shown(180));
    vi.advanceTimersByTime(200);
    expect(names()).toEqual(["media.set_preferences", "media.resume_consumers"]);
    vi.advanceTimersByTime(2_000);
    expect(asked.slice(2)).toEqual([["media.pause_consumers", { consumer_ids: ["v", "x", "y"] }]]);
  });
});

describe("setting up", () => {
  it("lets sound flow at once and pictures when they are seen", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("v"), offer("a", "microphone")]);
    expect(consumers.remote.value.map((one) => one.consumerId)).toEqual(["v", "a"]);
    expect(asked).toEqual([["media.resume_consumers", { consumer_ids: ["a"] }]]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked).toHaveLength(1);
  });

  it("does the same offer once", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("v")]);
    await consumers.add([offer("v")]);
    expect(consumers.remote.value).toHaveLength(1);
  });

  it("goes on when the browser cannot take one of them", async () => {
    const consumers = new Consumers(request);
    const offers = [offer("bad", "microphone"), offer("good", "microphone")];
    await consumers.use(transportOf(["bad"]), offers);
    expect(consumers.remote.value.map((one) => one.consumerId)).toEqual(["good"]);
    expect(asked).toEqual([["media.resume_consumers", { consumer_ids: ["good"] }]]);
  });

  it("closes what was closed while it was being set up", async () => {
    const consumers = new Consumers(request);
    const ready = consumers.use(transportOf(), [offer("v")]);
    consumers.close(["v"]);
    await ready;
    expect(consumers.remote.value).toEqual([]);
    expect(closed).toEqual(["v"]);
  });

  it("keeps the last frame of a screen a while for the one that takes its place", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("old", "screen"), offer("camera")]);
    await consumers.add([offer("new", "screen")]);
    consumers.close(["old", "camera"]);
    expect(consumers.remote.value.map((one) => one.consumerId)).toEqual(["new"]);
    expect(closed).toEqual(["camera"]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(closed).toEqual(["camera", "old"]);
  });

  it("begins anew on a new transport", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("old")]);
    await consumers.use(transportOf(), [offer("new")]);
    expect(closed).toEqual(["old"]);
    expect(consumers.remote.value.map((one) => one.consumerId)).toEqual(["new"]);
  });
});

describe("what is seen", () => {
  it("is asked for at once, all tiles of a page together", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("v"), offer("w")]);
    consumers.view("v", {}, shown(300));
    consumers.view("w", {}, shown(90));
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toEqual([
      ["media.set_preferences", { consumers: [wish("v", 1, 2, 40), wish("w", 0, 1, 12)] }],
      ["media.resume_consumers", { consumer_ids: ["v", "w"] }],
    ]);
  });

  it("grows sharp in the same frame, and small changes are told together a little later", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("v")]);
    const tile = {};
    consumers.view("v", tile, shown(150));
    await vi.advanceTimersByTimeAsync(1_000);
    asked.length = 0;
    for (const height of [160, 170, 180]) {
      consumers.view("v", tile, shown(height));
      await vi.advanceTimersByTimeAsync(16);
    }
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(150);
    expect(asked).toEqual([["media.set_preferences", { consumers: [wish("v", 0, 2, 24)] }]]);
    consumers.view("v", tile, shown(170));
    consumers.view("v", tile, shown(600));
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.at(-1)).toEqual(["media.set_preferences", { consumers: [wish("v", 2, 2, 80)] }]);
  });

  it("is paused when no tile shows it, and resumed with the next one", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("v"), offer("a", "microphone")]);
    const tile = {};
    consumers.view("v", tile, shown(300));
    await vi.advanceTimersByTimeAsync(2_000);
    consumers.view("v", tile, null);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked.at(-1)).toEqual(["media.pause_consumers", { consumer_ids: ["v"] }]);
    consumers.view("v", {}, shown(300));
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.at(-1)).toEqual(["media.resume_consumers", { consumer_ids: ["v"] }]);
  });

  it("is not paused by a tile that only moves, though others are told meanwhile", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("v"), offer("w")]);
    const tile = {};
    consumers.view("v", tile, shown(300));
    await vi.advanceTimersByTimeAsync(2_000);
    consumers.view("v", tile, null);
    consumers.view("w", {}, shown(300));
    await vi.advanceTimersByTimeAsync(20);
    consumers.view("v", {}, shown(300));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(names()).not.toContain("media.pause_consumers");
  });

  it("is told again when the server had too much to do", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("v")]);
    refusals.push({ code: "rate.limited", params: { retry_ms: 400 } });
    consumers.view("v", {}, shown(90));
    await vi.advanceTimersByTimeAsync(300);
    expect(names()).toEqual(["media.set_preferences", "media.resume_consumers"]);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked.at(-1)).toEqual(["media.set_preferences", { consumers: [wish("v", 0, 1, 12)] }]);
    expect(asked).toHaveLength(3);
  });
});

it("after an absence matches the server's list and tells everything again", async () => {
  const consumers = new Consumers(request);
  await consumers.use(transportOf(), [offer("gone"), offer("kept"), offer("unseen")]);
  consumers.view("kept", {}, shown(100));
  await vi.advanceTimersByTimeAsync(200);
  asked.length = 0;
  await consumers.reconcile([offer("kept"), offer("unseen"), offer("fresh", "microphone")]);
  expect(closed).toEqual(["gone"]);
  expect(consumers.remote.value.map((one) => one.consumerId)).toEqual(["kept", "unseen", "fresh"]);
  const flowing = asked.filter(([name]) => name === "media.resume_consumers");
  expect(flowing.flatMap(([, message]) => message.consumer_ids)).toContain("kept");
  expect(asked).toContainEqual(["media.pause_consumers", { consumer_ids: ["unseen"] }]);
  expect(names()).toContain("media.set_preferences");
});

import type { types } from "mediasoup-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { success } from "../result";
import type { ConsumerOffer, Source } from "../wire/messages";
import type { Request } from "../wire/socket";
import { Consumers } from "./consumers";

const asked: [string, Record<string, unknown>][] = [];
const request = (async (name: string, message: Record<string, unknown>) => {
  asked.push([name, message]);
  return success({});
}) as unknown as Request;

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
});
afterEach(() => void vi.useRealTimers());

describe("setting up", () => {
  it("resumes everything once, together", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("v"), offer("a", "microphone")]);
    expect(consumers.remote.value.map((one) => one.consumerId)).toEqual(["v", "a"]);
    expect(asked).toEqual([["media.resume_consumers", { consumer_ids: ["v", "a"] }]]);
  });

  it("does the same offer once", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("v")]);
    await consumers.add([offer("v")]);
    expect(consumers.remote.value).toHaveLength(1);
  });

  it("goes on when the browser cannot take one of them", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(["bad"]), [offer("bad"), offer("good")]);
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

  it("begins anew on a new transport", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("old")]);
    await consumers.use(transportOf(), [offer("new")]);
    expect(closed).toEqual(["old"]);
    expect(consumers.remote.value.map((one) => one.consumerId)).toEqual(["new"]);
  });
});

describe("what is seen", () => {
  it("is asked for in its size", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("v")]);
    consumers.view("v", {}, 300);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked.at(-1)).toEqual([
      "media.set_layers",
      { consumer_id: "v", spatial: 1, temporal: 2 },
    ]);
  });

  it("is paused when no tile shows it, and resumed with the next one", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("v"), offer("a", "microphone")]);
    const tile = {};
    consumers.view("v", tile, 300);
    await vi.advanceTimersByTimeAsync(2_000);
    consumers.view("v", tile, null);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked.at(-1)).toEqual(["media.pause_consumers", { consumer_ids: ["v"] }]);
    consumers.view("v", {}, 300);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked.at(-1)).toEqual(["media.resume_consumers", { consumer_ids: ["v"] }]);
  });

  it("is not paused by a tile that only moves", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("v")]);
    const tile = {};
    consumers.view("v", tile, 300);
    await vi.advanceTimersByTimeAsync(2_000);
    consumers.view("v", tile, null);
    consumers.view("v", {}, 300);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(names()).not.toContain("media.pause_consumers");
  });

  it("is paused when nobody ever showed it", async () => {
    const consumers = new Consumers(request);
    await consumers.use(transportOf(), [offer("v")]);
    await vi.advanceTimersByTimeAsync(1_600);
    expect(asked.at(-1)).toEqual(["media.pause_consumers", { consumer_ids: ["v"] }]);
  });
});

it("after an absence matches the server's list and tells everything again", async () => {
  const consumers = new Consumers(request);
  await consumers.use(transportOf(), [offer("gone"), offer("kept")]);
  consumers.view("kept", {}, 100);
  await vi.advanceTimersByTimeAsync(200);
  asked.length = 0;
  await consumers.reconcile([offer("kept"), offer("fresh", "microphone")]);
  expect(closed).toEqual(["gone"]);
  expect(consumers.remote.value.map((one) => one.consumerId)).toEqual(["kept", "fresh"]);
  expect(asked).toContainEqual(["media.resume_consumers", { consumer_ids: ["kept", "fresh"] }]);
  expect(names()).toContain("media.set_layers");
});

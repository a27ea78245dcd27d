import type { types } from "mediasoup-client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { failure, success } from "../result";
import type { Refusal } from "../wire/messages";
import type { Request } from "../wire/socket";
import { Producers } from "./producers";

type Track = MediaStreamTrack & { stopped?: boolean };

function trackOf(kind: "audio" | "video"): Track {
  const track = {
    kind,
    readyState: "live",
    enabled: true,
    contentHint: "",
    getSettings: () => ({}),
  };
  return track as unknown as Track;
}

/** A send transport of which the test sees what is published on it. */
function transportOf(name: string) {
  let count = 0;
  const made: { track: Track | null; closed: boolean; id: string; enabledAtStart: boolean }[] = [];
  const transport = {
    id: name,
    closed: false,
    made,
    produce: vi.fn(async ({ track }: { track: Track }) => {
      count += 1;
      const producer = {
        id: `${name}-${count}`,
        track: track as Track | null,
        closed: false,
        enabledAtStart: track.enabled,
        replaceTrack: async (ask: { track: Track | null }) => {
          producer.track = ask.track;
        },
        close: () => {
          producer.closed = true;
        },
        setRtpEncodingParameters: async () => undefined,
      };
      made.push(producer);
      return producer;
    }),
  };
  return transport;
}

const asked: [string, unknown][] = [];
let refusal: Refusal | null = null;

const request = (async (name: string, message: unknown) => {
  asked.push([name, message]);
  return refusal ? failure(refusal) : success({});
}) as unknown as Request;

function use(producers: Producers, transport: ReturnType<typeof transportOf> | null): void {
  producers.use(transport as unknown as types.Transport | null);
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  asked.length = 0;
  refusal = null;
});

const mode = "text" as const;

describe("a lane", () => {
  it("publishes once there is a transport", async () => {
    const producers = new Producers(request);
    const track = trackOf("audio");
    await producers.want("microphone", { track, live: true, mode });
    expect(producers.get("microphone")).toBeNull();
    const transport = transportOf("t");
    use(producers, transport);
    await settled();
    expect(transport.made[0]?.track).toBe(track);
  });

  it("is muted at both ends, and unmuted again", async () => {
    const producers = new Producers(request);
    const transport = transportOf("t");
    use(producers, transport);
    const track = trackOf("audio");
    await producers.want("microphone", { track, live: true, mode });
    await producers.want("microphone", { track, live: false, mode });
    expect(transport.made[0]?.track).toBeNull();
    expect(asked.at(-1)?.[0]).toBe("media.pause_producer");
    await producers.want("microphone", { track, live: true, mode });
    expect(transport.made[0]?.track).toBe(track);
    expect(asked.at(-1)?.[0]).toBe("media.resume_producer");
    expect(transport.made).toHaveLength(1);
  });

  it("sends no sound at all when it is published muted", async () => {
    const producers = new Producers(request);
    const transport = transportOf("t");
    use(producers, transport);
    const track = trackOf("audio");
    await producers.want("microphone", { track, live: false, mode });
    expect(transport.made[0]?.enabledAtStart).toBe(false);
    expect(transport.made[0]?.track).toBeNull();
    expect(track.enabled).toBe(true);
  });

  it("ends where it was sent last, however fast it was changed", async () => {
    const producers = new Producers(request);
    const transport = transportOf("t");
    use(producers, transport);
    const track = trackOf("audio");
    const all = [true, false, true, false].map((live) =>
      producers.want("microphone", { track, live, mode }),
    );
    await Promise.all(all);
    expect(transport.made[0]?.track).toBeNull();
    expect(transport.made).toHaveLength(1);
  });

  it("says again what the server had no time to hear", async () => {
    vi.useFakeTimers();
    const producers = new Producers(request);
    const transport = transportOf("t");
    use(producers, transport);
    const track = trackOf("audio");
    await producers.want("microphone", { track, live: true, mode });
    refusal = { code: "rate.limited", params: { retry_ms: 400 } };
    await producers.want("microphone", { track, live: false, mode });
    expect(transport.made[0]?.track).toBeNull();
    refusal = null;
    asked.length = 0;
    await vi.advanceTimersByTimeAsync(399);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);
    expect(asked).toEqual([["media.pause_producer", { producer_id: "t-1" }]]);
    expect(producers.get("microphone")).not.toBeNull();
    vi.useRealTimers();
  });

  it("switches the device without publishing anew", async () => {
    const producers = new Producers(request);
    const transport = transportOf("t");
    use(producers, transport);
    await producers.want("camera", { track: trackOf("video"), live: true, mode });
    const other = trackOf("video");
    await producers.want("camera", { track: other, live: true, mode });
    expect(transport.made).toHaveLength(1);
    expect(transport.made[0]?.track).toBe(other);
  });

  it("publishes again on a new transport", async () => {
    const producers = new Producers(request);
    const first = transportOf("one");
    const second = transportOf("two");
    use(producers, first);
    const track = trackOf("video");
    await producers.want("camera", { track, live: true, mode });
    first.closed = true;
    use(producers, null);
    use(producers, second);
    await settled();
    expect(second.made[0]?.track).toBe(track);
    expect(producers.get("camera")?.id).toBe("two-1");
  });

  it("closes what is no longer wanted", async () => {
    const producers = new Producers(request);
    const transport = transportOf("t");
    use(producers, transport);
    await producers.want("screen", { track: trackOf("video"), live: true, mode });
    await producers.want("screen", null);
    expect(transport.made[0]?.closed).toBe(true);
    expect(asked.at(-1)).toEqual(["media.close_producer", { producer_id: "t-1" }]);
  });

  it("tells a new mode of the screen", async () => {
    const producers = new Producers(request);
    use(producers, transportOf("t"));
    const track = trackOf("video");
    await producers.want("screen", { track, live: true, mode: "text" });
    expect(track.contentHint).toBe("detail");
    await producers.want("screen", { track, live: true, mode: "motion" });
    expect(track.contentHint).toBe("motion");
    expect(asked.at(-1)?.[0]).toBe("media.set_share_mode");
  });
});

describe("a refusal", () => {
  it("of the network passes: the lane says so and tries again later", async () => {
    const producers = new Producers(request);
    const transport = transportOf("t");
    use(producers, transport);
    const track = trackOf("audio");
    await producers.want("microphone", { track, live: true, mode });
    refusal = { code: "wire.away", params: {} };
    const answer = await producers.want("microphone", { track, live: false, mode });
    expect(answer).toMatchObject({ ok: false, error: { code: "wire.away" } });
    expect(transport.made[0]?.track).toBeNull();
    refusal = null;
    use(producers, transport);
    await settled();
    expect(asked.at(-1)?.[0]).toBe("media.pause_producer");
  });

  it("of the server ends the source", async () => {
    const producers = new Producers(request);
    const transport = transportOf("t");
    use(producers, transport);
    const track = trackOf("video");
    await producers.want("screen", { track, live: true, mode: "text" });
    refusal = { code: "right.missing", params: {} };
    const answer = await producers.want("screen", { track, live: true, mode: "motion" });
    expect(answer.ok).toBe(false);
    expect(producers.get("screen")).toBeNull();
  });

  it("because the server lost the producer publishes again", async () => {
    const producers = new Producers(request);
    const transport = transportOf("t");
    use(producers, transport);
    const track = trackOf("audio");
    await producers.want("microphone", { track, live: true, mode });
    refusal = { code: "producer.unknown", params: {} };
    await producers.want("microphone", { track, live: false, mode });
    expect(transport.made).toHaveLength(2);
  });
});

it("after an absence drops what the server no longer has and closes what it should not have", async () => {
  const producers = new Producers(request);
  const transport = transportOf("t");
  use(producers, transport);
  const track = trackOf("audio");
  await producers.want("microphone", { track, live: true, mode });
  const media = {
    microphone: "off",
    camera: "live",
    screen: "off",
    screen_audio: "off",
    screen_mode: "text",
  } as const;
  producers.reconcile({ camera: "stray" }, media);
  await settled();
  expect(transport.made).toHaveLength(2);
  expect(asked).toContainEqual(["media.close_producer", { producer_id: "stray" }]);
});

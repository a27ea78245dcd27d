import type { types } from "mediasoup-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failure, success } from "../result";
import type { Refusal } from "../wire/messages";
import type { Request } from "../wire/socket";
import { accepted } from "./answer";
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
  const made: Made[] = [];
  const transport = {
    id: name,
    closed: false,
    made,
    produce: vi.fn(async ({ track, codec: asked, appData }: Produce) => {
      const codec = asked?.mimeType ?? null;
      if (codec === unusable) throw new TypeError("no matching codec found");
      if (produceRefusal) await accepted(Promise.resolve(failure(produceRefusal)));
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
        getStats: async () => new Map([["out", { type: "outbound-rtp", framesSent }]]),
        codec,
        appData,
      };
      made.push(producer);
      return producer;
    }),
  };
  return transport;
}

interface Produce {
  track: Track;
  codec?: { mimeType: string };
  appData: { replaces: string | null };
}

interface Made {
  track: Track | null;
  closed: boolean;
  id: string;
  enabledAtStart: boolean;
  codec: string | null;
  appData: Produce["appData"];
}

const asked: [string, unknown][] = [];
let refusal: Refusal | null = null;
let produceRefusal: Refusal | null = null;
/** A codec the library does not find. */
let unusable = "";
let framesSent = 1;

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
  produceRefusal = null;
  unusable = "";
  framesSent = 1;
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

  it("is muted while it is held, whatever is wanted, and goes on after", async () => {
    const producers = new Producers(request);
    const transport = transportOf("t");
    use(producers, transport);
    const track = trackOf("video");
    await producers.want("camera", { track, live: true, mode });
    producers.hold("camera", true);
    await settled();
    expect(transport.made[0]?.track).toBeNull();
    expect(asked.at(-1)?.[0]).toBe("media.pause_producer");
    await producers.want("camera", { track, live: true, mode });
    expect(transport.made[0]?.track).toBeNull();
    producers.hold("camera", false);
    await settled();
    expect(transport.made[0]?.track).toBe(track);
    expect(asked.at(-1)?.[0]).toBe("media.resume_producer");
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

describe("the codec of a screen", () => {
  const ALL = ["video/AV1", "video/VP9", "video/VP8"];
  const VP8 = ["video/VP8"];
  const first = async (allowed: readonly string[]) => allowed[0] ?? "video/VP8";

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A share in AV1, as everybody in the room can show it. */
  async function shared() {
    const producers = new Producers(request, first);
    const transport = transportOf("t");
    producers.allowScreens(ALL);
    use(producers, transport);
    await producers.want("screen", { track: trackOf("video"), live: true, mode });
    return { producers, transport };
  }

  it("is the first that everybody can show; cameras have none of their own", async () => {
    const { producers, transport } = await shared();
    await producers.want("camera", { track: trackOf("video"), live: true, mode });
    expect(transport.made.map((one) => one.codec)).toEqual(["video/AV1", null]);
  });

  it("changes when somebody cannot show it, and the old one stays until the new is seen", async () => {
    const { producers, transport } = await shared();
    framesSent = 0;
    producers.allowScreens(VP8);
    await vi.advanceTimersByTimeAsync(1_000);
    const [old, fresh] = transport.made;
    expect(fresh).toMatchObject({ codec: "video/VP8", track: old?.track });
    expect(fresh?.appData.replaces).toBe(old?.id);
    expect(producers.get("screen")?.id).toBe(fresh?.id);
    expect(old?.closed).toBe(false);
    framesSent = 3;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(old?.closed).toBe(true);
    expect(asked).toEqual([["media.close_producer", { producer_id: old?.id }]]);
    expect(fresh?.closed).toBe(false);
  });

  it("stays when a better one may be used again", async () => {
    const { producers, transport } = await shared();
    producers.allowScreens(VP8);
    await vi.advanceTimersByTimeAsync(5_000);
    producers.allowScreens(ALL);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(transport.made).toHaveLength(2);
  });

  it("is another when the library does not find the first", async () => {
    unusable = "video/AV1";
    const { transport } = await shared();
    expect(transport.made.map((one) => one.codec)).toEqual(["video/VP9"]);
  });

  it("ends with both of them when the share ends in between", async () => {
    const { producers, transport } = await shared();
    framesSent = 0;
    producers.allowScreens(VP8);
    await vi.advanceTimersByTimeAsync(1_000);
    await producers.want("screen", null);
    expect(transport.made.map((one) => one.closed)).toEqual([true, true]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual([["media.close_producer", { producer_id: "t-2" }]]);
  });

  it("waits for no frame for ever: a hidden page sends none", async () => {
    const { producers, transport } = await shared();
    framesSent = 0;
    producers.allowScreens(VP8);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(transport.made.map((one) => one.closed)).toEqual([true, false]);
  });

  it("is published anew when the server will not replace it", async () => {
    const { producers, transport } = await shared();
    produceRefusal = { code: "producer.limit", params: {} };
    producers.allowScreens(VP8);
    await vi.advanceTimersByTimeAsync(0);
    produceRefusal = null;
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([["media.close_producer", { producer_id: "t-1" }]]);
    await producers.want("screen", { track: trackOf("video"), live: true, mode });
    expect(transport.made.at(-1)).toMatchObject({ codec: "video/VP8", closed: false });
    expect(transport.made.at(-1)?.appData.replaces).toBeNull();
  });

  it("closes the old one later when the server has no time", async () => {
    const { producers, transport } = await shared();
    producers.allowScreens(VP8);
    await vi.advanceTimersByTimeAsync(1_000);
    refusal = { code: "wire.away", params: {} };
    await vi.advanceTimersByTimeAsync(2_000);
    refusal = null;
    await vi.advanceTimersByTimeAsync(1_000);
    const closing = asked.filter(([name]) => name === "media.close_producer");
    expect(closing.length).toBeGreaterThan(1);
    expect(transport.made.map((one) => one.closed)).toEqual([true, false]);
  });
});

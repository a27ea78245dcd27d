import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failure, type Result, success } from "../result";
import type { MediaState, Refusal, Welcome } from "../wire/messages";
import type { Link, Wire } from "../wire/socket";

/** Transports whose state the test sets; everything else of mediasoup-client is left out. */
const made: TestTransport[] = [];

class TestTransport {
  closed = false;
  connectionState = "new";
  listeners = new Map<string, (() => void)[]>();
  restarts = 0;
  constructor(readonly id: string) {
    made.push(this);
  }
  on(event: string, listener: () => void) {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }
  become(state: string) {
    this.connectionState = state;
    for (const listener of this.listeners.get("connectionstatechange") ?? []) listener();
  }
  async restartIce() {
    this.restarts += 1;
  }
  close() {
    this.closed = true;
  }
  async getStats() {
    return new Map();
  }
}

const device = {
  createSendTransport: ({ id }: { id: string }) => new TestTransport(id),
  createRecvTransport: ({ id }: { id: string }) => new TestTransport(id),
};
const loadDevice = vi.fn(async () => device);

vi.mock("./device", () => ({
  loadDevice: () => loadDevice(),
  receiveCapabilities: () => ({ codecs: [] }),
}));

const aheads: { settled: (string | null)[] }[] = [];

vi.mock("./ahead", () => ({
  Ahead: class {
    settled: (string | null)[] = [];
    constructor() {
      aheads.push(this);
    }
    offer = (track: unknown, live: boolean) => [{ track, paused: !live }];
    settle = async (id: string | null) => {
      this.settled.push(id);
      return null;
    };
  },
}));

const { Call } = await import("./call");

type Answer = Result<unknown, Refusal>;

function setUp(answer: (name: string) => Answer | undefined = () => undefined) {
  const asked: string[] = [];
  const listeners = new Map<string, (notice: unknown) => void>();
  const wire = {
    link: signal<Link>("up"),
    renewals: 0,
    on: (name: string, listener: (notice: unknown) => void) => void listeners.set(name, listener),
    request: async (name: string) => {
      asked.push(name);
      const given = answer(name);
      if (given) return given;
      if (name === "media.join") return success(media(`e${asked.length}`));
      return success({ ice_parameters: {} });
    },
    renew() {
      wire.renewals += 1;
    },
  };
  const call = new Call(wire as unknown as Wire, Promise.resolve({}));
  return { call, wire, asked, notice: (name: string) => listeners.get(name)?.({}) };
}

function media(epoch: string) {
  const transport = (direction: string) => ({
    transport_id: `${epoch}-${direction}`,
    direction,
    ice_parameters: {},
    ice_candidates: [],
    dtls_parameters: {},
  });
  return {
    epoch,
    send: transport("send"),
    receive: transport("receive"),
    ice_servers: [],
    screen_codecs: ["video/VP8"],
    consumers: [],
  };
}

function welcome(over: object): Welcome {
  return { media: null, kept_media: null, media_error: null, ...over } as Welcome;
}

const OWN: MediaState = {
  microphone: "off",
  camera: "off",
  screen: "off",
  screen_audio: "off",
  screen_mode: "text",
};

beforeEach(() => {
  made.length = 0;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe("before joining", () => {
  const granted = (name: string) => (name === "media.prepare" ? success(media("p")) : undefined);

  async function prepared() {
    aheads.length = 0;
    const all = setUp(granted);
    expect(await all.call.prepare()).toBe(true);
    expect(await all.call.prepare()).toBe(true);
    expect(all.asked).toEqual(["media.prepare"]);
    return all;
  }

  it("makes both paths, and keeps them with the welcome", async () => {
    const { call, asked } = await prepared();
    expect(await call.capabilities()).toBeNull();
    expect(call.offer(null, false).produce).toHaveLength(1);
    expect(call.offer(null, false).pictures).toBe(4);
    const kept = { epoch: "p", consumers: [], producers: { microphone: "m" }, screen_codecs: [] };
    await call.welcomed(welcome({ kept_media: kept }), OWN);
    expect(aheads[0]?.settled).toEqual(["m"]);
    expect(made.every((transport) => !transport.closed)).toBe(true);
    expect(asked).toEqual(["media.prepare"]);
    expect(call.offer(null, false)).toEqual({});
  });

  it("begins anew when the server has lost them", async () => {
    const { call, asked } = await prepared();
    await call.welcomed(welcome({}), OWN);
    expect(aheads[0]?.settled).toEqual([null]);
    expect(asked).toEqual(["media.prepare", "media.join"]);
  });

  it("does not heal what nobody uses yet", async () => {
    const { asked } = await prepared();
    made[0]?.become("failed");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual(["media.prepare"]);
  });

  it("comes too late for somebody who joins already", async () => {
    const { call } = setUp(granted);
    const ready = call.prepare();
    expect(await call.capabilities()).not.toBeNull();
    expect(await ready).toBe(false);
    expect(call.transports.epoch).toBeNull();
  });

  it("is refused where it has no point", async () => {
    const { call } = setUp(() => failure({ code: "lobby.waiting", params: {} }));
    expect(await call.prepare()).toBe(false);
  });
});

describe("joining", () => {
  it("sets up what the welcome brings, and then asks for nothing anew", async () => {
    const { call, asked } = setUp();
    expect(await call.capabilities()).toEqual({ codecs: [] });
    await call.welcomed(welcome({ media: media("e") }), OWN);
    expect(call.transports.epoch).toBe("e");
    expect(await call.capabilities()).toBeNull();
    expect(asked).toEqual([]);
  });

  it("asks until the media process is there", async () => {
    let left = 3;
    const { call, asked } = setUp((name) => {
      if (name !== "media.join" || left === 0) return undefined;
      left -= 1;
      return failure({ code: "media.unavailable", params: {} });
    });
    const done = call.welcomed(welcome({}), OWN);
    await vi.advanceTimersByTimeAsync(2_000);
    await done;
    expect(asked).toHaveLength(4);
    expect(call.rejoining.value).toBe(false);
    expect(call.transports.epoch).not.toBeNull();
  });

  it("stops at a refusal that stays, says it, and tries again when asked to", async () => {
    let refusing = true;
    const refusal = { code: "rtp.parameters", params: {} };
    const { call, asked } = setUp(() => (refusing ? failure(refusal) : undefined));
    await call.welcomed(welcome({}), OWN);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(asked).toEqual(["media.join"]);
    expect(call.refused.value).toEqual(refusal);
    expect(call.rejoining.value).toBe(false);
    refusing = false;
    await call.rejoin();
    expect(call.refused.value).toBeNull();
    expect(call.transports.epoch).not.toBeNull();
  });

  it("asks for nothing where the browser cannot carry sound and picture", async () => {
    loadDevice.mockRejectedValueOnce(new Error("no such codec"));
    const { call, asked, notice } = setUp();
    notice("media.reset");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toEqual([]);
    expect(call.unsupported.value).toBe(true);
    expect(call.rejoining.value).toBe(false);
  });

  it("leaves it to the next connection when this one is gone", async () => {
    const { call, asked } = setUp(() => failure({ code: "wire.away", params: {} }));
    await call.welcomed(welcome({}), OWN);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toEqual(["media.join"]);
  });
});

describe("coming back", () => {
  it("keeps the paths of the same epoch", async () => {
    const { call, asked } = setUp();
    await call.welcomed(welcome({ media: media("e") }), OWN);
    const kept = { epoch: "e", consumers: [], producers: {} };
    await call.welcomed(welcome({ kept_media: kept }), OWN);
    expect(made).toHaveLength(2);
    expect(asked).toEqual([]);
  });

  it("begins anew in another epoch, and when nothing was kept", async () => {
    const { call, asked } = setUp();
    await call.welcomed(welcome({ media: media("e") }), OWN);
    const kept = { epoch: "other", consumers: [], producers: {} };
    await call.welcomed(welcome({ kept_media: kept }), OWN);
    await call.welcomed(welcome({}), OWN);
    expect(asked).toEqual(["media.join", "media.join"]);
    expect(made).toHaveLength(6);
    expect(made.slice(0, 4).every((one) => one.closed)).toBe(true);
  });

  it("begins anew when the media process was replaced", async () => {
    const { call, asked, notice } = setUp();
    await call.welcomed(welcome({ media: media("e") }), OWN);
    notice("media.reset");
    await vi.advanceTimersByTimeAsync(10);
    expect(asked).toEqual(["media.join"]);
    expect(call.transports.epoch).not.toBe("e");
  });
});

describe("a broken path", () => {
  async function broken(answer?: (name: string) => Answer | undefined) {
    const all = setUp(answer);
    await all.call.welcomed(welcome({ media: media("e") }), OWN);
    for (const one of made) one.become("connected");
    made[0]?.become("disconnected");
    return all;
  }

  it("is left alone when it heals at once", async () => {
    const { asked } = await broken();
    made[0]?.become("connected");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toEqual([]);
  });

  it("gets new credentials, both ways at once", async () => {
    const { asked } = await broken();
    await vi.advanceTimersByTimeAsync(500);
    expect(asked).toEqual(["media.restart_ice", "media.restart_ice"]);
    expect(made.map((one) => one.restarts)).toEqual([1, 1]);
    made[0]?.become("connected");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toHaveLength(2);
  });

  it("is replaced when that does not help within three seconds", async () => {
    const { asked, call } = await broken();
    await vi.advanceTimersByTimeAsync(3_500);
    expect(asked.at(-1)).toBe("media.join");
    expect(call.transports.epoch).not.toBe("e");
  });

  it("is replaced at once when the server does not know it", async () => {
    const unknown = failure({ code: "transport.unknown", params: {} });
    const { asked } = await broken((name) => (name === "media.restart_ice" ? unknown : undefined));
    await vi.advanceTimersByTimeAsync(500);
    expect(asked.at(-1)).toBe("media.join");
  });

  it("takes the socket for dead when it does not answer either", async () => {
    const silent = failure({ code: "wire.timeout", params: {} });
    const { wire } = await broken(() => silent);
    await vi.advanceTimersByTimeAsync(500);
    expect(wire.renewals).toBe(1);
  });

  it("is called obstructed when nothing helps for long, until it works", async () => {
    const { call } = setUp();
    await call.welcomed(welcome({ media: media("e") }), OWN);
    made[0]?.become("failed");
    await vi.advanceTimersByTimeAsync(14_000);
    expect(call.obstructed.value).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(call.obstructed.value).toBe(true);
    for (const transport of made.slice(-2)) transport.become("connected");
    expect(call.obstructed.value).toBe(false);
  });

  it("waits for the socket when that is away", async () => {
    const { wire, asked } = await broken();
    wire.link.value = "down";
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toEqual([]);
  });
});

it("does nothing more once it is closed", async () => {
  const { call, asked, notice } = setUp();
  await call.welcomed(welcome({ media: media("e") }), OWN);
  call.close();
  notice("media.reset");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toEqual([]);
  expect(made.every((one) => one.closed)).toBe(true);
});

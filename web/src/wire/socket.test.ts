import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Handshake } from "./messages";
import type { Line, Plug } from "./plug";
import { Wire } from "./socket";

type Listener = (...args: unknown[]) => void;

/** A socket that does only what the test tells it to. */
class TestPlug implements Plug {
  active = true;
  connected = false;
  line: Line = { isLate: false, onAlone: null, brace: () => undefined };
  connects = 0;
  sent: { event: string; message: unknown; name: string; answer: Listener }[] = [];
  listeners = new Map<string, Listener[]>();
  constructor(readonly auth: () => Handshake) {}
  connect() {
    this.connects += 1;
  }
  disconnect() {
    const was = this.connected;
    this.connected = false;
    if (was) this.fire("disconnect", "io client disconnect");
  }
  on(event: string, listener: (...args: never[]) => void) {
    const known = this.listeners.get(event) ?? [];
    this.listeners.set(event, [...known, listener as Listener]);
  }
  emit(event: string, ...args: unknown[]) {
    const name = args.length > 2 ? String(args[1]) : "";
    this.sent.push({ event, message: args[0], name, answer: args.at(-1) as Listener });
  }
  fire(event: string, ...args: unknown[]) {
    if (event === "connect") this.connected = true;
    if (event === "disconnect") this.connected = false;
    for (const listener of this.listeners.get(event) ?? []) listener(...args);
  }
}

function setUp() {
  let plug: TestPlug | undefined;
  const wire = new Wire({ seat: "token", tab: "tab" }, (auth) => {
    plug = new TestPlug(auth);
    return plug;
  });
  if (!plug) throw new Error("no plug was made");
  return { wire, plug };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("requests", () => {
  it("answers with the data", async () => {
    const { wire, plug } = setUp();
    wire.open();
    plug.fire("connect");
    const answer = wire.request("chat.post", { text: "hi", client_id: "c" });
    expect(plug.sent[0]).toMatchObject({ event: "chat.post", message: { text: "hi" } });
    plug.sent[0]?.answer({ ok: true, data: { id: "m" } });
    expect(await answer).toEqual({ ok: true, value: { id: "m" } });
  });

  it("answers with the refusal", async () => {
    const { wire, plug } = setUp();
    plug.fire("connect");
    const answer = wire.request("room.end", {});
    plug.sent[0]?.answer({ ok: false, error: { code: "right.missing", params: {} } });
    expect(await answer).toEqual({ ok: false, error: { code: "right.missing", params: {} } });
  });

  it("gives up after a time, and at once without a connection", async () => {
    const { wire, plug } = setUp();
    expect(await wire.request("room.sync", {})).toMatchObject({ error: { code: "wire.away" } });
    plug.fire("connect");
    const answer = wire.request("room.sync", {}, 500);
    vi.advanceTimersByTime(501);
    expect(await answer).toMatchObject({ error: { code: "wire.timeout" } });
  });
});

describe("requests over a bad line", () => {
  it("waits longer while the line is late, but not for ever", async () => {
    const { wire, plug } = setUp();
    plug.fire("connect");
    plug.line = { ...plug.line, isLate: true };
    const slow = wire.request("room.sync", {}, 500);
    const never = wire.request("room.end", {}, 500);
    vi.advanceTimersByTime(15_000);
    plug.sent[0]?.answer({ ok: true, data: {} });
    expect(await slow).toMatchObject({ ok: true });
    vi.advanceTimersByTime(6_000);
    expect(await never).toMatchObject({ error: { code: "wire.timeout" } });
  });

  it("asks again under the same name on the next connection, when the seat is taken", async () => {
    const { wire, plug } = setUp();
    plug.fire("connect");
    const answer = wire.request("chat.post", { text: "hi", client_id: "c" });
    void wire.request("room.sync", {});
    plug.fire("disconnect", "transport close");
    plug.fire("connect");
    expect(plug.sent).toHaveLength(2);
    void wire.request("room.join", { rtp_capabilities: null });
    const inTime = wire.request("room.end", {});
    plug.sent[2]?.answer({ ok: true, data: {} });
    const [first, sync, , end, again, more] = plug.sent;
    expect(again).toMatchObject({ event: "chat.post", name: first?.name });
    expect(first?.name).toMatch(/^[a-z0-9]+-1$/);
    expect([sync?.name, end?.name]).toEqual(["", expect.stringMatching(/-4$/)]);
    expect(more).toBeUndefined();
    again?.answer({ ok: true, data: { id: "m" } });
    first?.answer({ ok: true, data: { id: "other" } });
    expect(await answer).toEqual({ ok: true, value: { id: "m" } });
    end?.answer({ ok: true, data: {} });
    expect(await inTime).toMatchObject({ ok: true });
  });
});

describe("the link", () => {
  it("is down while nothing is open, although nothing is lost yet", () => {
    const { wire, plug } = setUp();
    wire.open();
    plug.fire("connect");
    plug.line.onAlone?.(true);
    expect(wire.link.value).toBe("down");
    plug.line.onAlone?.(false);
    expect(wire.link.value).toBe("up");
    wire.close();
    plug.line.onAlone?.(true);
    expect(wire.link.value).toBe("closed");
  });

  it("is up after each connection and says so", () => {
    const { wire, plug } = setUp();
    const up = vi.fn();
    wire.onUp(up);
    wire.open();
    expect(wire.link.value).toBe("connecting");
    plug.fire("connect");
    plug.fire("disconnect", "transport close");
    expect(wire.link.value).toBe("down");
    plug.fire("connect");
    expect(up).toHaveBeenCalledTimes(2);
  });

  it("returns by itself when the server hung up, after the time the server named", () => {
    const { wire, plug } = setUp();
    wire.open();
    plug.fire("connect");
    plug.fire("server.closing", { retry_ms: 2000 });
    plug.fire("disconnect", "io server disconnect");
    vi.advanceTimersByTime(1999);
    expect(plug.connects).toBe(1);
    vi.advanceTimersByTime(2);
    expect(plug.connects).toBe(2);
  });

  it("stays away when the seat is refused, and can take the seat over", () => {
    const { wire, plug } = setUp();
    const refused = vi.fn();
    wire.onRefused(refused);
    wire.open();
    plug.active = false;
    plug.fire("connect_error", { data: { code: "seat.taken", params: {} } });
    vi.advanceTimersByTime(10_000);
    expect(wire.link.value).toBe("refused");
    expect(refused).toHaveBeenCalledWith({ code: "seat.taken", params: {} });
    expect(plug.connects).toBe(1);
    wire.open(true);
    expect(plug.auth()).toEqual({ seat: "token", tab: "tab", takeover: true });
    plug.fire("connect");
    expect(plug.auth().takeover).toBe(false);
  });

  it("comes back after a refusal of the moment, when the server says", () => {
    const { wire, plug } = setUp();
    const refused = vi.fn();
    wire.onRefused(refused);
    wire.open();
    plug.active = false;
    plug.fire("connect_error", { data: { code: "rate.limited", params: { retry_ms: 700 } } });
    vi.advanceTimersByTime(699);
    expect(plug.connects).toBe(1);
    vi.advanceTimersByTime(2);
    expect(plug.connects).toBe(2);
    expect(refused).not.toHaveBeenCalled();
  });

  it("leaves a lost network to the library and tries again after an unnamed error", () => {
    const { wire, plug } = setUp();
    wire.open();
    plug.fire("connect_error", new Error("xhr poll error"));
    expect(wire.link.value).toBe("connecting");
    plug.active = false;
    plug.fire("connect_error", new Error("strange"));
    vi.advanceTimersByTime(1_001);
    expect(plug.connects).toBe(2);
  });

  it("renews a connection that seems dead", () => {
    const { wire, plug } = setUp();
    wire.open();
    plug.fire("connect");
    wire.renew();
    expect(wire.link.value).toBe("down");
    expect(plug.connects).toBe(2);
  });

  it("does not come back once it was closed", () => {
    const { wire, plug } = setUp();
    wire.open();
    plug.fire("connect");
    wire.close();
    plug.fire("disconnect", "io server disconnect");
    vi.advanceTimersByTime(5_000);
    expect(plug.connects).toBe(1);
    expect(wire.link.value).toBe("closed");
  });
});

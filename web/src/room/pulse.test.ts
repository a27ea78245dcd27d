import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Link, Wire } from "../wire/socket";
import { Pulse } from "./pulse";

class WireTwin {
  readonly link = signal<Link>("up");
  readonly renew = vi.fn();
  readonly listeners = new Map<string, () => void>();
  answer: unknown = { ok: true, value: {} };
  readonly request = vi.fn(
    (_name: string, _message: unknown, _ms: number) =>
      new Promise((resolve) => setTimeout(() => resolve(this.answer), 1)),
  );
  on(name: string, listener: () => void): void {
    this.listeners.set(name, listener);
  }
}

const LATE = { ok: false, error: { code: "wire.timeout", params: {} } };
let wire: WireTwin;
let pulse: Pulse;
let events: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  events = new EventTarget();
  vi.stubGlobal("addEventListener", events.addEventListener.bind(events));
  vi.stubGlobal("removeEventListener", events.removeEventListener.bind(events));
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  wire = new WireTwin();
  pulse = new Pulse(wire as unknown as Wire);
  pulse.start();
});

afterEach(() => {
  pulse.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The next question gets no answer in time. */
function goSilent() {
  wire.request.mockImplementation(
    (_name, _message, ms) => new Promise((resolve) => setTimeout(() => resolve(LATE), ms)),
  );
}

describe("the pulse", () => {
  it("leaves a connection alone that answers", async () => {
    await vi.advanceTimersByTimeAsync(30_000);
    expect(wire.request.mock.calls.length).toBeGreaterThan(5);
    expect(wire.renew).not.toHaveBeenCalled();
  });

  it("renews a connection on which nothing arrives, within seven seconds", async () => {
    goSilent();
    await vi.advanceTimersByTimeAsync(7_000);
    expect(wire.renew).toHaveBeenCalledOnce();
  });

  it.each(["room.events", "room.aside", "media.speakers"])(
    "takes %s for a sign of life",
    async (sign) => {
      goSilent();
      const talk = setInterval(() => wire.listeners.get(sign)?.(), 1_000);
      await vi.advanceTimersByTimeAsync(30_000);
      expect(wire.renew).not.toHaveBeenCalled();
      clearInterval(talk);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(wire.renew).toHaveBeenCalled();
    },
  );

  it("minds no other refusal", async () => {
    wire.answer = { ok: false, error: { code: "rate.limited", params: {} } };
    await vi.advanceTimersByTimeAsync(10_000);
    expect(wire.renew).not.toHaveBeenCalled();
  });

  it("asks at once when the network is back, and connects when nothing is", async () => {
    events.dispatchEvent(new Event("offline"));
    expect(pulse.online.value).toBe(false);
    events.dispatchEvent(new Event("online"));
    expect(pulse.online.value).toBe(true);
    expect(wire.request).toHaveBeenCalledOnce();
    wire.link.value = "down";
    events.dispatchEvent(new Event("online"));
    expect(wire.renew).toHaveBeenCalledOnce();
  });

  it("is over when it was stopped", async () => {
    pulse.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(wire.request).not.toHaveBeenCalled();
  });
});

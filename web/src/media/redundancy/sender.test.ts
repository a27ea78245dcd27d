import { afterEach, beforeEach, expect, it, vi } from "vitest";

class TestWorker {
  static made: TestWorker[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  ended = false;
  readonly told: unknown[] = [];
  constructor() {
    TestWorker.made.push(this);
  }
  postMessage(message: unknown) {
    this.told.push(message);
  }
  terminate() {
    this.ended = true;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  TestWorker.made = [];
  vi.stubGlobal("Worker", TestWorker);
  vi.stubGlobal("RTCRtpScriptTransform", class {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function begun() {
  const { soundPacker } = await import("./sender");
  const packer = soundPacker();
  return { packer, soundPacker, worker: TestWorker.made[0] };
}

it("is there when the worker says so, and is started once", async () => {
  const { packer, soundPacker, worker } = await begun();
  worker?.onmessage?.({ data: "ready" });
  const found = await packer;
  expect(worker?.told).toEqual([{ depth: 1 }]);
  const sender = { transform: null } as unknown as RTCRtpSender;
  found?.attach(sender);
  expect(sender.transform).not.toBeNull();
  found?.setDepth(17);
  expect(worker?.told.at(-1)).toEqual({ depth: 17 });
  expect(await soundPacker()).toBe(found);
  expect(TestWorker.made).toHaveLength(1);
});

it("is done without when the worker does not start in two seconds", async () => {
  const { packer, worker } = await begun();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await packer).toBeNull();
  expect(worker?.ended).toBe(true);
});

it("is done without when the worker cannot be loaded", async () => {
  const { packer, worker } = await begun();
  worker?.onerror?.();
  expect(await packer).toBeNull();
});

it("notices that the worker ended in the middle of a call, and does without from then on", async () => {
  const { packer, soundPacker, worker } = await begun();
  worker?.onmessage?.({ data: "ready" });
  const found = await packer;
  const gone = vi.fn();
  void found?.gone.then(gone);
  found?.attach({ transform: null } as unknown as RTCRtpSender);
  for (let second = 0; second < 10; second += 1) {
    await vi.advanceTimersByTimeAsync(1_000);
    expect(worker?.told.at(-1)).toBe("there?");
    worker?.onmessage?.({ data: "here" });
  }
  expect(gone).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(gone).toHaveBeenCalled();
  expect(worker?.ended).toBe(true);
  expect(await soundPacker()).toBeNull();
  const asked = worker?.told.length;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(worker?.told).toHaveLength(asked ?? -1);
});

it("is done without where the browser has no such transforms", async () => {
  vi.stubGlobal("RTCRtpScriptTransform", undefined);
  const { packer, worker } = await begun();
  expect(await packer).toBeNull();
  expect(worker).toBeUndefined();
});

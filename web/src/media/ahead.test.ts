import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Produce } from "../wire/messages";

vi.mock("./producers", () => ({ packerFor: async () => null }));

const { Ahead } = await import("./ahead");

const context = { closed: 0, stopped: 0 };

/** A send path that negotiates at once and then asks for an id, as the library does. */
function paths() {
  const replaced: (string | null)[] = [];
  const consumed: { rtpParameters: { mid: string; codecs: unknown[] } }[] = [];
  const send = {
    async produce({ onRtpSender, appData }: { onRtpSender: unknown; appData: unknown }) {
      const sender = {
        replaceTrack: async (track: { id: string } | null) => void replaced.push(track?.id ?? null),
      };
      (onRtpSender as (one: unknown) => void)(sender);
      const hold = (appData as { hold: (message: Produce) => Promise<string> }).hold;
      const id = await hold({ source: "microphone", paused: false } as Produce);
      return { id };
    },
  };
  const receive = {
    consume: async (options: (typeof consumed)[number]) => void consumed.push(options),
  };
  const opus = { kind: "audio", mimeType: "audio/opus", preferredPayloadType: 100 };
  const red = { kind: "audio", mimeType: "audio/red", preferredPayloadType: 109 };
  const device = { recvRtpCapabilities: { codecs: [opus, red], headerExtensions: [] } };
  const ahead = new Ahead(device as never, send as never, receive as never);
  return { ahead, replaced, consumed };
}

const track = (id: string, readyState = "live") => ({ id, readyState }) as MediaStreamTrack;
const ready = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  Object.assign(context, { closed: 0, stopped: 0 });
  vi.stubGlobal(
    "AudioContext",
    class {
      createMediaStreamDestination = () => ({
        stream: { getAudioTracks: () => [{ stop: () => void context.stopped++ }] },
      });
      close = async () => void context.closed++;
    },
  );
});

describe("before the click", () => {
  it("sends nothing, and receives nobody", async () => {
    const { replaced, consumed } = paths();
    await ready();
    expect(replaced).toEqual([null]);
    expect(consumed[0]?.rtpParameters).toMatchObject({ mid: "ahead", encodings: [{ ssrc: 1 }] });
    expect(consumed[0]?.rtpParameters.codecs).toHaveLength(1);
  });

  it("offers nothing before the path is there", () => {
    expect(paths().ahead.offer(track("voice"), true)).toEqual([]);
  });
});

describe("with the click", () => {
  it("sends the voice and has its producer with the answer", async () => {
    const { ahead, replaced } = paths();
    await ready();
    expect(ahead.offer(track("voice"), true)).toEqual([{ source: "microphone", paused: false }]);
    expect(replaced).toEqual([null, "voice"]);
    expect(await ahead.settle("p1")).toEqual({ id: "p1" });
    expect(context).toEqual({ closed: 1, stopped: 1 });
  });

  it("sends nothing of somebody who comes in muted, or without a microphone", async () => {
    const { ahead, replaced } = paths();
    await ready();
    expect(ahead.offer(track("voice"), false)).toMatchObject([{ paused: true }]);
    expect(ahead.offer(null, false)).toEqual([]);
    expect(ahead.offer(track("gone", "ended"), true)).toEqual([]);
    expect(replaced).toEqual([null]);
  });

  it("has no producer when the server has none, also when the path comes later", async () => {
    const late = paths().ahead.settle(null);
    expect(await late).toBeNull();
    const { ahead } = paths();
    await ready();
    expect(await ahead.settle(null)).toBeNull();
    expect(context.closed).toBe(2);
  });
});

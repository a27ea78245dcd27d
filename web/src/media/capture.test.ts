import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openBoth, openCamera, openMicrophone } from "./capture";

interface Asked {
  audio?: MediaTrackConstraints;
  video?: MediaTrackConstraints;
}

const asked: Asked[] = [];
let present: string[] = [];
let refusing: string | null = null;

const nameOf = (one?: MediaTrackConstraints) =>
  one && ((one.deviceId as { exact?: string } | undefined)?.exact ?? "default");

/** Gives a track per kind asked for, named by its device; refuses as a browser does. */
async function getUserMedia(constraints: Asked) {
  asked.push(constraints);
  if (refusing) throw new DOMException("no", refusing);
  const names = [nameOf(constraints.audio), nameOf(constraints.video)];
  const wanted = names.filter((name) => name !== undefined && name !== "default");
  if (wanted.some((name) => !present.includes(name ?? ""))) {
    throw new DOMException("gone", "OverconstrainedError");
  }
  const tracks = names.map((label, at) => (label ? [{ label, kind: at }] : []));
  return {
    getTracks: () => tracks.flat(),
    getAudioTracks: () => tracks[0],
    getVideoTracks: () => tracks[1],
  };
}

beforeEach(() => {
  asked.length = 0;
  present = ["mic-2", "cam-2"];
  refusing = null;
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("navigator", {
    mediaDevices: { getUserMedia },
    permissions: { query: async () => ({ state: "prompt" }) },
  });
});
afterEach(() => vi.unstubAllGlobals());

const labelOf = (opened: { ok: boolean }) => (opened as { value?: MediaStreamTrack }).value?.label;

describe("a chosen device", () => {
  it("is the one that opens", async () => {
    expect(labelOf(await openCamera("cam-2"))).toBe("cam-2");
    expect(labelOf(await openMicrophone("mic-2"))).toBe("mic-2");
    expect(asked).toHaveLength(2);
  });

  it("that went away is replaced by any other", async () => {
    expect(labelOf(await openCamera("cam-9"))).toBe("default");
    expect(asked).toHaveLength(2);
  });

  it("is kept when only the other one went away", async () => {
    const both = await openBoth({ microphone: "mic-9", camera: "cam-2" });
    expect([labelOf(both.microphone), labelOf(both.camera)]).toEqual(["default", "cam-2"]);
  });

  it("that is refused is not asked for twice", async () => {
    refusing = "NotAllowedError";
    expect(await openCamera("cam-2")).toEqual({ ok: false, error: "denied" });
    await openBoth({ microphone: "mic-2", camera: "cam-2" });
    expect(asked).toHaveLength(2);
  });
});

it("says that a page without https may open nothing", async () => {
  vi.stubGlobal("isSecureContext", false);
  expect(await openMicrophone()).toEqual({ ok: false, error: "insecure" });
  expect(asked).toEqual([]);
});

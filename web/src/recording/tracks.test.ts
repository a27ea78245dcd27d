import { describe, expect, it } from "vitest";
import { gapAt, type Manifest, manifestOf, nameOf, turnAt, voicesOf } from "./manifest";
import { facesAt, mainAt } from "./tracks";

const SAID = {
  ...{ id: "r1", title: "Angles", room_title: "Geometry", began_at: "2026-03-10T09:00:00Z" },
  ...{ state: "ready", rev: 4, duration_ms: 100_000, may: "watch", may_download: true },
  people: [
    { id: "ann", name: "Ann", kinds: ["voice"] },
    { id: "ben", name: "Ben", kinds: ["voice"] },
    { id: "cyd", name: "Cyd", kinds: ["camera"] },
    { id: "", name: "nobody" },
  ],
  mix: { url: "mix.webm", start_ms: 0, duration_ms: 100_000 },
  tracks: [
    track("v1", "ann", "microphone", 0, { voice: [[1_000, 9_000]] }),
    track("v2", "ben", "microphone", 10_000, { voice: [[0, 5_000]] }),
    track("c1", "ann", "camera", 0, { rotations: [[20_000, 90]] }),
    track("c2", "ben", "camera", 10_000, { gaps: [[30_000, 50_000, "paused"]] }),
    track("c3", "cyd", "camera", 0, { gaps: [[5_000, 6_000, "lost"]] }),
    track("s1", "ann", "screen", 50_000, { duration_ms: 20_000 }),
    { id: "x", source: "hologram" },
  ],
  holes: [
    [30_000, 31_000],
    [20_000, 30_500],
  ],
  main: [
    [0, "board"],
    [50_000, "screen:s1"],
    [80_000, "faces"],
  ],
};

function track(id: string, pid: string, source: string, start_ms: number, more: object) {
  return { id, pid, source, start_ms, duration_ms: 90_000, url: `${id}.webm`, ...more };
}

const manifest = manifestOf(SAID) as Manifest;
const present = { pids: ["ann", "ben", "cyd"], voices: voicesOf(manifest), spotlight: "" };

describe("manifest", () => {
  it("is read with all times on the recording's clock", () => {
    expect(manifest.tracks).toHaveLength(6);
    expect(manifest.people).toHaveLength(3);
    expect(manifest.holes).toEqual([[20_000, 31_000]]);
    expect(present.voices.get("ben")).toEqual([[10_000, 15_000]]);
    expect(nameOf(manifest, "ben")).toBe("Ben");
    expect(nameOf(manifest, "zed")).toBe("");
    const [camera, other] = manifest.tracks.filter(({ source }) => source === "camera");
    expect(camera && turnAt(camera, 19_000)).toBe(0);
    expect(camera && turnAt(camera, 21_000)).toBe(90);
    expect(other && gapAt(other, 45_000)?.why).toBe("off");
  });

  it("is refused when it is none", () => {
    expect(manifestOf(null)).toBeNull();
    expect(manifestOf({ error: "recording.unknown" })).toBeNull();
    expect(manifestOf([1])).toBeNull();
  });
});

describe("tracks", () => {
  it("show what filled the picture, and faces while a screen has none", () => {
    expect(mainAt(manifest, 10)).toEqual({ kind: "board" });
    expect(mainAt(manifest, 60_000)).toMatchObject({ kind: "screen", track: { id: "s1" } });
    expect(mainAt(manifest, 75_000)).toEqual({ kind: "faces" });
    expect(mainAt(manifest, 90_000)).toEqual({ kind: "faces" });
  });

  it("show what the class was told to look at before anything else", () => {
    const over = { isBoard: true, screenOf: "ann" };
    expect(mainAt(manifest, 60_000, over)).toEqual({ kind: "board" });
    const shared = { isBoard: false, screenOf: "ann" };
    expect(mainAt(manifest, 60_000, shared)).toMatchObject({ track: { id: "s1" } });
    expect(mainAt(manifest, 10, { isBoard: false, screenOf: "" })).toEqual({ kind: "faces" });
  });

  it("choose who spoke last, and leave everybody in their place", () => {
    expect(facesAt(manifest, 16_000, present, 2).map(({ pid }) => pid)).toEqual(["ann", "ben"]);
    expect(facesAt(manifest, 16_000, present, 1).map(({ pid }) => pid)).toEqual(["ben"]);
    const bright = { ...present, spotlight: "cyd" };
    expect(facesAt(manifest, 16_000, bright, 2).map(({ pid }) => pid)).toEqual(["ben", "cyd"]);
    expect(facesAt(manifest, 12_000, present, 4)[1]?.isSpeaking).toBe(true);
  });

  it("say why there is no picture", () => {
    expect(facesAt(manifest, 45_000, present, 4)[1]).toMatchObject({ track: null, why: "off" });
    expect(facesAt(manifest, 5_500, present, 4)[2]?.track?.id).toBe("c3");
    const alone = { ...present, pids: ["zed"] };
    expect(facesAt(manifest, 5_500, alone, 4)[0]).toMatchObject({ track: null, why: null });
  });
});

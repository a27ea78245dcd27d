import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Sources } from "./sources";

const MANIFEST = {
  ...{ id: "r", title: "A", state: "ready", rev: 1, duration_ms: 1000, people: [], tracks: [] },
  ...{ mix: null, holes: [], main: [], captions: [], events: null, board: null, chat: null },
};

let answers: (() => Response | Promise<Response>)[] = [];
let asked: string[] = [];

function refusal(code: string, status = 409): Response {
  return new Response(JSON.stringify({ code }), { status });
}

function good(more: object = {}): Response {
  return new Response(JSON.stringify({ ...MANIFEST, ...more }));
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal("fetch", (path: string) => {
    asked.push(path);
    return Promise.resolve(answers.length > 1 ? answers.shift()?.() : answers[0]?.());
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function sources() {
  const seen: string[] = [];
  const made = new Sources("s1", {
    onLoaded: (_, __, isFirst) => seen.push(isFirst ? "first" : "loaded"),
    onAgain: () => seen.push("again"),
    onStopped: () => seen.push("stopped"),
    onOver: () => seen.push("over"),
  });
  return { made, seen };
}

describe("sources of a recording", () => {
  it("ask again by themselves for what is being made", async () => {
    const { made, seen } = sources();
    answers = [() => refusal("recording.changing"), () => good()];
    await made.load();
    expect(made.problem.value?.code).toBe("recording.changing");
    await vi.advanceTimersByTimeAsync(3_000);
    expect(made.problem.value).toBeNull();
    expect(seen).toEqual(["first"]);
  });

  it("want another session when theirs has ended, once, and go on with it", async () => {
    const { made, seen } = sources();
    answers = [() => good()];
    await made.load();
    answers = [() => refusal("recording.unknown", 404)];
    expect(await made.isFine()).toBe(false);
    expect(await made.isFine()).toBe(false);
    expect(seen).toEqual(["first", "over"]);
    answers = [() => good()];
    await made.moveTo("s2");
    expect(asked.at(-1)).toBe("/recorded/s2/manifest.json");
    expect(seen).toEqual(["first", "over", "loaded", "again"]);
    expect(made.address("mix.webm")).toBe("/recorded/s2/mix.webm?again=1.0");
  });

  it("go on by themselves when the network is back", async () => {
    const { made, seen } = sources();
    answers = [() => good()];
    await made.load();
    answers = [() => Promise.reject(new TypeError("no network"))];
    expect(await made.isFine()).toBe(false);
    expect(made.problem.value?.code).toBe("network.offline");
    answers = [() => good()];
    await vi.advanceTimersByTimeAsync(3_000);
    expect(made.problem.value).toBeNull();
    expect(seen).toEqual(["first", "loaded", "again"]);
  });

  it("stop where no try would help", async () => {
    const { made, seen } = sources();
    answers = [() => refusal("recording.broken")];
    await made.load();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen).toEqual(["stopped"]);
    expect(asked).toHaveLength(1);
  });

  it("load again only what has grown", async () => {
    const { made } = sources();
    answers = [() => good()];
    await made.load();
    expect(await made.renew()).toBe(false);
    answers = [() => good({ rev: 2 })];
    expect(await made.renew()).toBe(true);
  });
});

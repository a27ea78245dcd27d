import { describe, expect, it } from "vitest";
import { hearVoice, openVoice, type Voice } from "./voice";

/** Feeds a level every 50 ms for a time, and tells each hint that was seen. */
function feed(voice: Voice, level: number, live: boolean, ms: number) {
  const hints = new Set<string | null>();
  let now = voice.sampledAt;
  let next = voice;
  for (const end = now + ms; now < end; ) {
    now += 50;
    next = hearVoice(next, level, live, now);
    hints.add(next.hint);
  }
  return { voice: next, hints };
}

describe("speaking while muted", () => {
  it("is noticed after half a second and forgotten after a while", () => {
    const loud = feed(openVoice(0), 0.8, false, 600);
    expect(loud.voice.hint).toBe("speaking_muted");
    const later = feed(loud.voice, 0, false, 6_000);
    expect(later.voice.hint).toBeNull();
  });

  it("is not a cough, a keyboard or a quiet room", () => {
    expect(feed(openVoice(0), 0.9, false, 300).voice.hint).toBeNull();
    expect(feed(openVoice(0), 0.3, false, 5_000).hints).toEqual(new Set([null]));
  });

  it("is said again only after a rest", () => {
    const first = feed(openVoice(0), 0.8, false, 6_000).voice;
    expect(first.hint).toBeNull();
    expect(feed(first, 0.8, false, 10_000).hints).toEqual(new Set([null]));
    expect(feed(first, 0.8, false, 16_000).hints).toContain("speaking_muted");
  });

  it("is over as soon as the microphone is on", () => {
    const loud = feed(openVoice(0), 0.8, false, 600).voice;
    expect(hearVoice(loud, 0.8, true, 700).hint).toBeNull();
  });
});

describe("a microphone without a signal", () => {
  it("is named after eight seconds of nothing", () => {
    expect(feed(openVoice(0), 0, true, 7_900).hints).toEqual(new Set([null]));
    expect(feed(openVoice(0), 0, true, 8_100).voice.hint).toBe("no_signal");
  });

  it("is none that was ever heard", () => {
    const heard = feed(openVoice(0), 0.1, true, 100).voice;
    expect(feed(heard, 0, true, 20_000).hints).toEqual(new Set([null]));
  });
});

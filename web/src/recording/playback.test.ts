import { beforeEach, describe, expect, it } from "vitest";
import { type Medium, Playback } from "./playback";
import { corrected } from "./sync";

class Fake implements Medium {
  currentTime = 0;
  playbackRate = 1;
  paused = true;
  ended = false;
  readyState = 4;
  seeking = false;
  play(): Promise<void> {
    this.paused = false;
    return Promise.resolve();
  }
  pause(): void {
    this.paused = true;
  }
  /** What its own clock does. */
  goOn(ms: number): void {
    if (!this.paused && this.readyState >= 3) this.currentTime += (ms / 1000) * this.playbackRate;
  }
}

let now = 0;
let mix: Fake;
let video: Fake;
let playback: Playback;

function run(ms: number, step = 16): void {
  for (const end = now + ms; now < end; ) {
    now += step;
    mix.goOn(step);
    video.goOn(step);
    playback.tick();
  }
}

beforeEach(() => {
  now = 0;
  mix = new Fake();
  video = new Fake();
  playback = new Playback({ now: () => now });
  playback.open({ mix, durationMs: 60_000, holes: [[20_000, 30_000]] });
  playback.put({ id: "v", medium: video, startMs: 5_000, isThere: (ms) => ms >= 5_000 });
});

describe("playback", () => {
  it("follows the sound, and begins a picture when there is one", () => {
    playback.play();
    run(4_000);
    expect(video.paused).toBe(true);
    run(4_000);
    expect(video.paused).toBe(false);
    expect(playback.ms.value).toBeGreaterThan(7_500);
    expect(Math.abs(video.currentTime * 1000 + 5_000 - playback.ms.value)).toBeLessThan(40);
  });

  it("is in step within a second of a seek, whatever the picture did", () => {
    playback.play();
    run(100);
    playback.seek(12_000);
    video.currentTime = 6.7;
    run(1_000);
    expect(Math.abs(video.currentTime * 1000 + 5_000 - playback.ms.value)).toBeLessThan(120);
  });

  it("catches up without a jump where a picture is a little behind", () => {
    playback.seek(10_000);
    playback.play();
    run(3_000);
    video.currentTime -= 0.3;
    run(16);
    expect(video.playbackRate).toBeGreaterThan(1.05);
    run(6_000);
    expect(Math.abs(video.currentTime * 1000 + 5_000 - playback.ms.value)).toBeLessThan(60);
  });

  it("leaves out what is left out, and stands at the end", () => {
    playback.seek(19_900);
    playback.play();
    run(300);
    expect(playback.ms.value).toBeGreaterThanOrEqual(30_000);
    expect(playback.playMs).toBeLessThan(20_500);
    playback.seek(25_000);
    expect(playback.ms.value).toBe(30_000);
    expect(playback.lengthMs).toBe(50_000);
    playback.seek(59_900);
    run(400);
    expect(playback.isPlaying.value).toBe(false);
    expect(playback.ms.value).toBe(60_000);
  });

  it("waits two seconds for a picture and then goes on without it, until it comes", () => {
    playback.seek(10_000);
    playback.play();
    run(500);
    const before = playback.ms.value;
    video.readyState = 2;
    run(1_000);
    expect(playback.isWaiting.value).toBe(true);
    expect(playback.ms.value - before).toBeLessThan(50);
    run(1_500);
    expect(playback.stalled.value.has("v")).toBe(true);
    expect(playback.ms.value).toBeGreaterThan(before + 300);
    expect(mix.paused).toBe(false);
    video.readyState = 4;
    run(1_500);
    expect(playback.stalled.value.size).toBe(0);
    expect(Math.abs(video.currentTime * 1000 + 5_000 - playback.ms.value)).toBeLessThan(120);
  });

  it("goes on at the right second after a tab was hidden and its pictures were stopped", () => {
    playback.seek(6_000);
    playback.play();
    run(500);
    video.pause();
    now += 9_000;
    mix.goOn(9_000);
    playback.tick();
    run(1_000);
    expect(video.paused).toBe(false);
    expect(Math.abs(video.currentTime * 1000 + 5_000 - playback.ms.value)).toBeLessThan(120);
  });

  it("waits at the end of what is still being recorded, and goes on when there is more", () => {
    const growing = { mix, holes: [], isGrowing: true };
    playback.open({ ...growing, durationMs: 60_000 });
    playback.seek(59_800);
    playback.play();
    run(600);
    expect(playback.isPlaying.value).toBe(true);
    expect(playback.isWaiting.value).toBe(true);
    expect(playback.ms.value).toBe(60_000);
    playback.open({ ...growing, durationMs: 65_000 });
    playback.play();
    run(500);
    expect(playback.isWaiting.value).toBe(false);
    expect(playback.ms.value).toBeGreaterThan(60_200);
  });

  it("plays by itself where nobody was heard", () => {
    playback.open({ mix: null, durationMs: 60_000, holes: [] });
    playback.setSpeed(2);
    playback.play();
    run(1_000);
    expect(playback.ms.value).toBeGreaterThan(1_950);
    expect(playback.ms.value).toBeLessThan(2_100);
  });

  it("tells when the browser wants a press first", async () => {
    let isRefused = false;
    const refused = new Playback({ now: () => now, onRefused: () => (isRefused = true) });
    mix.play = () => Promise.reject(new DOMException("", "NotAllowedError"));
    refused.open({ mix, durationMs: 1_000, holes: [] });
    refused.play();
    await Promise.resolve();
    await Promise.resolve();
    expect(isRefused).toBe(true);
    expect(refused.isPlaying.value).toBe(false);
  });
});

describe("sync", () => {
  it("jumps when far off, sooner after a seek, and never plays by more than a tenth faster", () => {
    expect(corrected({ drift: 0.6, sinceSeek: 9_000, speed: 1 })).toEqual({ jump: true });
    expect(corrected({ drift: -0.2, sinceSeek: 500, speed: 1 })).toEqual({ jump: true });
    expect(corrected({ drift: -0.2, sinceSeek: 9_000, speed: 1 })).toEqual({
      jump: false,
      rate: 1.1,
    });
    expect(corrected({ drift: 0.05, sinceSeek: 9_000, speed: 2 })).toEqual({
      jump: false,
      rate: 1.9,
    });
    expect(corrected({ drift: 0.01, sinceSeek: 0, speed: 1.5 })).toEqual({
      jump: false,
      rate: 1.5,
    });
  });
});

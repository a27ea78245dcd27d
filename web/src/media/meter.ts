/** How loud a track is, as a signal from 0 to 1, about twenty times a second. */
import { type Signal, signal } from "@preact/signals";

export interface Meter {
  level: Signal<number>;
  close(): void;
}

/** dBFS that count as silence and as full; speech at a headset lies at -40 to -15. */
const QUIET_DB = -60;
const LOUD_DB = -12;
const PERIOD_MS = 50;

/** One for the page: browsers allow only few. */
let shared: AudioContext | null = null;

export function audioContext(): AudioContext {
  if (shared === null || shared.state === "closed") shared = new AudioContext();
  // Before the first touch of the page a context may be suspended; the next gesture wakes it.
  if (shared.state === "suspended") {
    const context = shared;
    void context.resume();
    addEventListener("pointerdown", () => void context.resume(), { once: true });
    addEventListener("keydown", () => void context.resume(), { once: true });
  }
  return shared;
}

/** Root mean square of samples in -1..1, mapped from decibels to 0..1. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const s of samples) sum += s * s;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  const db = 20 * Math.log10(Math.max(rms, 1e-6));
  return Math.min(1, Math.max(0, (db - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}

export function createMeter(track: MediaStreamTrack): Meter {
  const level = signal(0);
  const context = audioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const now = track.enabled ? levelOf(samples) : 0;
    // Rises at once, falls gently, so that the bar can be read.
    level.value = now > level.value ? now : level.value * 0.8 + now * 0.2;
  }, PERIOD_MS);
  return {
    level,
    close() {
      clearInterval(timer);
      source.disconnect();
      level.value = 0;
    },
  };
}

/**
 * Judgements without side effects: which layer a picture of a given size needs and how much it
 * matters, how good the connection is, and which way it takes.
 */

/** Heights of the layers of a 720p camera, in device pixels. */
const LAYER_HEIGHTS = [180, 360, 720] as const;
/** A picture may be stretched by this much before the next layer is asked for. */
const STRETCH = 1.25;
/** A smaller layer is asked for only below this part of the border, so that it does not flicker. */
const KEEP = 0.85;
/** Temporal layers of a camera: 2 is every frame, 1 is half of them, 15 in a second. */
const ALL_FRAMES = 2;
const HALF_FRAMES = 1;
/** CSS pixels: below this height lips move, but nobody counts frames. */
const SMALL_HEIGHT = 128;
/** Whoever is chosen by hand matters more than any size; sizes end below. */
export const PINNED_PRIORITY = 200;
/** Device pixels of side, of a square of the same area, for one step of priority. */
const PRIORITY_STEP = 10;

export interface Layers {
  spatial: number;
  temporal: number;
}

/** What is asked of the server for one picture (`media.set_preferences`). */
export interface Preference extends Layers {
  /** 0..255; of two pictures that do not both fit, the one with more keeps more. */
  priority: number;
}

/** How one tile shows a picture, in CSS pixels. */
export interface Shown {
  width: number;
  height: number;
  /** Device pixels of one CSS pixel. */
  density: number;
  pinned: boolean;
}

/** `current` is what was asked for before. */
export function preferenceFor(shown: Shown, current: Preference | null): Preference {
  const side = Math.sqrt(shown.width * shown.height) * shown.density;
  const bySize = Math.min(PINNED_PRIORITY - 1, Math.round(side / PRIORITY_STEP));
  return {
    spatial: spatialFor(shown.height * shown.density, current?.spatial ?? null),
    temporal: temporalFor(shown.height, current?.temporal ?? null),
    priority: shown.pinned ? PINNED_PRIORITY : bySize,
  };
}

/** The layer for a picture `height` device pixels high. */
function spatialFor(height: number, current: number | null): number {
  const fitting = LAYER_HEIGHTS.findIndex((one) => height <= one * STRETCH);
  const wanted = fitting < 0 ? LAYER_HEIGHTS.length - 1 : fitting;
  if (current !== null && wanted === current - 1) {
    const border = (LAYER_HEIGHTS[wanted] ?? 0) * STRETCH;
    if (height > border * KEEP) return current;
  }
  return wanted;
}

function temporalFor(height: number, current: number | null): number {
  const border = current === ALL_FRAMES ? SMALL_HEIGHT * KEEP : SMALL_HEIGHT;
  return height < border ? HALF_FRAMES : ALL_FRAMES;
}

/** Totals since the start; two of them make a verdict. */
export interface LinkSample {
  received: number;
  lost: number;
  /** Of the uplink, as the server reports it (RTCRemoteInboundRtpStreamStats.fractionLost). */
  uplinkLoss: number;
  roundTripMs: number | null;
}

export type Verdict = "good" | "weak" | "poor";

export interface LinkQuality {
  verdict: Verdict;
  lossPercent: number;
  roundTripMs: number | null;
}

/** ITU-T G.114: beyond 400 ms one way a conversation breaks; video without repair suffers at 2 %. */
const WEAK = { loss: 0.03, roundTripMs: 350 };
const POOR = { loss: 0.12, roundTripMs: 800 };

export function linkQuality(before: LinkSample, after: LinkSample): LinkQuality {
  const received = Math.max(0, after.received - before.received);
  const lost = Math.max(0, after.lost - before.lost);
  const downlink = received + lost > 0 ? lost / (received + lost) : 0;
  const loss = Math.max(downlink, after.uplinkLoss);
  return {
    verdict: verdictOf(loss, after.roundTripMs ?? 0),
    lossPercent: Math.round(loss * 1000) / 10,
    roundTripMs: after.roundTripMs,
  };
}

function verdictOf(loss: number, roundTripMs: number): Verdict {
  if (loss >= POOR.loss || roundTripMs >= POOR.roundTripMs) return "poor";
  return loss >= WEAK.loss || roundTripMs >= WEAK.roundTripMs ? "weak" : "good";
}

type Entry = Record<string, unknown>;

/** Adds up what two peer connections report (W3C webrtc-stats). */
export function linkSample(reports: Iterable<Entry>): LinkSample {
  const sample: LinkSample = { received: 0, lost: 0, uplinkLoss: 0, roundTripMs: null };
  for (const entry of reports) {
    if (entry.type === "inbound-rtp") {
      sample.received += numberOf(entry.packetsReceived);
      sample.lost += numberOf(entry.packetsLost);
    } else if (entry.type === "remote-inbound-rtp") {
      sample.uplinkLoss = Math.max(sample.uplinkLoss, numberOf(entry.fractionLost));
    } else if (entry.type === "candidate-pair" && entry.nominated === true) {
      const roundTripMs = numberOf(entry.currentRoundTripTime) * 1000;
      sample.roundTripMs = Math.max(sample.roundTripMs ?? 0, Math.round(roundTripMs));
    }
  }
  return sample;
}

function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

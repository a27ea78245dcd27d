/**
 * Lips and voice together, the voice never held back: a picture that is ahead of its sound waits.
 *
 * Browsers do both, but what they once held a voice back for a picture they let go by an eighth a
 * second, and not at all within 30 ms of it (libwebrtc, stream_synchronization.cc): after losses a
 * voice stayed 300 ms late for most of a minute. So the two are different streams to the browser.
 * Pure; times are milliseconds.
 */

type Report = Record<string, unknown>;

/** One person's camera and microphone as we receive them, by the ids of their tracks. */
export interface Face {
  sound: string;
  picture: string;
}

/** Sound that is 45 ms early or 125 ms late is noticed (ITU-R BT.1359, section 2). */
const SOUND_LATE_MS = 80;
const SOUND_EARLY_MS = 30;
/** Of the distance, each look. */
const STEP = 0.5;
/** Further apart they do not belong together: one of them stood still. */
const ASTRAY_MS = 1_500;
/** Longer no picture waits. */
const MOST_MS = 600;

interface Played {
  at: number;
  packets: number;
}

export class Lips {
  readonly #waits = new Map<string, number>();
  #before = new Map<string, number>();

  /** How long the picture of this track should wait; 0 is as the browser likes. */
  waitMs(picture: string): number {
    return this.#waits.get(picture) ?? 0;
  }

  /** All that the browser counts, every two seconds or so. */
  see(reports: readonly Report[], faces: readonly Face[]): void {
    const played = new Map<string, Played>();
    for (const report of reports) {
      const one = playedOf(report);
      if (one) played.set(String(report.trackIdentifier), one);
    }
    for (const face of faces) this.#meet(face, played);
    for (const picture of this.#waits.keys()) {
      if (!faces.some((face) => face.picture === picture)) this.#waits.delete(picture);
    }
    this.#before = new Map([...played].map(([track, { packets }]) => [track, packets]));
  }

  #meet(face: Face, played: ReadonlyMap<string, Played>): void {
    const sound = this.#flowing(face.sound, played);
    const picture = this.#flowing(face.picture, played);
    if (sound === null || picture === null) return;
    const ahead = picture - sound;
    if (Math.abs(ahead) > ASTRAY_MS) return;
    if (ahead <= SOUND_LATE_MS && ahead >= -SOUND_EARLY_MS) return;
    const wait = Math.round(this.waitMs(face.picture) + ahead * STEP);
    this.#waits.set(face.picture, Math.min(Math.max(wait, 0), MOST_MS));
  }

  /** What is played now, as a time of its sender; null where nothing new came. */
  #flowing(track: string, played: ReadonlyMap<string, Played>): number | null {
    const one = played.get(track);
    return one && one.packets > (this.#before.get(track) ?? Number.POSITIVE_INFINITY)
      ? one.at
      : null;
  }
}

function playedOf(report: Report): Played | null {
  const { type, estimatedPlayoutTimestamp, packetsReceived } = report;
  if (type !== "inbound-rtp" || typeof report.trackIdentifier !== "string") return null;
  if (typeof estimatedPlayoutTimestamp !== "number" || typeof packetsReceived !== "number") {
    return null;
  }
  return { at: estimatedPlayoutTimestamp, packets: packetsReceived };
}

/**
 * Does as the server advises on a weak network: reads the words that come with sound, steers how
 * long we wait for what comes late, how much of our own past our sound carries, how small sound and
 * camera are. What is heard decides nothing here but that; see `advice_book.ts`.
 */
import { signal } from "@preact/signals";
import { type Advice, CALM, readAdvice } from "./advice";
import { AdviceBook, nextTarget } from "./advice_book";
import type { Consumers } from "./consumers";
import { type Face, Lips } from "./lips";
import type { Producers } from "./producers";
import { CALM_DEPTH, soundPacker } from "./redundancy/sender";
import { cameraFate, type SoundFirst, soundFirst } from "./sound_first";
import { hold, NOTHING, type Steady } from "./steady";
import { Upkeep } from "./upkeep";

const EVERY_MS = 200;
/** Who can send the smallest sound only has no room for more than the least of a picture. */
const LEAST_OPUS = 3;

export class Advised {
  /** As it is now. */
  readonly advice = signal<Advice>(CALM);
  /** What is said about it: it stays long enough to be read. */
  readonly notice = signal<SoundFirst | null>(null);
  /** Others do not get our camera, so that they get our voice. */
  readonly cameraHeld = signal(false);
  /** The person wants the camera sent all the same, until the network is well again. */
  readonly insisted = signal(false);
  readonly #consumers: Consumers;
  readonly #producers: Producers;
  readonly #book = new AdviceBook();
  readonly #upkeep = new Upkeep();
  readonly #lips = new Lips();
  readonly #targets = new WeakMap<RTCRtpReceiver, number>();
  readonly #timer: ReturnType<typeof setInterval>;
  #steady: Steady<SoundFirst> = NOTHING;
  #depth = CALM_DEPTH;
  #lookedAt = clock();

  constructor(consumers: Consumers, producers: Producers) {
    this.#consumers = consumers;
    this.#producers = producers;
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  /** A notice of the server; `word` is null when all is well. */
  hear(word: number | null): void {
    this.#book.tell((word === null ? null : readAdvice(word)) ?? CALM, clock());
    this.#look();
  }

  /** Everything the browser counts, every two seconds. */
  see(reports: readonly Record<string, unknown>[]): void {
    const tracks = this.#consumers.remote.value;
    const faces = tracks.flatMap((picture): Face[] => {
      if (picture.source !== "camera") return [];
      const sound = tracks.find(
        (one) => one.source === "microphone" && one.participantId === picture.participantId,
      );
      return sound ? [{ sound: sound.track.id, picture: picture.track.id }] : [];
    });
    this.#lips.see(reports, faces);
  }

  insist(): void {
    this.insisted.value = true;
    this.#look();
  }

  /** The media side begins anew. */
  forget(): void {
    this.#book.forget();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#carry(CALM_DEPTH);
  }

  #look(): void {
    const now = clock();
    const elapsed = now - this.#lookedAt;
    this.#lookedAt = now;
    for (const { consumerId, participantId, kind } of this.#consumers.remote.value) {
      if (kind === "audio") this.#listen(participantId, this.#receiver(consumerId));
    }
    for (const { consumerId, participantId, kind, track } of this.#consumers.remote.value) {
      const { soundMs, pictureMs } = this.#book.buffers(participantId, now);
      const receiver = this.#receiver(consumerId);
      if (kind === "audio") this.#wait(receiver, soundMs, elapsed);
      else {
        const waitMs = Math.max(pictureMs, this.#lips.waitMs(track.id));
        this.#wait(receiver, waitMs, Number.POSITIVE_INFINITY);
      }
    }
    this.#send(this.#book.current(now));
    this.#steady = hold(this.#steady, soundFirst(this.advice.value), now);
    this.notice.value = this.#steady.shown;
  }

  #receiver(consumerId: string): RTCRtpReceiver | undefined {
    return this.#consumers.get(consumerId)?.rtpReceiver;
  }

  #listen(who: string, receiver: RTCRtpReceiver | undefined): void {
    const flowed = receiver?.getSynchronizationSources?.() ?? [];
    if (!receiver || flowed.length === 0) return;
    let word: { advice: Advice; at: number } | null = null;
    for (const { source, timestamp } of receiver.getContributingSources()) {
      const advice = readAdvice(source);
      if (advice && timestamp > (word?.at ?? 0)) word = { advice, at: timestamp };
    }
    this.#book.hear(who, Math.max(...flowed.map((one) => one.timestamp)), word);
  }

  #wait(receiver: RTCRtpReceiver | undefined, wanted: number, elapsed: number): void {
    if (!receiver || !("jitterBufferTarget" in receiver)) return;
    const current = this.#targets.get(receiver) ?? 0;
    const next = nextTarget(current, wanted, elapsed);
    if (next === current) return;
    this.#targets.set(receiver, next);
    receiver.jitterBufferTarget = next > 0 ? next : null;
  }

  #send(advice: Advice): void {
    if (advice !== this.advice.value) this.advice.value = advice;
    this.#carry(Math.max(CALM_DEPTH, advice.depth));
    this.#upkeep.sound(this.#producers.get("microphone"), advice.opus);
    const fate = cameraFate(advice);
    if (fate === "all") this.insisted.value = false;
    this.#upkeep.camera(this.#producers.get("camera"), fate, advice.opus === LEAST_OPUS);
    const held = fate === "off" && !this.insisted.value;
    if (held === this.cameraHeld.value) return;
    this.cameraHeld.value = held;
    this.#producers.hold("camera", held);
  }

  /** So many earlier frames go with each of our sound; the page has one packer for all classes. */
  #carry(depth: number): void {
    if (depth !== this.#depth) void soundPacker().then((packer) => packer?.setDepth(depth));
    this.#depth = depth;
  }
}

/** The clock of the browser's contributing sources, in ms. */
function clock(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * What we send: one lane per source. A lane is told what is wanted (a track, flowing or not) and
 * works until that is so, however often it changes in between, through new transports as well.
 *
 * Muted means twice nothing: the track is taken off the sender, and the server stops forwarding.
 */
import type { types } from "mediasoup-client";
import { failure, type Result, success } from "../result";
import type { MediaState, Refusal, ShareMode, Source } from "../wire/messages";
import type { Request } from "../wire/socket";
import { accepted, isRefused, refusalIn } from "./answer";
import { contentHint, producePlan, screenLimits } from "./encodings";
import { hasBegun } from "./flow";
import { drop, keepSharp, type Lane, newLane, type Wanted } from "./lane";
import { isProven, type SoundPacker, soundPacker } from "./redundancy/sender";
import { type ChooseCodec, chooseScreenCodec, LAST_CODEC, type PictureSize } from "./screen_codec";

type Transport = types.Transport;
type Producer = types.Producer;

/** What there is to do for a lane that has a track and a transport. */
interface Ask {
  source: Source;
  lane: Lane;
  transport: Transport;
  track: MediaStreamTrack;
  wanted: Wanted;
}

/** What passes by itself: the lane tries again when the connection or the paths are back. */
const UNTIL_BACK = new Set(["wire.away", "media.unavailable", "transport.unknown"]);
/** What passes while everything stays up, so that nothing else would begin the lane again. */
const UNTIL_LATER = new Set(["wire.timeout", "rate.limited", "server.error", "server.busy"]);
const LATER_MS = 1_000;

/** Whether the source stays wanted and is only put off. */
export function isPutOff(refusal: Refusal): boolean {
  return UNTIL_BACK.has(refusal.code) || UNTIL_LATER.has(refusal.code);
}

export class Producers {
  readonly #request: Request;
  readonly #chooseCodec: ChooseCodec;
  readonly #lanes = new Map<Source, Lane>();
  readonly #held = new Set<Source>();
  /** Codecs the browser claimed to encode and then did not. */
  readonly #unusable = new Set<string>();
  /** Voices whose packing worker ended: nothing of them leaves. */
  readonly #silent = new WeakSet<Producer>();
  #screenCodecs: readonly string[] = [LAST_CODEC];
  #transport: Transport | null = null;

  constructor(request: Request, chooseCodec: ChooseCodec = chooseScreenCodec) {
    this.#request = request;
    this.#chooseCodec = chooseCodec;
  }

  /**
   * What everybody in the room can show now, best first. A screen that is sent in something else
   * is sent anew; one that could be sent in something better stays as it is.
   */
  allowScreens(mimeTypes: readonly string[]): void {
    this.#screenCodecs = mimeTypes;
    if (this.#lanes.has("screen")) void this.#settle("screen");
  }

  /** A new send transport: every lane publishes again on it. */
  use(transport: Transport | null): void {
    this.#transport = transport;
    for (const source of this.#lanes.keys()) void this.#settle(source);
  }

  /** What was published along with the join; `live` is whether the server forwards it. */
  adopt(source: Source, producer: Producer, transport: Transport, live: boolean): void {
    const told = { live, mode: "text" as const };
    Object.assign(this.#lane(source), { producer, transport, told });
    this.#mind(source, producer);
  }

  /** After an absence: what the server still holds, and what it believes about our sources. */
  reconcile(held: Partial<Record<Source, string>>, media: MediaState): void {
    for (const [source, lane] of this.#lanes) {
      if (lane.producer && held[source] !== lane.producer.id) drop(lane);
      else lane.told = { live: media[source] === "live", mode: media.screen_mode };
      void this.#settle(source);
    }
    for (const [source, id] of Object.entries(held)) {
      const ours = this.#lanes.get(source as Source)?.producer?.id;
      if (ours !== id) void this.#request("media.close_producer", { producer_id: id });
    }
  }

  /** Null closes the source. Resolves when it is done, put off until later, or refused. */
  want(source: Source, wanted: Wanted | null): Promise<Result<void, Refusal>> {
    const lane = this.#lane(source);
    lane.wanted = wanted;
    return this.#settle(source);
  }

  /** While held a source is muted, whatever is wanted of it; its track stays as it is. */
  hold(source: Source, held: boolean): void {
    if (held) this.#held.add(source);
    else this.#held.delete(source);
    if (this.#lanes.has(source)) void this.#settle(source);
  }

  get(source: Source): Producer | null {
    return this.#lanes.get(source)?.producer ?? null;
  }

  #lane(source: Source): Lane {
    const known = this.#lanes.get(source);
    if (known) return known;
    const lane = newLane();
    this.#lanes.set(source, lane);
    return lane;
  }

  async #settle(source: Source): Promise<Result<void, Refusal>> {
    const lane = this.#lane(source);
    // What is wanted now may have come too late for the work that runs; then it is done after it.
    while (lane.working) await lane.working;
    lane.working = this.#work(source, lane).finally(() => {
      lane.working = null;
    });
    return lane.working;
  }

  async #work(source: Source, lane: Lane): Promise<Result<void, Refusal>> {
    for (;;) {
      const step = this.#next(source, lane);
      if (!step) return success(undefined);
      const refusal = await step().then(
        () => null,
        (error: unknown) => refusalIn(error),
      );
      if (!refusal) continue;
      // The server lost it, with a worker for example: published again by the next step.
      if (refusal.code === "producer.unknown" && lane.producer) {
        drop(lane);
        continue;
      }
      if (!isPutOff(refusal)) lane.wanted = null;
      if (UNTIL_LATER.has(refusal.code)) this.#later(source, lane, refusal);
      if (isPutOff(refusal) || !lane.producer) return failure(refusal);
    }
  }

  #later(source: Source, lane: Lane, refusal: Refusal): void {
    clearTimeout(lane.later);
    const ms = Number(refusal.params.retry_ms ?? LATER_MS);
    lane.later = setTimeout(() => void this.#settle(source), ms);
  }

  /** The one thing to do next in this lane; null when it is as wanted, or cannot be for now. */
  #next(source: Source, lane: Lane): (() => Promise<void>) | null {
    const { producer } = lane;
    const wanted =
      lane.wanted && this.#held.has(source) ? { ...lane.wanted, live: false } : lane.wanted;
    if (producer && (producer.closed || lane.transport !== this.#transport)) {
      return async () => drop(lane);
    }
    if (producer && (!wanted || this.#silent.has(producer))) {
      return () => this.#close(lane, producer);
    }
    if (!wanted) return null;
    const transport = this.#transport;
    if (!producer) {
      const track = wanted.track;
      const usable = transport && !transport.closed && track?.readyState === "live";
      return usable ? () => this.#produce({ source, lane, transport, track, wanted }) : null;
    }
    const track = wanted.live ? wanted.track : null;
    if (producer.track !== track && track?.readyState !== "ended") {
      return () => producer.replaceTrack({ track });
    }
    if (lane.told.live !== wanted.live) return () => this.#tellLive(lane, producer, wanted.live);
    if (source === "screen" && lane.told.mode !== wanted.mode) {
      return () => this.#tellMode(lane, producer, wanted.mode);
    }
    if (track && transport && lane.codec && !this.#screenCodecs.includes(lane.codec)) {
      return () => this.#replace({ source, lane, transport, track, wanted }, producer);
    }
    return null;
  }

  async #produce(ask: Ask, replaced: Producer | null = null): Promise<void> {
    const { source, lane, transport, track, wanted } = ask;
    if (source === "screen") track.contentHint = contentHint(wanted.mode);
    const { width = 0, height = 0 } = track.getSettings();
    const codec = source === "screen" ? await this.#codecFor({ width, height }, wanted.mode) : null;
    const packer = source === "microphone" ? await packerFor(transport) : null;
    lane.told = { live: wanted.live, mode: wanted.mode };
    // Published muted: not even the first packets may carry sound.
    const enabled = track.enabled;
    track.enabled = enabled && wanted.live;
    try {
      const plan = producePlan(source, height, wanted.mode, codec);
      const replaces = replaced?.id ?? null;
      const producer = await transport.produce({
        track,
        ...plan,
        stopTracks: false,
        disableTrackOnPause: false,
        ...(packer && { onRtpSender: (sender: RTCRtpSender) => packer.attach(sender) }),
        appData: {
          source,
          paused: !wanted.live,
          mode: wanted.mode,
          replaces,
          redundancy: packer ? "red" : null,
        },
      });
      Object.assign(lane, { producer, transport, codec });
      this.#mind(source, producer);
      if (!wanted.live) await producer.replaceTrack({ track: null });
      if (source === "screen") keepSharp(producer);
    } catch (error) {
      this.#giveUp(codec, error);
    } finally {
      track.enabled = enabled;
    }
  }

  /** A voice that is packed is published anew, and plain, when the worker that packs it ends. */
  #mind(source: Source, producer: Producer): void {
    if (!producer.appData.redundancy) return;
    void soundPacker()
      .then((packer) => packer?.gone)
      .then(() => {
        this.#silent.add(producer);
        if (this.#lanes.get(source)?.producer === producer) void this.#settle(source);
      });
  }

  #codecFor(size: PictureSize, mode: ShareMode): Promise<string> {
    const usable = this.#screenCodecs.filter((codec) => !this.#unusable.has(codec));
    return this.#chooseCodec(usable, size, mode);
  }

  /** Throws again, unless the next codec may do better. */
  #giveUp(codec: string | null, error: unknown): void {
    if (codec === null || codec === LAST_CODEC || isRefused(error)) throw error;
    this.#unusable.add(codec);
  }

  /** The same track in another codec; both are sent until viewers have the new picture. */
  async #replace(ask: Ask, old: Producer): Promise<void> {
    const { lane } = ask;
    try {
      await this.#produce(ask, old);
    } catch (error) {
      const refusal = refusalIn(error);
      if (isPutOff(refusal) || refusal.code === "producer.unknown") throw error;
      // Better a short break than no picture for some of them: the next step publishes anew.
      return this.#close(lane, old);
    }
    const fresh = lane.producer;
    if (!fresh || fresh === old) return;
    lane.old?.close();
    lane.old = old;
    void this.#retire(lane, old, fresh);
  }

  async #retire(lane: Lane, old: Producer, fresh: Producer): Promise<void> {
    await hasBegun(fresh);
    if (lane.old !== old) return;
    lane.old = null;
    old.close();
    while (lane.producer === fresh) {
      const closed = await this.#request("media.close_producer", { producer_id: old.id });
      if (closed.ok || !isPutOff(closed.error)) return;
      await new Promise((again) => setTimeout(again, LATER_MS));
    }
  }

  async #tellLive(lane: Lane, producer: Producer, live: boolean): Promise<void> {
    const name = live ? "media.resume_producer" : "media.pause_producer";
    await accepted(this.#request(name, { producer_id: producer.id }));
    lane.told = { ...lane.told, live };
  }

  async #tellMode(lane: Lane, producer: Producer, mode: ShareMode): Promise<void> {
    if (producer.track) producer.track.contentHint = contentHint(mode);
    await producer.setRtpEncodingParameters(screenLimits(mode) as RTCRtpEncodingParameters);
    const ask = { producer_id: producer.id, share_mode: mode };
    await accepted(this.#request("media.set_share_mode", ask));
    lane.told = { ...lane.told, mode };
  }

  async #close(lane: Lane, producer: Producer): Promise<void> {
    drop(lane);
    await accepted(this.#request("media.close_producer", { producer_id: producer.id }));
  }
}

/** What puts the past of the microphone's sound into it; null where that cannot be. */
export async function packerFor(transport: Transport): Promise<SoundPacker | null> {
  return isProven(transport.handler?.name) ? soundPacker() : null;
}

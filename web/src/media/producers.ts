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
import { accepted, refusalIn } from "./answer";
import { contentHint, producePlan, screenLimits } from "./encodings";

type Transport = types.Transport;
type Producer = types.Producer;

export interface Wanted {
  track: MediaStreamTrack | null;
  live: boolean;
  mode: ShareMode;
}

interface Lane {
  wanted: Wanted | null;
  producer: Producer | null;
  transport: Transport | null;
  /** What the server was told last about this producer. */
  told: { live: boolean; mode: ShareMode };
  working: Promise<Result<void, Refusal>> | null;
  later?: ReturnType<typeof setTimeout>;
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
  readonly #lanes = new Map<Source, Lane>();
  #transport: Transport | null = null;

  constructor(request: Request) {
    this.#request = request;
  }

  /** A new send transport: every lane publishes again on it. */
  use(transport: Transport | null): void {
    this.#transport = transport;
    for (const source of this.#lanes.keys()) void this.#settle(source);
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

  get(source: Source): Producer | null {
    return this.#lanes.get(source)?.producer ?? null;
  }

  #lane(source: Source): Lane {
    const known = this.#lanes.get(source);
    if (known) return known;
    const told = { live: false, mode: "text" as ShareMode };
    const lane: Lane = { wanted: null, producer: null, transport: null, told, working: null };
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
    const { wanted, producer } = lane;
    if (producer && (producer.closed || lane.transport !== this.#transport)) {
      return async () => drop(lane);
    }
    if (!wanted) return producer ? () => this.#close(lane, producer) : null;
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
    return null;
  }

  async #produce(ask: {
    source: Source;
    lane: Lane;
    transport: Transport;
    track: MediaStreamTrack;
    wanted: Wanted;
  }): Promise<void> {
    const { source, lane, transport, track, wanted } = ask;
    if (source === "screen") track.contentHint = contentHint(wanted.mode);
    const height = track.getSettings().height ?? 0;
    lane.told = { live: wanted.live, mode: wanted.mode };
    // Published muted: not even the first packets may carry sound.
    const enabled = track.enabled;
    track.enabled = enabled && wanted.live;
    const producer = await transport.produce({
      track,
      ...producePlan(source, height, wanted.mode),
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source, paused: !wanted.live, mode: wanted.mode },
    });
    lane.producer = producer;
    lane.transport = transport;
    if (!wanted.live) await producer.replaceTrack({ track: null });
    track.enabled = enabled;
    if (source === "screen") keepSharp(producer);
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

function drop(lane: Lane): void {
  lane.producer?.close();
  lane.producer = null;
  lane.transport = null;
}

/** A page must stay readable: frames are given up first. */
function keepSharp(producer: Producer): void {
  const sender = producer.rtpSender;
  if (!sender) return;
  const parameters = sender.getParameters();
  parameters.degradationPreference = "maintain-resolution";
  // Firefox refuses the field; the content hint then does the same.
  void sender.setParameters(parameters).catch(() => undefined);
}

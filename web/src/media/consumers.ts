/**
 * What we receive: one consumer per track of somebody else, set up from the server's offers, asked
 * for in the size it is shown and paused while nobody can see it.
 */
import { signal } from "@preact/signals";
import type { types } from "mediasoup-client";
import type { ConsumerOffer, Kind, Source } from "../wire/messages";
import type { Request } from "../wire/socket";
import { planViewing, type Viewed } from "./viewing";

type Transport = types.Transport;
type Consumer = types.Consumer;

export interface RemoteTrack {
  consumerId: string;
  participantId: string;
  source: Source;
  kind: Kind;
  track: MediaStreamTrack;
}

/** A new picture flows at once and is paused after this time if no tile shows it. */
const GRACE_MS = 1_500;
/** A tile that is only moved or redrawn must not cost a pause and a resume. */
const SETTLE_MS = 120;

export class Consumers {
  /** Every track that is set up, in the order of their arrival. */
  readonly remote = signal<readonly RemoteTrack[]>([]);
  readonly #request: Request;
  readonly #consumers = new Map<string, Consumer>();
  readonly #views = new Map<string, Viewed & { tiles: Map<object, number> }>();
  #transport: Transport | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(request: Request) {
    this.#request = request;
  }

  /** A new receive transport: everything from before is void. */
  async use(transport: Transport | null, offers: readonly ConsumerOffer[]): Promise<void> {
    for (const id of [...this.#consumers.keys()]) this.#forget(id);
    this.remote.value = [];
    this.#transport = transport;
    await this.add(offers);
  }

  async add(offers: readonly ConsumerOffer[]): Promise<void> {
    const transport = this.#transport;
    const fresh = offers.filter((offer) => !this.#views.has(offer.consumer_id));
    if (!transport || fresh.length === 0) return;
    for (const offer of fresh) this.#views.set(offer.consumer_id, viewOf(offer));
    // The library joins concurrent calls into one negotiation.
    const made = await Promise.all(fresh.map((offer) => this.#consume(transport, offer)));
    const arrived = made.filter((one) => one !== null);
    if (transport !== this.#transport || arrived.length === 0) return;
    this.remote.value = [...this.remote.value, ...arrived];
    this.#tell();
  }

  close(ids: readonly string[]): void {
    const gone = new Set(ids);
    for (const id of gone) this.#forget(id);
    this.remote.value = this.remote.value.filter((one) => !gone.has(one.consumerId));
  }

  /** After an absence: `offers` is everything the server still has for us. */
  async reconcile(offers: readonly ConsumerOffer[]): Promise<void> {
    const kept = new Set(offers.map((offer) => offer.consumer_id));
    this.close([...this.#consumers.keys()].filter((id) => !kept.has(id)));
    await this.add(offers);
    // A request may have been lost with the socket, so everything is told once more.
    for (const view of this.#views.values()) view.told = { flowing: false, layers: null };
    this.#tell();
  }

  /** A tile shows this consumer `height` device pixels high; null when it no longer does. */
  view(consumerId: string, tile: object, height: number | null): void {
    const view = this.#views.get(consumerId);
    if (!view) return;
    if (height === null) view.tiles.delete(tile);
    else view.tiles.set(tile, height);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), SETTLE_MS);
  }

  get(consumerId: string): Consumer | undefined {
    return this.#consumers.get(consumerId);
  }

  async #consume(transport: Transport, offer: ConsumerOffer): Promise<RemoteTrack | null> {
    try {
      const consumer = await transport.consume({
        id: offer.consumer_id,
        producerId: offer.producer_id,
        kind: offer.kind,
        rtpParameters: offer.rtp_parameters as unknown as types.RtpParameters,
        // Sound and picture of one source share a stream, so that lips and voice stay together.
        streamId: `${offer.participant_id}-${offer.source.startsWith("screen") ? "screen" : "self"}`,
      });
      if (transport !== this.#transport || !this.#views.has(offer.consumer_id)) {
        consumer.close();
        return null;
      }
      this.#consumers.set(offer.consumer_id, consumer);
      return remoteTrack(offer, consumer.track);
    } catch {
      // The transport was closed meanwhile, or the browser cannot decode this one: others go on.
      this.#views.delete(offer.consumer_id);
      return null;
    }
  }

  #forget(id: string): void {
    this.#consumers.get(id)?.close();
    this.#consumers.delete(id);
    this.#views.delete(id);
  }

  #tell(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    const ready = new Map([...this.#views].filter(([id]) => this.#consumers.has(id)));
    const plan = planViewing(ready, now);
    for (const { id, layers } of plan.layers) {
      void this.#request("media.set_layers", { consumer_id: id, ...layers });
      this.#told(id, { layers });
    }
    if (plan.resume.length > 0) {
      void this.#request("media.resume_consumers", { consumer_ids: plan.resume });
      for (const id of plan.resume) this.#told(id, { flowing: true });
    }
    if (plan.pause.length > 0) {
      void this.#request("media.pause_consumers", { consumer_ids: plan.pause });
      for (const id of plan.pause) this.#told(id, { flowing: false });
    }
    if (plan.again !== null) {
      this.#timer = setTimeout(() => this.#tell(), Math.max(0, plan.again - now) + 1);
    }
  }

  #told(id: string, change: Partial<Viewed["told"]>): void {
    const view = this.#views.get(id);
    if (view) view.told = { ...view.told, ...change };
  }
}

function viewOf(offer: ConsumerOffer) {
  return {
    kind: offer.kind,
    layered: offer.source === "camera",
    tiles: new Map<object, number>(),
    graceUntil: performance.now() + GRACE_MS,
    told: { flowing: false, layers: null },
  };
}

function remoteTrack(offer: ConsumerOffer, track: MediaStreamTrack): RemoteTrack {
  return {
    consumerId: offer.consumer_id,
    participantId: offer.participant_id,
    source: offer.source,
    kind: offer.kind,
    track,
  };
}

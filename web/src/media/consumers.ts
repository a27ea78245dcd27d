/**
 * What we receive: one consumer per track of somebody else, set up from the server's offers, asked
 * for in the size it is shown and paused while nobody can see it. What becomes sharper is asked for
 * at once, everything else a little later and together.
 */
import { signal } from "@preact/signals";
import type { types } from "mediasoup-client";
import type { ConsumerOffer, Kind, Requests, Source } from "../wire/messages";
import { mayAskAgain, type Request } from "../wire/socket";
import type { Shown } from "./quality";
import { isUrgent, planViewing, type Told, type Viewed } from "./viewing";

type Transport = types.Transport;
type Consumer = types.Consumer;

export interface RemoteTrack {
  consumerId: string;
  participantId: string;
  source: Source;
  kind: Kind;
  track: MediaStreamTrack;
}

/** A tile that is only moved, redrawn or resized must not cost a message each time. */
const SETTLE_MS = 150;
/** A screen that was replaced keeps its last frame for so long. */
const LINGER_MS = 3_000;
/** Pictures that flow from the click on Join on; JoinRoom asks for them, at most four. */
export const FIRST_PICTURES = 4;
/** Until the room is drawn nobody knows which of them are seen. */
const DRAWN_MS = 3_000;
/** The server has too much to do: it is asked again after this time when it names none. */
const LATER_MS = 1_000;

type View = Viewed & { tiles: Map<object, Shown> };

export class Consumers {
  /** Every track that is set up, in the order of their arrival. */
  readonly remote = signal<readonly RemoteTrack[]>([]);
  readonly #request: Request;
  readonly #consumers = new Map<string, Consumer>();
  readonly #views = new Map<string, View>();
  #transport: Transport | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** When the timer runs out; performance.now(). */
  #due = 0;

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

  /** Whoever comes in: some pictures flow already. */
  async begin(offers: readonly ConsumerOffer[]): Promise<void> {
    const first = offers.filter((offer) => offer.kind === "video").slice(0, FIRST_PICTURES);
    const adding = this.add(offers);
    const graceUntil = performance.now() + DRAWN_MS;
    for (const { consumer_id } of first) {
      const view = this.#views.get(consumer_id);
      if (view) Object.assign(view, { graceUntil, told: { flowing: null, preference: null } });
    }
    return adding;
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
    for (const { consumerId, source } of this.remote.value) {
      if (gone.has(consumerId) && source === "screen") this.#linger(consumerId);
    }
    for (const id of gone) this.#forget(id);
    this.remote.value = this.remote.value.filter((one) => !gone.has(one.consumerId));
  }

  /** After an absence: `offers` is everything the server still has for us. */
  async reconcile(offers: readonly ConsumerOffer[]): Promise<void> {
    const kept = new Set(offers.map((offer) => offer.consumer_id));
    this.close([...this.#consumers.keys()].filter((id) => !kept.has(id)));
    await this.add(offers);
    // A request may have been lost with the socket, so everything is told once more.
    for (const view of this.#views.values()) view.told = { flowing: null, preference: null };
    this.#tell();
  }

  /** A tile shows this consumer; null when it no longer does. */
  view(consumerId: string, tile: object, shown: Shown | null): void {
    const view = this.#views.get(consumerId);
    if (!view) return;
    const now = performance.now();
    if (shown) view.tiles.set(tile, shown);
    else if (view.tiles.delete(tile)) view.graceUntil = now + SETTLE_MS;
    // Even what is urgent waits for the end of this frame, so that its other tiles go along.
    this.#tellBy(isUrgent(view, now) ? now : now + SETTLE_MS);
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
        // A shared screen and its sound share a stream, so that the browser keeps them together. It
        // would hold a voice back for a face, too: there the picture waits instead (`lips.ts`).
        streamId: `${offer.participant_id}-${offer.source.startsWith("screen") ? "screen" : offer.source}`,
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

  /** Closed, it would be drawn black; whoever draws it still waits for the one in its place. */
  #linger(id: string): void {
    const consumer = this.#consumers.get(id);
    this.#consumers.delete(id);
    setTimeout(() => consumer?.close(), LINGER_MS);
  }

  #forget(id: string): void {
    this.#consumers.get(id)?.close();
    this.#consumers.delete(id);
    this.#views.delete(id);
  }

  #tellBy(due: number): void {
    if (this.#timer !== null && this.#due <= due) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.#tell(), Math.max(0, due - performance.now()));
  }

  #tell(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const ready = new Map([...this.#views].filter(([id]) => this.#consumers.has(id)));
    const { preferences, resume, pause, again } = planViewing(ready, performance.now());
    // Preferences go first: what is resumed then begins in the layer it is shown in.
    if (preferences.length > 0) {
      const consumers = preferences.map(({ id, preference }) => ({
        consumer_id: id,
        ...preference,
      }));
      for (const { id, preference } of preferences) this.#told(id, { preference });
      this.#ask("media.set_preferences", { consumers }, () => {
        for (const { id } of preferences) this.#told(id, { preference: null });
      });
    }
    this.#flow("media.resume_consumers", resume, true);
    this.#flow("media.pause_consumers", pause, false);
    if (again !== null) this.#tellBy(again + 1);
  }

  #flow(
    name: "media.resume_consumers" | "media.pause_consumers",
    ids: string[],
    flowing: boolean,
  ): void {
    if (ids.length === 0) return;
    for (const id of ids) this.#told(id, { flowing });
    this.#ask(name, { consumer_ids: ids }, () => {
      for (const id of ids) this.#told(id, { flowing: null });
    });
  }

  /** Asks, and forgets that it was told when the server had too much to do for it. */
  #ask<K extends keyof Requests>(
    name: K,
    message: Requests[K]["request"],
    forget: () => void,
  ): void {
    void this.#request(name, message).then((answer) => {
      if (answer.ok || !mayAskAgain(answer.error)) return;
      forget();
      const wait = Number(answer.error.params.retry_ms ?? LATER_MS);
      this.#tellBy(performance.now() + wait);
    });
  }

  #told(id: string, change: Partial<Told>): void {
    const view = this.#views.get(id);
    if (view) view.told = { ...view.told, ...change };
  }
}

function viewOf(offer: ConsumerOffer): View {
  return {
    kind: offer.kind,
    layered: offer.source === "camera",
    tiles: new Map<object, Shown>(),
    graceUntil: 0,
    // Every consumer begins paused.
    told: { flowing: false, preference: null },
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

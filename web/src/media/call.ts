/**
 * The media side of a seat as one whole: sets it up from what the server says, and heals it.
 *
 * A path that broke gets new ICE credentials; when that does not help within 3 s, or the server's
 * media process was replaced, everything is set up anew and every source is published again. Each
 * attempt has a number; one that was overtaken by a newer one stops where it is.
 */
import { effect, signal } from "@preact/signals";
import type { Device } from "mediasoup-client";
import type {
  KeptMedia,
  MediaState,
  MediaWelcome,
  Produce,
  Refusal,
  Welcome,
} from "../wire/messages";
import { mayAskAgain, type Wire } from "../wire/socket";
import { Advised } from "./advised";
import { Ahead } from "./ahead";
import { Arrival } from "./arrival";
import { Consumers, FIRST_PICTURES } from "./consumers";
import { loadDevice, receiveCapabilities } from "./device";
import { Downlink } from "./downlink";
import { LinkWatch } from "./link_watch";
import { patienceFor } from "./patience";
import { Playback } from "./playback";
import { Producers } from "./producers";
import { type PathState, Transports } from "./transports";

const JOIN_MS = 3_000;
/** While the media process restarts: often at first, then seldom, but never given up. */
const RETRY_MS = 300;
const RETRY_SOON_FOR_MS = 10_000;
const RETRY_LATER_MS = 2_000;
/** Every repair has had its turn twice by then. */
const OBSTRUCTED_AFTER_MS = 15_000;
/** The media process is away or moves; every other refusal of the media side is for good. */
const RESTARTING = new Set([
  "media.unavailable",
  "media.fault",
  "router.unknown",
  "router.other",
  "endpoint.unknown",
  "endpoint.router",
]);

export class Call {
  readonly transports: Transports;
  readonly producers: Producers;
  readonly consumers: Consumers;
  readonly playback = new Playback();
  readonly quality: LinkWatch;
  readonly downlink: Downlink;
  readonly advised: Advised;
  readonly arrival: Arrival;
  /** Everything is being set up anew: sound and picture pause. */
  readonly rejoining = signal(false);
  /** Why there is no sound and picture, and will be none until somebody does something. */
  readonly refused = signal<Refusal | null>(null);
  /** The paths have found no way through for long, though the socket has: a firewall, most likely. */
  readonly obstructed = signal(false);
  /** This browser can neither send nor receive here. */
  readonly unsupported = signal(false);
  readonly #wire: Wire;
  readonly #device: Promise<Device>;
  readonly #stop: (() => void)[] = [];
  #ahead: Ahead | null = null;
  #isJoining = false;
  #attempt = 0;
  #closed = false;
  #obstruction: ReturnType<typeof setTimeout> | undefined;

  constructor(wire: Wire, routerCapabilities: Promise<Record<string, unknown>>) {
    this.#wire = wire;
    this.#device = routerCapabilities.then(loadDevice);
    this.#device.catch(() => {
      this.unsupported.value = true;
    });
    this.transports = new Transports(wire.request);
    this.producers = new Producers(wire.request);
    this.consumers = new Consumers(wire.request);
    this.downlink = new Downlink(this.consumers.remote);
    this.advised = new Advised(this.consumers, this.producers);
    this.quality = new LinkWatch(this.transports, (reports) => this.advised.see(reports));
    this.arrival = new Arrival(this.transports, wire.link);
    wire.on("media.consumers_added", (notice) => void this.consumers.add(notice.consumers));
    wire.on("media.consumers_closed", (notice) => this.consumers.close(notice.consumer_ids));
    wire.on("media.screen_codecs", ({ mime_types }) => this.producers.allowScreens(mime_types));
    wire.on("media.downlink", (notice) => this.downlink.hear(notice));
    wire.on("media.remedy", ({ word }) => this.advised.hear(word));
    wire.on("media.reset", () => void this.rejoin());
    this.#stop.push(effect(() => this.playback.show(this.consumers.remote.value)));
    this.#stop.push(effect(() => this.#watch(this.transports.state.value)));
  }

  /**
   * Before the click on Join: both paths are made. False when there is no point in it now; joining
   * does the same later.
   */
  async prepare(): Promise<boolean> {
    if (this.transports.epoch) return true;
    const device = await this.#device.catch(() => null);
    if (!device || this.#isJoining) return false;
    const rtp_capabilities = receiveCapabilities(device);
    const answer = await this.#wire.request("media.prepare", { rtp_capabilities }, JOIN_MS);
    if (this.#closed || this.#isJoining || !answer.ok) return false;
    this.transports.setUp(device, answer.value);
    const { send, receive } = this.transports;
    if (send && receive) this.#ahead = new Ahead(device, send, receive);
    // Voices are told before the welcome, so that they are heard although that is long.
    await this.consumers.use(receive, []);
    return true;
  }

  /** What JoinRoom does along with the join, when the paths are there. */
  offer(track: MediaStreamTrack | null, live: boolean): { produce?: Produce[]; pictures?: number } {
    if (!this.#ahead) return {};
    const produce = this.#ahead.offer(track, live);
    return { ...(produce.length > 0 ? { produce } : {}), pictures: FIRST_PICTURES };
  }

  /** What JoinRoom carries: our capabilities, or nothing while we still have what we had. */
  async capabilities(): Promise<Record<string, unknown> | null> {
    this.#isJoining = true;
    return this.transports.epoch ? null : receiveCapabilities(await this.#device);
  }

  /** After every JoinRoom. `own` is what the room believes about our sources. */
  async welcomed(welcome: Welcome, own: MediaState | null): Promise<void> {
    const ahead = this.#ahead;
    this.#ahead = null;
    const kept = welcome.kept_media;
    if (!welcome.media && kept && own && kept.epoch === this.transports.epoch) {
      return ahead ? this.#begin(ahead, kept, own) : this.#keep(kept, own);
    }
    void ahead?.settle(null);
    return welcome.media ? this.#setUp(welcome.media) : this.rejoin();
  }

  /** Everything anew on the media side, as long as the socket is there and it may still help. */
  async rejoin(): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    const begun = performance.now();
    // Without a device `unsupported` says so, and there is nothing to ask for.
    const device = await this.#device.catch(() => null);
    if (!device || attempt !== this.#attempt || this.#closed) return;
    const rtp_capabilities = receiveCapabilities(device);
    this.refused.value = null;
    this.rejoining.value = true;
    this.transports.close();
    this.downlink.hear(null);
    this.advised.forget();
    await this.consumers.use(null, []);
    while (attempt === this.#attempt && !this.#closed) {
      const answer = await this.#wire.request("media.join", { rtp_capabilities }, JOIN_MS);
      if (attempt !== this.#attempt || this.#closed) return;
      if (answer.ok) return this.#setUp(answer.value);
      // The next connection begins with JoinRoom, and that brings us back here.
      if (answer.error.code === "wire.timeout") this.#wire.renew();
      if (answer.error.code.startsWith("wire.")) return;
      if (!mayAskAgain(answer.error) && !RESTARTING.has(answer.error.code)) {
        this.rejoining.value = false;
        this.refused.value = answer.error;
        return;
      }
      const soon = performance.now() - begun < RETRY_SOON_FOR_MS;
      await sleep(soon ? RETRY_MS : RETRY_LATER_MS);
    }
  }

  close(): void {
    this.#closed = true;
    this.#attempt += 1;
    clearTimeout(this.#obstruction);
    for (const stop of this.#stop) stop();
    this.quality.stop();
    this.downlink.close();
    this.advised.close();
    this.arrival.close();
    void this.consumers.use(null, []);
    this.transports.close();
    this.playback.close();
  }

  async #setUp(welcome: MediaWelcome): Promise<void> {
    this.#attempt += 1;
    const device = await this.#device;
    if (this.#closed) return;
    this.rejoining.value = false;
    this.refused.value = null;
    this.transports.setUp(device, welcome);
    this.producers.allowScreens(welcome.screen_codecs);
    // Receiving goes first: seeing the others is what a person waits for.
    const receiving = this.consumers.use(this.transports.receive, welcome.consumers);
    this.producers.use(this.transports.send);
    await receiving;
  }

  /** The paths are there, and what was published along with the join is on its way. */
  async #begin(ahead: Ahead, kept: KeptMedia, own: MediaState): Promise<void> {
    this.#attempt += 1;
    this.producers.allowScreens(kept.screen_codecs);
    const { send } = this.transports;
    const receiving = this.consumers.begin(kept.consumers);
    const producer = await ahead.settle(kept.producers.microphone ?? null);
    if (this.#closed || send !== this.transports.send) return;
    if (producer && send) {
      this.producers.adopt("microphone", producer, send, own.microphone === "live");
    }
    this.producers.use(send);
    await receiving;
    if (this.transports.state.value === "broken") await this.#heal();
  }

  async #keep(kept: KeptMedia, own: MediaState): Promise<void> {
    this.#attempt += 1;
    this.producers.allowScreens(kept.screen_codecs);
    this.producers.reconcile(kept.producers, own);
    await this.consumers.reconcile(kept.consumers);
    if (this.transports.state.value === "broken") await this.#heal();
  }

  #watch(state: PathState): void {
    if (state === "working") {
      clearTimeout(this.#obstruction);
      this.#obstruction = undefined;
      this.obstructed.value = false;
    }
    if (state !== "broken" || this.#ahead) return;
    this.#obstruction ??= setTimeout(() => {
      this.#obstruction = undefined;
      // With the socket away as well it is the whole network, and that is said elsewhere.
      this.obstructed.value = this.#wire.link.value === "up";
    }, OBSTRUCTED_AFTER_MS);
    const attempt = this.#attempt;
    void sleep(patienceFor(this.advised.advice.value).watchMs).then(() => {
      const still = this.transports.state.value === "broken" && attempt === this.#attempt;
      if (still && this.#wire.link.value === "up") void this.#heal();
    });
  }

  async #heal(): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    const restarted = await this.transports.restartIce();
    if (attempt !== this.#attempt) return;
    if (restarted === "unanswered") return this.#wire.renew();
    if (restarted === "restarted") await sleep(patienceFor(this.advised.advice.value).healMs);
    if (attempt !== this.#attempt || this.transports.state.value !== "broken") return;
    await this.rejoin();
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * One seat in a live room, from the first connection to the last: joins, joins again after every
 * loss, keeps the room's mirror and the media side in step, and says in one word how it stands.
 */
import { computed, signal } from "@preact/signals";
import { Call } from "../media/call";
import type { Result } from "../result";
import { DeckDoor } from "../wire/decks";
import {
  type AsideBody,
  type JsonObject,
  PROTOCOL_VERSION,
  type Refusal,
  type RoomEvent,
  type Silenced,
  type Welcome,
} from "../wire/messages";
import { fetchText } from "../wire/slides";
import { mayAskAgain, Wire } from "../wire/socket";
import { BoardRoom } from "./board_room";
import { ChatBox } from "./chat_box";
import { ClockWatch } from "./clock_watch";
import { DeckQuestions } from "./deck_questions";
import { type DeckNews, DecksRoom } from "./decks_room";
import { FilesRoom } from "./files_room";
import { NetworkWatch } from "./network_watch";
import { OwnDevice } from "./own_device";
import { OwnShare } from "./own_share";
import { PlacedSlides } from "./placed_slides";
import { Pulse } from "./pulse";
import { Reactions } from "./reactions";
import { type RoomAction, reduce } from "./reduce";
import { SlideTexts } from "./slide_texts";
import { EMPTY_ROOM, type RoomState, selfOf } from "./state";

export type Standing =
  | { is: "joining" }
  | { is: "inside" }
  | { is: "reconnecting" }
  /** In front of the door, until somebody lets us in. */
  | { is: "waiting" }
  /** The same person has this seat in another tab. */
  | { is: "taken" }
  | { is: "replaced" }
  | { is: "ended" }
  | { is: "left" }
  | { is: "refused"; refusal: Refusal };

/** A room that does not answer a leave is left all the same. */
const LEAVE_MS = 1_500;
const AGAIN_MS = 1_000;
const JOIN_MS = 5_000;

/** How long to wait before the same is asked again. */
function waitMs(refusal: Refusal): number {
  return Number(refusal.params.retry_ms ?? AGAIN_MS);
}

export class Session {
  readonly room = signal<RoomState>(EMPTY_ROOM);
  /** Who is ringed. The server keeps a voice for 600 ms, so that short pauses do not flicker. */
  readonly speakers = signal<ReadonlySet<string>>(new Set());
  /** Who else had the word last; keeps its value while we speak ourselves and through pauses. */
  readonly dominant = signal<string | null>(null);
  /** The newest thing of ours that somebody switched off. */
  readonly silenced = signal<Silenced | null>(null);
  /** Where what was recorded of this class can be watched; empty until it can. */
  readonly recorded = signal("");
  /** How often a yes of ours could not be stored. */
  readonly notKept = signal(0);
  readonly wire: Wire;
  readonly call: Call;
  readonly microphone: OwnDevice;
  readonly camera: OwnDevice;
  readonly share: OwnShare;
  readonly chat: ChatBox;
  readonly files: FilesRoom;
  readonly decks: DecksRoom;
  /** What became last of a deck that was dropped here. */
  readonly deckNews = signal<DeckNews | null>(null);
  /** What decks on the stage say, for those who lead; and their texts, for everybody. */
  readonly slides: PlacedSlides;
  /** Prepared with decks, for those who ask. */
  readonly questions: DeckQuestions;
  readonly texts = new SlideTexts(fetchText);
  readonly board: BoardRoom;
  readonly network: NetworkWatch;
  readonly reactions: Reactions;
  readonly standing = computed<Standing>(() => this.#standing());
  readonly #outcome = signal<Standing | null>(null);
  readonly #inside = signal(false);
  readonly #waiting = signal(false);
  readonly #pulse: Pulse;
  readonly #clock: ClockWatch;
  #isAhead = false;
  #syncing = false;

  constructor(seat: { token: string; tab: string }, capabilities: Promise<JsonObject>) {
    this.wire = new Wire({ seat: seat.token, tab: seat.tab });
    this.call = new Call(this.wire, capabilities);
    this.microphone = new OwnDevice("microphone", this.call.producers);
    this.camera = new OwnDevice("camera", this.call.producers);
    this.share = new OwnShare(this.call.producers);
    this.files = new FilesRoom(this.wire.request, seat.token, () => this.room.value.code);
    this.decks = new DecksRoom({
      wire: this.wire,
      seat: { token: seat.token, code: () => this.room.value.code },
      placed: () => this.room.value.board.placements.map((one) => one.id),
      told: (news) => {
        this.deckNews.value = news;
      },
    });
    const { uploads } = this.files;
    const apply = (action: RoomAction) => this.#apply(action);
    const place = () => selfOf(this.room.value)?.group ?? "";
    this.chat = new ChatBox(this.wire.request, apply, uploads, place);
    const door = new DeckDoor({ token: seat.token, code: () => this.room.value.code });
    this.questions = new DeckQuestions(door);
    this.slides = new PlacedSlides({
      wire: this.wire,
      door,
      placements: computed(() => this.room.value.board.placements),
    });
    this.board = new BoardRoom({
      wire: this.wire,
      seatToken: seat.token,
      room: this.room,
      backdropOf: (page) => this.slides.addressOf(page),
    });
    this.network = new NetworkWatch(this.wire);
    this.reactions = new Reactions(this.wire);
    this.#pulse = new Pulse(this.wire);
    this.#clock = new ClockWatch(this.wire, (reading) => this.#apply({ type: "clock", reading }));
    this.wire.onUp(() => {
      if (!this.#isAhead) void this.#join();
    });
    this.wire.onRefused((refusal) => this.#refused(refusal));
    this.wire.on("room.events", ({ entries }) => {
      for (const notice of entries) this.#happened(notice);
    });
    this.wire.on("room.aside", ({ clock_ms, event }) => this.#told(event, clock_ms));
    this.wire.on("board.reserved", (reserved) => this.#apply({ type: "reserved", reserved }));
    this.wire.on("room.rights", ({ rights }) => this.#apply({ type: "rights", rights }));
    this.wire.on("media.speakers", (notice) => {
      const { dominant } = notice;
      if (dominant !== null && dominant !== this.room.value.selfId) this.dominant.value = dominant;
      this.speakers.value = new Set(notice.participant_ids);
    });
    // Nobody is heard while the media side starts anew, and no notice will say so.
    this.wire.on("media.reset", () => {
      this.speakers.value = new Set();
    });
    this.wire.on("recording.ready", ({ link }) => {
      this.recorded.value = link;
    });
    this.wire.on("recording.not_kept", () => {
      this.notKept.value += 1;
    });
    this.wire.on("lobby.admitted", () => void this.#join());
    this.wire.on("lobby.turned_away", () => this.#refused({ code: "lobby.refused", params: {} }));
    this.wire.on("seat.removed", () => this.#refused({ code: "seat.removed", params: {} }));
    this.wire.on("seat.replaced", () => this.#end({ is: "replaced" }));
  }

  /**
   * Connects before the click on Join, and makes the paths of the media; nobody hears of it. False
   * when that could not be: then it is closed, and another one joins the usual way.
   */
  async prepare(): Promise<boolean> {
    this.#isAhead = true;
    this.wire.brace();
    const isUp = await new Promise<boolean>((resolve) => {
      this.wire.onUp(() => resolve(true));
      this.wire.onRefused(() => resolve(false));
      this.wire.open();
    });
    const isReady = isUp && (await this.call.prepare());
    if (!isReady && this.#isAhead) this.close();
    return isReady;
  }

  /** Whether `open` goes on with what is made, or being made, and nothing is against it. */
  isPrepared(): boolean {
    return this.#isAhead && this.#outcome.value === null && this.wire.link.value !== "closed";
  }

  /** `takeover` takes the seat from another tab of the same person. */
  open(takeover = false): void {
    this.#outcome.value = null;
    if (!this.#isAhead) this.wire.open(takeover);
    else if (this.wire.link.value === "up") void this.#join();
    this.#isAhead = false;
    this.#pulse.start();
  }

  async leave(): Promise<void> {
    await this.files.abandon();
    await this.wire.request("room.leave", {}, LEAVE_MS);
    this.#end({ is: "left" });
  }

  /** Lets the other tab have the seat. */
  giveWay(): void {
    this.#outcome.value = null;
    this.#end({ is: "replaced" });
  }

  /** Ends the room for everybody. */
  async end(): Promise<Result<unknown, Refusal>> {
    const answer = await this.wire.request("room.end", {});
    if (answer.ok) this.#end({ is: "ended" });
    return answer;
  }

  close(): void {
    this.#pulse.stop();
    this.#clock.stop();
    this.network.close();
    this.board.close();
    this.files.close();
    this.decks.close();
    this.slides.close();
    this.texts.close();
    this.share.stop();
    this.microphone.close();
    this.camera.close();
    this.call.close();
    this.wire.close();
  }

  #standing(): Standing {
    if (this.#outcome.value) return this.#outcome.value;
    if (!this.#inside.value) return { is: this.#waiting.value ? "waiting" : "joining" };
    const connected = this.wire.link.value === "up" && this.#pulse.online.value;
    return { is: connected ? "inside" : "reconnecting" };
  }

  async #join(): Promise<void> {
    const rtp_capabilities = await this.call.capabilities().catch(() => null);
    const along = this.call.offer(this.microphone.track.value, this.microphone.on.value);
    const ask = { rtp_capabilities, client_version: PROTOCOL_VERSION, ...along };
    const answer = await this.wire.request("room.join", ask, JOIN_MS);
    if (this.#outcome.value) return;
    if (answer.ok) return this.#welcomed(answer.value);
    this.#waiting.value = answer.error.code === "lobby.waiting";
    if (this.#waiting.value) this.#inside.value = false;
    else if (answer.error.code === "wire.timeout") this.wire.renew();
    else if (mayAskAgain(answer.error)) this.wire.renew(waitMs(answer.error));
    else if (answer.error.code !== "wire.away") this.#refused(answer.error);
  }

  async #welcomed(welcome: Welcome): Promise<void> {
    if (welcome.protocol !== PROTOCOL_VERSION) {
      this.#refused({ code: "protocol.mismatch", params: {} });
      return;
    }
    this.#apply({ type: "welcomed", welcome, at: performance.now() });
    this.#inside.value = true;
    this.#waiting.value = false;
    this.network.resume();
    this.#clock.start();
    this.files.uploads.wake();
    this.decks.sending.wake();
    void this.chat.sendPending(this.room.value.pending);
    const own = selfOf(this.room.value)?.media ?? null;
    // A browser without any of this still has the room: people, chat and what is said about it.
    await this.call.welcomed(welcome, own).catch(() => undefined);
  }

  #happened(notice: RoomEvent): void {
    const before = selfOf(this.room.value)?.role;
    this.#apply({ type: "happened", notice });
    const role = selfOf(this.room.value)?.role;
    // Another role knows more of the room, or less: the snapshot says which.
    if (before && role && before !== role) void this.#sync();
  }

  #told(event: AsideBody, clockMs: number): void {
    this.#apply({ type: "told", event, clockMs });
    if (event.type === "silenced") this.#silence(event);
  }

  /** The server did it already; what is shown here, and the camera's light, must be true, too. */
  #silence(event: Silenced): void {
    if (event.sources.includes("microphone")) void this.microphone.set(false);
    if (event.sources.includes("camera")) void this.camera.set(false);
    if (event.sources.includes("screen")) this.share.stop();
    this.silenced.value = event;
  }

  #apply(action: RoomAction): void {
    this.room.value = reduce(this.room.value, action);
    if (this.room.value.endedBy !== null) this.#end({ is: "ended" });
    else if (this.room.value.stale) void this.#sync();
  }

  async #sync(): Promise<void> {
    if (this.#syncing) return;
    this.#syncing = true;
    const answer = await this.wire.request("room.sync", {});
    if (!answer.ok && mayAskAgain(answer.error)) {
      await new Promise((resolve) => setTimeout(resolve, waitMs(answer.error)));
    }
    this.#syncing = false;
    if (answer.ok) this.#apply({ type: "synced", room: answer.value, at: performance.now() });
    else if (mayAskAgain(answer.error) && this.#outcome.value === null) void this.#sync();
  }

  #refused(refusal: Refusal): void {
    if (this.#outcome.value) return;
    if (refusal.code === "seat.taken") this.#outcome.value = { is: "taken" };
    else if (refusal.code === "room.ended") this.#end({ is: "ended" });
    else this.#end({ is: "refused", refusal });
  }

  #end(standing: Standing): void {
    if (this.#outcome.value && this.#outcome.value.is !== "taken") return;
    this.#outcome.value = standing;
    this.close();
  }
}

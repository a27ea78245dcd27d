/**
 * The board's socket: one connection that heals by itself, with the pages that are open on it. It
 * decides when to connect again and which channel a page has; what goes over it is the pages' matter.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Result } from "../result";
import type { Refusal } from "../wire/messages";
import { FrameFault } from "./frame_bytes";
import {
  decodeToClient,
  encodeToServer,
  type PageMode,
  type ToClient,
  type ToServer,
} from "./frames";
import { Channels } from "./link_channels";
import { type BoardSocket, plugIn } from "./link_socket";
import type { Peer, Rect } from "./model";
import { OpenPage } from "./open_page";

export type LinkState = "connecting" | "up" | "down" | "closed";

export interface LinkPorts {
  ticket(): Promise<Result<string, Refusal>>;
  plug?(url: string): BoardSocket;
}

const FIRST_RETURN_MS = 300;
const LAST_RETURN_MS = 3_000;
const PING_MS = 4_000;
const DEAD_MS = 8_000;
/** The server allows 120 a second and 1200 at once; what was drawn offline keeps below that. */
const UPDATES_PER_S = 100;
const UPDATES_AT_ONCE = 1_000;
/** More than this waiting in the browser: the network is slow, and live frames only add to it. */
const CONGESTED_BYTES = 64 * 1024;

type ViewListener = (peer: number, pageId: string, rect: Rect) => void;

/**
 * Signals are looked at with `peek`: an effect that opens a page must not run again because of it.
 * Invariant: frames reach a page only on the channel it has on the present connection.
 */
export class BoardLink {
  readonly #state = signal<LinkState>("connecting");
  readonly #author = signal("");
  readonly #peers = signal<readonly Peer[]>([]);
  readonly #authors = signal<ReadonlyMap<string, string>>(new Map());
  readonly #fault = signal<string | null>(null);
  readonly #pages = signal<readonly OpenPage[]>([]);
  readonly #channels = new Channels();
  readonly #viewListeners = new Set<ViewListener>();
  readonly #ports: LinkPorts;
  #socket: BoardSocket | null = null;
  #attempt = 0;
  #returnMs = FIRST_RETURN_MS;
  #returnTimer: ReturnType<typeof setTimeout> | undefined;
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #heardAt = 0;
  #pings = 0;
  #tokens = UPDATES_AT_ONCE;
  #tokensAt = 0;
  readonly #comeBack = () => this.#returnNow();

  readonly state: ReadonlySignal<LinkState> = this.#state;
  /** Our author id; "" until the first welcome. */
  readonly author: ReadonlySignal<string> = this.#author;
  readonly peers: ReadonlySignal<readonly Peer[]> = this.#peers;
  /** Names of all authors heard of. */
  readonly authors: ReadonlySignal<ReadonlyMap<string, string>> = this.#authors;
  /** What the server complains of, by its code; null when all is well. */
  readonly fault: ReadonlySignal<string | null> = this.#fault;
  /** Updates not on the server's disk yet, of all pages, also of those just closed. */
  readonly unsaved = computed(() =>
    this.#pages.value.reduce((sum, page) => sum + page.unsaved.value, 0),
  );

  constructor(ports: LinkPorts) {
    this.#ports = ports;
  }

  open(): void {
    if (this.#socket || (this.#attempt > 0 && this.#state.peek() !== "closed")) return;
    this.#state.value = "connecting";
    globalThis.addEventListener?.("online", this.#comeBack);
    void this.#connect();
  }

  /** Final until `open()`: every page is gone with what it had not saved. */
  close(): void {
    this.#state.value = "closed";
    globalThis.removeEventListener?.("online", this.#comeBack);
    this.#hangUp();
    for (const page of this.#pages.peek()) page.abandon();
    this.#pages.value = [];
  }

  /** The page as it is on the server, from now on. One that is still saving is taken up again. */
  openPage(docId: string, { mode }: { mode: PageMode }): OpenPage {
    const leaving = this.#pages.peek().find((page) => page.mayTakeUp(docId, mode));
    if (leaving) {
      leaving.takeUp();
      return leaving;
    }
    const page = new OpenPage(docId, mode, {
      author: () => this.#author.peek(),
      claim: (page) => this.#channels.claim(page),
      release: (channel) =>
        this.#channels.release(channel, () => this.#send({ type: "close", channel })),
      send: (frame) => this.#send(frame),
      isCongested: () => (this.#socket?.bufferedAmount ?? 0) > CONGESTED_BYTES,
      takeToken: () => this.#takeToken(),
      ended: (page) => {
        this.#channels.forget(page);
        this.#pages.value = this.#pages.peek().filter((other) => other !== page);
      },
    });
    this.#pages.value = [...this.#pages.peek(), page];
    if (this.#state.peek() === "up") page.begin();
    return page;
  }

  sendView(pageId: string, rect: Rect): void {
    if (this.#state.peek() === "up") this.#send({ type: "view", pageId, rect });
  }

  onView(listener: ViewListener): () => void {
    this.#viewListeners.add(listener);
    return () => this.#viewListeners.delete(listener);
  }

  async #connect(): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    const answer = await this.#ports.ticket().catch(() => null);
    if (attempt !== this.#attempt || this.#state.peek() === "closed") return;
    if (!answer?.ok) {
      this.#returnLater();
      return;
    }
    const ticket = answer.value;
    const socket = (this.#ports.plug ?? plugIn)(addressOfBoard());
    this.#socket = socket;
    this.#heardAt = Date.now();
    socket.onOpen = () => socket.send(encodeToServer({ type: "hello", ticket }));
    socket.onMessage = (message) => {
      if (attempt === this.#attempt) this.#heard(message);
    };
    socket.onClose = () => {
      if (attempt === this.#attempt) this.#lost();
    };
    this.#pingTimer = setInterval(() => this.#watch(), PING_MS);
  }

  #watch(): void {
    if (Date.now() - this.#heardAt >= DEAD_MS) this.#lost();
    else if (this.#state.peek() === "up") {
      // Only now: a server that takes us in and throws us out must not be asked three times a second.
      this.#returnMs = FIRST_RETURN_MS;
      this.#pings += 1;
      this.#send({ type: "ping", n: this.#pings });
    }
  }

  #lost(): void {
    this.#hangUp();
    this.#returnLater();
  }

  /** Ends the connection, if any; pages keep what they have. */
  #hangUp(): void {
    this.#attempt += 1;
    clearInterval(this.#pingTimer);
    clearTimeout(this.#returnTimer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#channels.clear();
    this.#peers.value = [];
    for (const page of this.#pages.peek()) page.suspend();
  }

  #returnLater(): void {
    if (this.#state.peek() === "closed") return;
    this.#state.value = "down";
    clearTimeout(this.#returnTimer);
    this.#returnTimer = setTimeout(() => this.#returnNow(), this.#returnMs);
    this.#returnMs = Math.min(LAST_RETURN_MS, this.#returnMs * 2);
  }

  #returnNow(): void {
    if (this.#state.peek() !== "down") return;
    clearTimeout(this.#returnTimer);
    this.#state.value = "connecting";
    void this.#connect();
  }

  #heard(message: Uint8Array): void {
    this.#heardAt = Date.now();
    try {
      for (const frame of decodeToClient(message)) this.#take(frame);
    } catch (error) {
      if (!(error instanceof FrameFault)) throw error;
      this.#lost();
    }
  }

  #take(frame: ToClient): void {
    switch (frame.type) {
      case "welcome":
        this.#welcome(frame.author);
        break;
      case "peers":
        this.#peers.value = frame.peers;
        this.#learn(frame.peers.map(({ author, name }) => [author, name]));
        for (const page of this.#pages.peek()) page.keepPeers(frame.peers);
        break;
      case "authors":
        this.#learn(Object.entries(frame.names));
        break;
      case "view":
        for (const listener of this.#viewListeners) listener(frame.peer, frame.pageId, frame.rect);
        break;
      case "fault":
        this.#fault.value = frame.code === "board.saved" ? null : frame.code;
        break;
      case "pong":
        break;
      default:
        this.#channels.pageOf(frame.channel)?.receive(frame);
        if (frame.type === "state" || frame.type === "refused")
          this.#channels.answered(frame.channel);
    }
  }

  #welcome(author: string): void {
    this.#author.value = author;
    this.#state.value = "up";
    this.#fault.value = null;
    this.#tokens = UPDATES_AT_ONCE;
    this.#tokensAt = Date.now();
    for (const page of this.#pages.peek()) page.begin();
  }

  #learn(names: readonly (readonly [string, string])[]): void {
    const known = this.#authors.peek();
    if (names.every(([author, name]) => known.get(author) === name)) return;
    this.#authors.value = new Map([...known, ...names]);
  }

  #send(frame: ToServer): void {
    this.#socket?.send(encodeToServer(frame));
  }

  #takeToken(): boolean {
    const now = Date.now();
    const refilled = this.#tokens + ((now - this.#tokensAt) * UPDATES_PER_S) / 1_000;
    this.#tokens = Math.min(UPDATES_AT_ONCE, refilled);
    this.#tokensAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

function addressOfBoard(): string {
  const { protocol, host } = globalThis.location ?? { protocol: "http:", host: "localhost" };
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws/board`;
}

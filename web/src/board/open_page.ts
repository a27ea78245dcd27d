/**
 * One page open on the board's socket: its document, its pen, and what is not saved yet. It decides
 * what is sent again after a lost connection, and when the document must be made anew.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import * as Y from "yjs";
import type { PageMode, ToClient, ToServer } from "./frames";
import type { Peer, Pen, Point, Preview } from "./model";
import { inflate } from "./open_page_inflate";
import { newClientId, YPage } from "./page_doc";
import { PresenceIn } from "./preview_in";
import { PresenceOut } from "./preview_out";
import { UpdateQueue } from "./queue";
import { firstClock, isCovered } from "./queue_split";

export type PageState = "opening" | "ready" | "away" | "refused";

/** What a page needs of the link it is open on. */
export interface PageLine {
  author(): string;
  /** A channel, or null while too many pages are open. */
  claim(page: OpenPage): number | null;
  /** Closes the channel. */
  release(channel: number): void;
  send(frame: ToServer): void;
  isCongested(): boolean;
  /** Whether one more update may be sent now. */
  takeToken(): boolean;
  ended(page: OpenPage): void;
}

type OfChannel = Exclude<
  ToClient,
  { type: "welcome" | "peers" | "authors" | "view" | "pong" | "fault" }
>;
type DeniedListener = (code: string, lostUpdates: number) => void;
type PreviewListener = (peer: number, key: string, preview: Preview | null) => void;

/** Asked again after this long when the server cannot open the page just now. */
const REFUSED_RETRY_MS = 1_000;
const TOKEN_RETRY_MS = 100;
const OF_THE_MOMENT = new Set(["board.unavailable", "channel.limit", "channel.taken"]);

/** Invariant: `doc` has every update that was acknowledged, and the queue every other one of ours. */
export class OpenPage {
  readonly docId: string;
  readonly mode: PageMode;
  readonly #line: PageLine;
  readonly #doc = signal<YPage | null>(null);
  readonly #pen = signal<Pen>("none");
  readonly #unsaved = signal(0);
  readonly #state = signal<PageState>("opening");
  readonly #refusal = signal<string | null>(null);
  readonly #queue = new UpdateQueue();
  readonly #denied = new Set<DeniedListener>();
  readonly #incoming: PresenceIn;
  readonly #outgoing: PresenceOut;
  #clientId = newClientId();
  #channel: number | null = null;
  /** Grows with each opening: what was begun for an earlier one is dropped. */
  #opening = 0;
  #held: OfChannel[] | null = null;
  /** Clocks that the server has, from its state until we have sent what it has not. */
  #known: Map<number, number> | null = null;
  #isLeaving = false;
  /** The document was refused; a new one comes with the next state. */
  #isCondemned = false;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #pumpTimer: ReturnType<typeof setTimeout> | undefined;

  /** null until the first state came; another one after a denial. */
  readonly doc: ReadonlySignal<YPage | null> = this.#doc;
  readonly pen: ReadonlySignal<Pen> = this.#pen;
  readonly unsaved: ReadonlySignal<number> = this.#unsaved;
  readonly state: ReadonlySignal<PageState> = this.#state;
  readonly refusal: ReadonlySignal<string | null> = this.#refusal;

  constructor(docId: string, mode: PageMode, line: PageLine) {
    this.docId = docId;
    this.mode = mode;
    this.#line = line;
    this.#incoming = new PresenceIn(this.#doc);
    this.#outgoing = new PresenceOut({
      send: (frame) => {
        if (this.#channel === null || this.#state.peek() !== "ready") return;
        this.#line.send({ ...frame, channel: this.#channel });
      },
      mayWait: () => this.#line.isCongested(),
    });
  }

  /** Our work was refused, with how many of our updates are lost. The document is made anew. */
  onDenied(listener: DeniedListener): () => void {
    this.#denied.add(listener);
    return () => this.#denied.delete(listener);
  }

  /** null: no longer drawn; by now the item itself is there, or it was given up. */
  onPreview(listener: PreviewListener): () => void {
    return this.#incoming.onPreview(listener);
  }

  onCursor(listener: (peer: number, at: Point | null) => void): () => void {
    return this.#incoming.onCursor(listener);
  }

  onLaser(listener: (peer: number, points: Point[]) => void): () => void {
    return this.#incoming.onLaser(listener);
  }

  /** At most 30 times a second; of ink only what is new. */
  sendPreview(key: string, preview: Preview | null): void {
    this.#outgoing.preview(key, preview);
  }

  sendCursor(at: Point | null): void {
    this.#outgoing.cursor(at);
  }

  sendLaser(points: readonly Point[]): void {
    this.#outgoing.laser(points);
  }

  /** Ends at once, or as soon as everything is saved. */
  close(): void {
    this.#denied.clear();
    this.#incoming.forget();
    this.#outgoing.stop();
    this.#isLeaving = true;
    if (this.#queue.size === 0) this.#end();
  }

  /** Of the link: whether this page was closed, is still saving, and is the one asked for. */
  mayTakeUp(docId: string, mode: PageMode): boolean {
    return this.#isLeaving && this.docId === docId && this.mode === mode;
  }

  takeUp(): void {
    this.#isLeaving = false;
  }

  /** Of the link: connected. Does nothing when it is open already. */
  begin(): void {
    if (this.#channel !== null || this.#state.peek() === "refused") return;
    clearTimeout(this.#retryTimer);
    const doc = this.#isCondemned ? null : this.#doc.peek();
    if (doc && doc.author !== this.#line.author()) {
      this.#deny("author.changed");
      return;
    }
    this.#channel = this.#line.claim(this);
    if (this.#channel === null) return;
    this.#state.value = "opening";
    this.#line.send({
      type: "open",
      channel: this.#channel,
      docId: this.docId,
      clientId: this.#clientId,
      vector: doc ? doc.stateVector() : new Uint8Array(),
      mode: this.mode,
    });
  }

  /** Of the link: the connection is gone. */
  suspend(): void {
    this.#drop();
    if (this.#state.peek() !== "refused") this.#state.value = "away";
    this.#incoming.clear();
    this.#outgoing.reset();
  }

  /** Of the link: it is closed for good. */
  abandon(): void {
    this.#queue.clear();
    this.#end();
  }

  /** Of the link: who is still there. */
  keepPeers(peers: readonly Peer[]): void {
    this.#incoming.keep(new Set(peers.map(({ peer }) => peer)));
  }

  /** Of the link: a frame on our channel. */
  receive(frame: OfChannel): void {
    if (this.#held) {
      this.#held.push(frame);
      return;
    }
    if (frame.type === "state") this.#arrive(frame);
    else if (frame.type === "apply") this.#apply(frame.update);
    else if (frame.type === "ack") this.#acknowledged(frame.no);
    else if (frame.type === "deny") this.#deny(frame.code);
    else if (frame.type === "pen") this.#pen.value = frame.pen;
    else if (frame.type === "gone") this.#refused("page.gone");
    else if (frame.type === "refused") this.#notOpened(frame.code);
    else this.#incoming.receive(frame);
  }

  #arrive(frame: Extract<ToClient, { type: "state" }>): void {
    if (!frame.isDeflated) {
      this.#ready(frame, frame.update);
      this.#resume();
      return;
    }
    const opening = this.#opening;
    this.#held = [];
    inflate(frame.update).then(
      (update) => {
        if (opening !== this.#opening) return;
        const held = this.#held ?? [];
        this.#held = null;
        this.#ready(frame, update);
        // A large state may be an older one, with what was done since right behind it.
        for (const other of held) if (opening === this.#opening) this.receive(other);
        if (opening === this.#opening) this.#resume();
      },
      () => {
        if (opening === this.#opening) this.#retry();
      },
    );
  }

  #ready(frame: Extract<ToClient, { type: "state" }>, update: Uint8Array): void {
    const fresh = this.#isCondemned || !this.#doc.peek() ? this.#newDoc() : null;
    const doc = fresh ?? this.#doc.peek();
    if (!doc || !applied(doc, update)) {
      fresh?.destroy();
      this.#retry();
      return;
    }
    this.#isCondemned = false;
    this.#pen.value = frame.pen;
    this.#refusal.value = null;
    this.#state.value = "ready";
    if (fresh) this.#replace(fresh);
    this.#known = Y.decodeStateVector(frame.vector);
  }

  /** What the server has not, goes out again. */
  #resume(): void {
    const vector = this.#known;
    const doc = this.#doc.peek();
    if (!vector || !doc) return;
    this.#known = null;
    if (this.#pen.peek() === "none") this.#queue.drop((update) => isCovered(update, vector));
    const ours = Y.decodeStateVector(doc.stateVector()).get(this.#clientId) ?? 0;
    const next = this.#queue.firstOf((update) => firstClock(update, this.#clientId)) ?? ours;
    if ((vector.get(this.#clientId) ?? 0) < next) {
      // The server has lost what it had acknowledged; nothing of ours would fit any more.
      this.#deny("update.gap");
      return;
    }
    this.#queue.rewind();
    this.#pump();
  }

  #apply(update: Uint8Array): void {
    const doc = this.#doc.peek();
    if (this.#state.peek() !== "ready" || !doc) return;
    if (!applied(doc, update)) this.#retry();
    else if (this.#known) raise(this.#known, update);
  }

  #newDoc(): YPage {
    const doc = new YPage(this.docId, { author: this.#line.author(), clientId: this.#clientId });
    doc.onUpdate((update) => this.#wrote(doc, update));
    doc.onChange(({ added }) => this.#incoming.arrived(added));
    doc.onClash(() => {
      if (doc === this.#doc.peek() && !this.#isCondemned) this.#deny("client.taken");
    });
    return doc;
  }

  #replace(fresh: YPage): void {
    const old = this.#doc.peek();
    this.#doc.value = fresh;
    old?.destroy();
  }

  #wrote(doc: YPage, update: Uint8Array): void {
    if (doc !== this.#doc.peek() || this.mode === "look") return;
    if (this.#isCondemned || this.#state.peek() === "refused") {
      this.#tell(this.#refusal.peek() ?? "page.reopening", 1);
      return;
    }
    this.#queue.add(update);
    this.#pump();
  }

  #pump(): void {
    this.#unsaved.value = this.#queue.size;
    clearTimeout(this.#pumpTimer);
    if (this.#known) return;
    while (this.#state.peek() === "ready" && this.#channel !== null && this.#queue.hasUnsent) {
      if (!this.#line.takeToken()) {
        this.#pumpTimer = setTimeout(() => this.#pump(), TOKEN_RETRY_MS);
        return;
      }
      const next = this.#queue.take();
      if (next) this.#line.send({ type: "update", channel: this.#channel, ...next });
    }
  }

  #acknowledged(no: number): void {
    if (this.#state.peek() !== "ready") return;
    this.#queue.acknowledge(no);
    this.#unsaved.value = this.#queue.size;
    if (this.#isLeaving && this.#queue.size === 0) this.#end();
  }

  /** Our document is not the server's any more: everything unsaved is lost, and it begins anew. */
  #deny(code: string): void {
    const lost = this.#loseAll();
    this.#isCondemned = true;
    this.#clientId = newClientId();
    this.#release();
    this.#state.value = "opening";
    // Who drew here is told now, or no more: the same page comes once more, and nothing went wrong.
    if (code !== "page.authors" || lost > 0) this.#tell(code, lost);
    if (this.#isLeaving) this.#end();
    else this.begin();
  }

  #notOpened(code: string): void {
    if (code === "client.taken") this.#deny(code);
    else if (OF_THE_MOMENT.has(code)) this.#retry();
    else this.#refused(code);
  }

  #refused(code: string): void {
    const lost = this.#loseAll();
    this.#release();
    this.#state.value = "refused";
    this.#pen.value = "none";
    this.#refusal.value = code;
    if (lost > 0) this.#tell(code, lost);
    if (this.#isLeaving) this.#end();
  }

  #retry(): void {
    this.#release();
    this.#state.value = "opening";
    this.#retryTimer = setTimeout(() => this.begin(), REFUSED_RETRY_MS);
  }

  #loseAll(): number {
    const lost = this.#queue.clear();
    this.#unsaved.value = 0;
    return lost;
  }

  #tell(code: string, lost: number): void {
    for (const listener of [...this.#denied]) listener(code, lost);
  }

  /** Gives the channel back; frames that still come on it are not ours. */
  #release(): void {
    const channel = this.#channel;
    this.#drop();
    this.#incoming.clear();
    this.#outgoing.reset();
    if (channel !== null) this.#line.release(channel);
  }

  #drop(): void {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#pumpTimer);
    this.#opening += 1;
    this.#held = null;
    this.#known = null;
    this.#channel = null;
  }

  #end(): void {
    this.#release();
    this.#line.ended(this);
    this.#doc.peek()?.destroy();
  }
}

function raise(clocks: Map<number, number>, update: Uint8Array): void {
  for (const [client, clock] of Y.parseUpdateMeta(update).to) {
    clocks.set(client, Math.max(clock, clocks.get(client) ?? 0));
  }
}

function applied(doc: YPage, update: Uint8Array): boolean {
  try {
    doc.apply(update);
    return true;
  } catch {
    return false;
  }
}

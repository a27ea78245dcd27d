/**
 * Several WebSockets that look like one. On a calm line one carries, and a second one is open and
 * silent; when answers are late a third one is opened and all of them carry everything, requests
 * beside them too (`posts`), and whatever stalls or breaks is replaced. Nothing is lost while all are gone for less than 30 s. A server that
 * knows no bundles is spoken to over one plain WebSocket.
 */
import { Bundle } from "./bundle";
import { type Exchange, exchange } from "./exchange";
import { GONE, MalformedBundle, readWelcome, writeHello } from "./frames";
import { canUnpack, Unpacking } from "./packs";
import { Posts } from "./posts";

/** The part of a browser's WebSocket that is used. */
export interface Stream {
  onopen: (() => void) | null;
  onmessage: ((event: { data: string }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  onerror: ((event: unknown) => void) | null;
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code?: number): void;
}

export type MakeStream = (uri: string) => Stream;

/** The server says something every 5 s. */
const QUIET_MS = 6_000;
/** So long the server keeps a bundle of which it hears nothing. */
const AWAY_MS = 30_000;
/** Without any open WebSocket for so long, or without a word, the person should know. */
const ALONE_MS = 2_500;
const SILENT_MS = 7_000;
/**
 * How long an attempt may take: a fresh one is better than one that waits for ever longer, but a
 * line or a machine that is only slow must come through. Shorter is not faster at 70 % loss.
 */
const DIAL_MS = [3_000, 3_000, 4_000, 6_000, 8_000];
const SPARE_AFTER_MS = 1_000;
const REPLACE_AFTER_MS = 1_000;
const REDIAL_MS = 250;
const TICK_MS = 250;
const CALM_TICK_MS = 1_000;
const CALM_STRANDS = 2;
const WEAK_STRANDS = 3;
/** What a stream may hold back that it could not send yet. */
const BUFFERED_MAX = 32_768;

interface Dial {
  stream: Stream;
  until: number;
}

export class BundledSocket {
  binaryType = "";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  /** Told whenever no WebSocket has been open for a while, and when one is again. */
  onAlone: ((isAlone: boolean) => void) | null = null;
  readonly #uri: string;
  readonly #bundledUri: string;
  readonly #make: MakeStream;
  readonly #now: () => number;
  readonly #key = newKey();
  readonly #bundle = new Bundle(QUIET_MS);
  readonly #streams = new Map<number, Stream>();
  readonly #posts: Posts;
  readonly #unpacking = new Unpacking(
    (text) => {
      if (!this.#isClosed) this.onmessage?.({ data: text });
    },
    () => this.#fail(),
  );
  #name = "";
  #next = 1;
  #dial: Dial | null = null;
  #tries = 0;
  #restUntil = 0;
  #plain: Stream | null = null;
  #braced = false;
  #isAlone = false;
  #lastOpenAt: number;
  #isClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    uri: string,
    make: MakeStream,
    now = () => performance.now(),
    send: Exchange = exchange,
  ) {
    this.#uri = uri;
    this.#bundledUri = `${uri}&bundle=1${canUnpack() ? "&pack=1" : ""}`;
    this.#make = make;
    this.#now = now;
    this.#posts = new Posts(this.#bundle, this.#owner(), send, now);
    this.#lastOpenAt = now();
    this.#look();
  }

  send(text: string): void {
    if (this.#plain) {
      this.#plain.send(text);
      return;
    }
    this.#bundle.put(text, this.#now());
    this.#look();
  }

  close(): void {
    if (this.#isClosed) return;
    if (!this.#plain) {
      this.#bundle.end(this.#now());
      this.#flush();
    }
    this.#stop();
  }

  /** Whether answers are late because of the line, so that there is no use in asking anew. */
  get isLate(): boolean {
    const now = this.#now();
    return this.#name !== "" && this.#bundle.isWeak(now) && this.#bundle.lateMs(now) > 0;
  }

  /** Opens as many WebSockets as a weak line needs, while the line is still good. */
  brace(): void {
    this.#braced = true;
    this.#look();
  }

  #look(): void {
    if (this.#isClosed || this.#plain) return;
    const now = this.#now();
    if (this.#name !== "" && now - this.#bundle.heardAt > AWAY_MS) {
      this.#fail();
      return;
    }
    if (this.#dial && now >= this.#dial.until) this.#abandon();
    if (!this.#dial && this.#wants(now)) this.#open(now);
    if (this.#name !== "") this.#posts.look();
    this.#tellAlone(now);
    this.#flush();
    clearTimeout(this.#timer);
    const isSettled = !this.#dial && !this.#bundle.isWeak(now) && this.#streams.size > 1;
    const at = Math.min(this.#bundle.wakeAt(now), now + (isSettled ? CALM_TICK_MS : TICK_MS));
    this.#timer = setTimeout(() => this.#look(), Math.max(at - now, 1));
  }

  #wants(now: number): boolean {
    if (now < this.#restUntil) return false;
    const open = this.#streams.size;
    if (open === 0) return true;
    const isWeak = this.#bundle.isWeak(now);
    if (isWeak && this.#bundle.lateMs(now) > REPLACE_AFTER_MS) return true;
    if (isWeak || this.#braced) return open < WEAK_STRANDS;
    return open < CALM_STRANDS && now - this.#lastOpenAt > SPARE_AFTER_MS;
  }

  #open(now: number): void {
    const stream = this.#make(this.#bundledUri);
    const patience = DIAL_MS[Math.min(this.#tries, DIAL_MS.length - 1)] ?? 0;
    const dial = { stream, until: now + patience };
    this.#dial = dial;
    let isOpen = false;
    stream.onopen = () => {
      isOpen = true;
      stream.send(writeHello(this.#key, this.#name, this.#bundle.seen, this.#bundle.held));
    };
    stream.onmessage = ({ data }) => this.#answered(dial, data);
    stream.onclose = () => {
      if (this.#dial !== dial) return;
      this.#dial = null;
      this.#restUntil = this.#now() + REDIAL_MS;
      // Whoever opens and says nothing knows no bundles; who does not open is not there.
      if (this.#name !== "") this.#look();
      else if (isOpen) this.#goPlain();
      else this.#fail();
    };
  }

  /** The first line on a WebSocket. */
  #answered(dial: Dial, line: string): void {
    if (this.#dial !== dial) return;
    this.#dial = null;
    const welcome = readWelcome(line);
    if (line === GONE || (welcome && this.#name !== "" && welcome.name !== this.#name)) {
      silence(dial.stream);
      this.#fail();
      return;
    }
    if (!welcome) {
      silence(dial.stream);
      if (this.#name === "") this.#goPlain();
      return;
    }
    this.#attach(dial.stream, welcome.seen, welcome.held);
    if (this.#name === "") {
      this.#name = welcome.name;
      this.onopen?.();
    }
    this.#look();
  }

  #attach(stream: Stream, seen: number, held: number[]): void {
    const name = this.#next++;
    this.#tries = 0;
    this.#lastOpenAt = this.#now();
    this.#bundle.attach(name, seen, held, this.#now());
    this.#streams.set(name, stream);
    stream.onclose = () => this.#lost(name);
    stream.onmessage = ({ data }) => this.#came(name, data);
    if (this.#streams.size > WEAK_STRANDS) this.#dropWorst();
  }

  #came(name: number, line: string): void {
    let given: string[];
    try {
      given = this.#bundle.came(name, line, this.#now());
    } catch (error) {
      if (!(error instanceof MalformedBundle)) throw error;
      this.#fail();
      return;
    }
    for (const text of given) this.#unpacking.put(text);
    if (this.#bundle.isOver) this.#unpacking.after(() => this.#fail());
    else this.#look();
  }

  /** What requests beside the WebSockets need of this. */
  #owner() {
    const name = () => this.#name;
    return {
      key: this.#key,
      uri: this.#bundledUri,
      get name() {
        return name();
      },
      came: (strand: number, line: string) => this.#came(strand, line),
      gone: () => this.#fail(),
      next: () => this.#next++,
    };
  }

  #lost(name: number): void {
    this.#streams.delete(name);
    this.#bundle.detach(name);
    this.#lastOpenAt = this.#now();
    this.#look();
  }

  /** Of the older ones the one on which nothing came for longest. */
  #dropWorst(): void {
    const open = [...this.#bundle.strands].filter(([name]) => this.#streams.has(name));
    const older = open.slice(0, -1);
    older.sort(([, one], [, other]) => one.heardAt - other.heardAt);
    const worst = older[0]?.[0];
    const stream = worst === undefined ? undefined : this.#streams.get(worst);
    if (worst === undefined || !stream) return;
    silence(stream);
    this.#streams.delete(worst);
    this.#bundle.detach(worst);
  }

  #abandon(): void {
    if (this.#dial) silence(this.#dial.stream);
    this.#dial = null;
    this.#tries += 1;
  }

  #flush(): void {
    const now = this.#now();
    for (const [name, stream] of this.#streams) {
      while (stream.bufferedAmount < BUFFERED_MAX) {
        const line = this.#bundle.nextOn(name, now);
        if (line === null) break;
        stream.send(line);
      }
    }
  }

  #tellAlone(now: number): void {
    const isCut = this.#streams.size === 0 && now - this.#lastOpenAt > ALONE_MS;
    const isAlone = this.#name !== "" && (isCut || now - this.#bundle.heardAt > SILENT_MS);
    if (isAlone === this.#isAlone) return;
    this.#isAlone = isAlone;
    this.onAlone?.(isAlone);
  }

  /** One WebSocket as ever, to a server that knows nothing else. */
  #goPlain(): void {
    clearTimeout(this.#timer);
    const stream = this.#make(this.#uri);
    this.#plain = stream;
    stream.onopen = () => this.onopen?.();
    stream.onmessage = (event) => this.onmessage?.(event);
    stream.onerror = (event) => this.onerror?.(event);
    stream.onclose = (event) => this.onclose?.(event);
  }

  #fail(): void {
    if (this.#isClosed) return;
    this.#stop();
    this.onclose?.({ code: 1006 });
  }

  #stop(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#posts.stop();
    if (this.#dial) silence(this.#dial.stream);
    for (const stream of this.#streams.values()) silence(stream);
    this.#plain?.close();
    this.#dial = null;
    this.#streams.clear();
  }
}

/** Closes it, and hears nothing more of it. */
function silence(stream: Stream): void {
  stream.onopen = stream.onmessage = stream.onclose = null;
  stream.onerror = null;
  stream.close();
}

/** Nobody else can guess it: it opens this person's connection. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

/** A clock in virtual time, a renderer without canvases and a link without a server, for tests. */
import { computed, signal } from "@preact/signals";
import { ROUGH } from "./kernel/bounds";
import { PageIndex } from "./kernel/page_index";
import type { Camera, PageDoc, PageFacts, Peer, Pen, Point, Preview, Rect } from "./model";
import { YPage } from "./page_doc";
import type { BoardRenderer, Frames } from "./paint/types";
import { LiveTwin } from "./tools/testing";
import type { BoardPorts, BoardWire, NewPage, PageChannel } from "./view_ports";
import type { BoardParts } from "./view_surface";

const FRAME_MS = 16;

export class Clock {
  #now = 0;
  #due: { at: number; call: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  readonly after = (ms: number, call: () => void): (() => void) => {
    const one = { at: this.#now + ms, call };
    this.#due.push(one);
    return () => {
      this.#due = this.#due.filter((other) => other !== one);
    };
  };

  readonly frame = (call: () => void): (() => void) => this.after(FRAME_MS, call);

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#due.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#due = this.#due.filter((one) => one !== next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
    }
    this.#now = end;
  }
}

export class ChannelTwin implements PageChannel {
  readonly doc = signal<PageDoc | null>(null);
  readonly pen = signal<Pen>("all");
  readonly unsaved = signal(0);
  readonly state = signal<"opening" | "ready" | "away" | "refused">("opening");
  readonly refusal = signal<string | null>(null);
  readonly previews: [string, Preview | null][] = [];
  readonly cursors: (Point | null)[] = [];
  isOpen = true;
  hearDenied: (code: string, lost: number) => void = () => {};
  hearPreview: (peer: number, key: string, preview: Preview | null) => void = () => {};
  hearCursor: (peer: number, at: Point | null) => void = () => {};
  hearLaser: (peer: number, points: readonly Point[]) => void = () => {};

  constructor(
    readonly docId: string,
    readonly mode: "look" | "write",
  ) {}

  arrive(page: PageDoc): void {
    this.doc.value = page;
    this.state.value = "ready";
  }

  onDenied(listener: typeof this.hearDenied) {
    this.hearDenied = listener;
    return () => {};
  }

  onPreview(listener: typeof this.hearPreview) {
    this.hearPreview = listener;
    return () => {};
  }

  onCursor(listener: typeof this.hearCursor) {
    this.hearCursor = listener;
    return () => {};
  }

  onLaser(listener: typeof this.hearLaser) {
    this.hearLaser = listener;
    return () => {};
  }

  sendPreview(key: string, preview: Preview | null): void {
    this.previews.push([key, preview]);
  }

  sendCursor(at: Point | null): void {
    this.cursors.push(at);
  }

  sendLaser(): void {}

  close(): void {
    this.isOpen = false;
  }
}

/** Pages arrive at once unless `isSlow`; all channels of one document share it. */
export class LinkTwin implements BoardWire {
  readonly author = signal("me");
  readonly peers = signal<readonly Peer[]>([]);
  readonly authors = signal<ReadonlyMap<string, string>>(new Map());
  readonly unsaved = signal(0);
  readonly channels: ChannelTwin[] = [];
  readonly docs = new Map<string, YPage>();
  readonly views: [string, Rect][] = [];
  hearView: (peer: number, pageId: string, view: Rect) => void = () => {};
  isSlow = false;
  pen: Pen = "all";

  openPage(docId: string, { mode }: { mode: "look" | "write" }): ChannelTwin {
    const channel = new ChannelTwin(docId, mode);
    channel.pen.value = this.pen;
    this.channels.push(channel);
    if (!this.isSlow) channel.arrive(this.docOf(docId));
    return channel;
  }

  docOf(docId: string): YPage {
    const known = this.docs.get(docId);
    const doc = known ?? new YPage(docId, { author: "me", clientId: 1_000 + this.docs.size });
    this.docs.set(docId, doc);
    return doc;
  }

  get open(): ChannelTwin[] {
    return this.channels.filter((channel) => channel.isOpen);
  }

  sendView(pageId: string, view: Rect): void {
    this.views.push([pageId, view]);
  }

  onView(listener: typeof this.hearView) {
    this.hearView = listener;
    return () => {};
  }
}

export class RendererTwin implements BoardRenderer {
  readonly camera = signal<Camera>({ x: 0, y: 0, scale: 1 });
  readonly size = signal({ w: 1280, h: 720 });
  readonly live = new LiveTwin();
  pictureAt: number | null = null;
  readonly frames: Frames = { count: 0, paintMs: [], firstPictureMs: null, sharpMs: null };
  index: PageIndex | null = null;
  hidden: string[] = [];

  show(doc: PageDoc | null): void {
    if (this.index?.doc === doc) return;
    this.index?.destroy();
    this.index = doc && new PageIndex(doc);
    this.live.clear();
    this.live.selected = null;
  }

  hide(ids: Iterable<string>): void {
    this.hidden = [...ids];
  }

  toPage(x: number, y: number): Point {
    return { x, y };
  }

  toScreen(point: Point): Point {
    return point;
  }

  fit(): Camera {
    return this.camera.value;
  }

  destroy(): void {
    this.index?.destroy();
  }
}

/** What every page has that belongs to no deck. */
const OF_THE_BOARD = {
  ...{ isLocked: false, epoch: 0, backdrop: "", placement: "", slide: 0, step: 0, isSeen: true },
  kind: "page" as const,
};

export function page(id: string, more: Partial<PageFacts> = {}): PageFacts {
  const size = { width: 1280, height: 720 };
  return { id, name: "", paper: "plain", ...size, ...OF_THE_BOARD, ...more };
}

/** An element without a document: hears events, has a box and takes the focus. */
export class HostTwin extends EventTarget {
  readonly dataset: Record<string, string> = {};
  readonly style: Record<string, string> = {};
  tabIndex = -1;

  closest(): null {
    return null;
  }

  hasAttribute(): boolean {
    return false;
  }

  focus(): void {}

  setPointerCapture(): void {}

  contains(other: unknown): boolean {
    return other === this;
  }

  getBoundingClientRect() {
    return { left: 0, top: 0, width: 1280, height: 720 };
  }

  /** `data` are the properties an event of that name has. */
  send(name: string, data: object): Event {
    const event = Object.assign(new Event(name, { cancelable: true }), data);
    Object.defineProperty(event, "timeStamp", { value: (data as { at?: number }).at ?? 0 });
    this.dispatchEvent(event);
    return event;
  }

  get element(): HTMLElement {
    return this as unknown as HTMLElement;
  }
}

/** What the listeners ask of a browser; by name, for `vi.stubGlobal`. */
export function browserTwin() {
  const { addEventListener, removeEventListener } = new EventTarget();
  const page = new EventTarget();
  return {
    addEventListener: addEventListener.bind(page),
    removeEventListener: removeEventListener.bind(page),
    document: Object.assign(new EventTarget(), { activeElement: null }),
    Element: HostTwin,
  };
}

/** Everything a view needs, standing still: pages "p1" to "p3", oneself a student. */
export function boardTwin() {
  const link = new LinkTwin();
  const clock = new Clock();
  const renderer = new RendererTwin();
  const painted: string[] = [];
  const turned: string[] = [];
  const ahead: string[] = [];
  const pages = signal<readonly PageFacts[]>([page("p1"), page("p2"), page("p3")]);
  const settings = {
    boardId: signal("b"),
    pages,
    classPage: signal("p1"),
    isLeader: signal(false),
    presenter: signal<string | null>("teacher"),
    selfId: signal("student"),
  };
  const ports: BoardPorts = {
    ...settings,
    link,
    upload: async () => ({ ok: true, value: { asset: "asset1", w: 4_000, h: 1_000 } }),
    fetchAsset: async () => new Blob(["png"], { type: "image/png" }),
    fetchBackdrop: async () => "coming",
    turnPage: (pageId) => turned.push(pageId),
    addPage: async ({ after: _after, ...facts }: NewPage) => {
      const id = `new${pages.value.length}`;
      pages.value = [...pages.value, page(id, facts)];
      return { ok: true, value: id };
    },
  };
  const parts: BoardParts = {
    renderer: () => renderer,
    thumbnail: (doc) => painted.push(doc.docId),
    onPictures: () => () => {},
    backdrops: {
      state: (ref) => (ref === "" ? "none" : "ready"),
      ahead: (ref) => ahead.push(ref),
      destroy: () => {},
    },
    formulas: { svg: async () => ({ fault: "" }), fault: () => null, sizeOf: () => null },
    sizes: ROUGH,
    measure: (_font, words) => words.length * 10,
    now: () => clock.now(),
    after: clock.after,
    frame: clock.frame,
    reducesMotion: () => false,
    pause: async () => {},
  };
  const open = computed(() => link.docOf(`b/${settings.classPage.value}/0`));
  return { ...settings, link, clock, renderer, painted, turned, ahead, ports, parts, open };
}

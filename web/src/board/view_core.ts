/**
 * The parts of the board's view and how they are put together. Each part knows only its ports;
 * here is the one place where they meet.
 */
import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { panned, toPage, viewOf, zoomedAt } from "./camera";
import { Cursors } from "./cursors";
import { Fading } from "./fading";
import { Follow } from "./follow";
import type { Input } from "./input";
import { boundsOf } from "./kernel/bounds";
import type { Change, Item, PageDoc, Point, Rect } from "./model";
import type { BackdropState } from "./paint/backdrops";
import { Selection } from "./selection";
import { fetchAhead } from "./view_ahead";
import { listenToClass } from "./view_class";
import { BoardClipboard } from "./view_clipboard";
import { ToolDesk } from "./view_desk";
import { BoardFiles } from "./view_files";
import { chooseFile, IMAGE_KINDS, Images } from "./view_images";
import { Shelf } from "./view_pages";
import type { BoardPorts } from "./view_ports";
import { OthersPreviews } from "./view_previews";
import { type BoardParts, Surface } from "./view_surface";
import type { Busy, Notice, NoticeCode } from "./view_types";
import { Writing } from "./view_writing";

export class Core {
  readonly pageId = signal("");
  readonly notice = signal<Notice | null>(null);
  readonly busy = signal<Busy | null>(null);
  readonly focused = signal<string | null>(null);
  readonly arrivals = signal(0);
  /** Grows with each change of the page looked at. */
  readonly version = signal(0);
  readonly ports: BoardPorts;
  readonly parts: BoardParts;
  readonly shelf: Shelf;
  readonly surface: Surface;
  readonly selection: Selection;
  readonly selected: ReadonlySignal<readonly Item[]>;
  readonly desk: ToolDesk;
  readonly writing: Writing;
  readonly follow: Follow;
  readonly cursors: Cursors;
  readonly previews: OthersPreviews;
  readonly images: Images;
  readonly clipboard: BoardClipboard;
  readonly files: BoardFiles;
  readonly backdrop: ReadonlySignal<BackdropState>;
  /** While the board is on the screen. */
  input: Input | null = null;
  #fading: Fading | null = null;
  readonly #stops: (() => void)[];

  constructor(ports: BoardPorts, parts: BoardParts) {
    this.ports = ports;
    this.parts = parts;
    this.shelf = new Shelf({ ...ports, pageId: this.pageId });
    const { facts, doc } = this.shelf;
    this.surface = new Surface({ facts, doc, fixedCamera: ports.fixedCamera });
    this.selection = new Selection({
      doc: this.shelf.writable,
      shown: this.shelf.doc,
      sizes: parts.sizes,
      mayChange: (item) => this.mayChange(item),
      tell: (code) => this.tell(code),
    });
    this.selected = computed(() => {
      this.version.value;
      return this.selection.items();
    });
    this.writing = makeWriting(this);
    this.images = makeImages(this);
    this.desk = makeDesk(this);
    this.clipboard = makeClipboard(this);
    this.cursors = new Cursors({ ...parts, peers: ports.link.peers, camera: this.surface.camera });
    this.previews = makePreviews(this);
    const { shelf, pageId, busy } = this;
    if (ports.fades) this.#fading = makeFading(this, ports.fades);
    this.files = new BoardFiles({ ...ports, ...parts, shelf, pageId, busy });
    this.follow = makeFollow(this);
    this.backdrop = computed(() => {
      this.arrivals.value;
      return parts.backdrops.state(shelf.facts.value?.backdrop ?? "");
    });
    this.#stops = [
      makeClass(this),
      effect(() => this.#ring()),
      effect(() => {
        if (this.#isPageGone()) untracked(() => this.#leavePage());
      }),
      parts.onPictures(() => {
        this.arrivals.value += 1;
      }),
      effect(() => fetchAhead(ports.pages.value, this.pageId.value, parts.backdrops)),
    ];
  }

  /** Own items with the pen "own"; nothing on a page that may not be written now. */
  mayChange(item: Item): boolean {
    const pen = this.shelf.pen.value;
    return pen === "all" || (pen === "own" && this.isOwn(item));
  }

  isOwn(item: Item): boolean {
    return item.by === this.ports.link.author.value;
  }

  /** The page, to write on it; tells why when one may not. */
  writable(): PageDoc | null {
    const doc = this.shelf.writable.peek();
    if (!doc) this.tell(this.shelf.facts.peek()?.isLocked ? "page.locked" : "pen.missing");
    return doc;
  }

  tell(code: NoticeCode, params: Record<string, string | number> = {}): void {
    const serial = (this.notice.peek()?.serial ?? 0) + 1;
    this.notice.value = { serial, code, params };
  }

  view(): Rect {
    return viewOf(this.surface.camera.peek(), this.surface.size.peek());
  }

  middle(): Point {
    const { w, h } = this.surface.size.peek();
    return toPage(this.surface.camera.peek(), { x: w / 2, y: h / 2 });
  }

  pan(dx: number, dy: number): void {
    this.follow.movedByHand();
    this.surface.look(panned(this.surface.camera.peek(), dx, dy));
  }

  zoom(factor: number, at: Point): void {
    const camera = this.surface.camera.peek();
    this.follow.movedByHand();
    this.surface.look(zoomedAt(camera, camera.scale * factor, at));
  }

  /** Drops what is under way; true when there was something. */
  drop(): boolean {
    const wasWriting = this.writing.editing.peek() !== null;
    this.writing.cancel();
    const wasPressed = this.input?.drop() ?? false;
    return this.desk.cancel() || wasPressed || wasWriting;
  }

  /** Something of ours came onto the page: the hand is free to move it. */
  placed(id: string): void {
    this.desk.pick("select");
    this.selection.select([id]);
  }

  /** Words from elsewhere, as a text in the middle of the view. */
  insertWords(words: string): void {
    if (!this.writable()) return;
    this.writing.begin({ kind: "text", at: this.middle(), box: null });
    const id = this.writing.editing.peek()?.id;
    if (id !== undefined) this.writing.commitText(id, words.slice(0, 5_000));
  }

  chooseImage(at: Point | null): void {
    if (this.writable()) chooseFile(IMAGE_KINDS, (file) => this.images.insert(file, at));
  }

  /** null: another page. */
  changed(change: Change | null): void {
    this.version.value += 1;
    if (!change) {
      this.selection.ids.value = [];
      this.focused.value = null;
      return;
    }
    if (change.removed.length === 0) return;
    this.selection.forget(change.removed);
    this.writing.forget(change.removed);
    if (this.focused.peek() !== null && change.removed.includes(this.focused.peek() ?? ""))
      this.focused.value = null;
  }

  /** Round the item the list view stands on, wherever it goes. */
  #ring(): void {
    const { surface, shelf, focused, version, parts } = this;
    version.value;
    surface.renderer.value;
    const item = shelf.doc.value?.items.get(focused.value ?? "");
    const shape = item && { kind: "marquee" as const, rect: boundsOf(item, parts.sizes) };
    surface.live.set("focus", shape ?? null);
  }

  #isPageGone(): boolean {
    const { pages, classPage } = this.ports;
    const pageId = this.pageId.value;
    if (pageId === "" || pageId === classPage.value) return false;
    return pages.value.length > 0 && this.shelf.facts.value === null;
  }

  #leavePage(): void {
    this.tell("page.gone");
    this.follow.back();
  }

  destroy(): void {
    this.drop();
    for (const stop of this.#stops) stop();
    this.#fading?.destroy();
    this.follow.destroy();
    this.desk.destroy();
    this.previews.clear();
    this.cursors.clear();
    this.surface.destroy();
    this.parts.backdrops.destroy();
    this.shelf.destroy();
  }
}

function makeWriting(core: Core): Writing {
  const { shelf, surface, parts } = core;
  return new Writing({
    doc: shelf.writable,
    camera: surface.camera,
    sizes: parts.sizes,
    style: (tool) => core.desk.styles.peek()[tool],
    measure: (font, words) => parts.measure(font, words),
    preview: (id, draft, text) => {
      shelf.channel.peek()?.sendPreview(id, draft && { kind: "draft", draft, text });
      // The canvas shows formulas as they will be; words stand in the editor itself.
      const shape = draft?.t === "tex" ? { kind: "draft" as const, draft, text } : null;
      surface.live.set("own.writing", shape);
    },
    hide: (ids) => surface.hide("writing", ids),
    tell: (code) => core.tell(code),
    written: (id) => core.placed(id),
  });
}

function makeImages(core: Core): Images {
  return new Images({
    upload: core.ports.upload,
    doc: () => core.shelf.writable.peek(),
    view: () => core.view(),
    busy: (now) => {
      core.busy.value = now;
    },
    tell: (code, params) => core.tell(code, params),
    placed: (id) => core.placed(id),
  });
}

function makeDesk(core: Core): ToolDesk {
  const { shelf, surface, selection, selected, writing, parts } = core;
  return new ToolDesk({
    surface,
    sizes: parts.sizes,
    writable: shelf.writable,
    channel: shelf.channel,
    selection: selection.ids,
    selected,
    tools: core.ports.tools,
    ground: core.ports.fixedCamera ? "screen" : "paper",
    mayChange: (item) => core.mayChange(item),
    write: (wish) => writing.begin(wish),
    edit: (id) => writing.edit(id),
    chooseImage: (at) => core.chooseImage(at),
    tell: (code) => core.tell(code),
  });
}

function makeFading(core: Core, fades: ReadonlySignal<boolean>): Fading {
  const { shelf, surface, parts } = core;
  return new Fading({
    ...parts,
    fades,
    doc: shelf.doc,
    writable: shelf.writable,
    isOwn: (item) => core.isOwn(item),
    mayChange: (item) => core.mayChange(item),
    hide: (ids) => surface.hide("fading", ids),
    live: surface.live,
  });
}

function makeClipboard(core: Core): BoardClipboard {
  return new BoardClipboard({
    doc: () => core.writable(),
    sizes: core.parts.sizes,
    view: () => core.view(),
    selected: () => core.selection.items(),
    select: (ids) => {
      core.desk.pick("select");
      core.selection.select(ids);
    },
    remove: () => core.selection.remove(),
    insertImage: (file, at) => void core.images.insert(file, at),
    insertWords: (words) => core.insertWords(words),
    toPage: (x, y) => core.surface.renderer.peek()?.toPage(x, y) ?? core.middle(),
    tell: (code) => core.tell(code),
  });
}

function makePreviews(core: Core): OthersPreviews {
  const { link } = core.ports;
  return new OthersPreviews({
    live: core.surface.live,
    authorOf: (peer) => link.peers.peek().find((one) => one.peer === peer)?.author ?? "",
    hide: (ids) => core.surface.hide("others", ids),
    isThere: (id) => core.shelf.doc.peek()?.items.has(id) ?? false,
    now: () => core.parts.now(),
  });
}

function makeFollow(core: Core): Follow {
  const { ports, parts, surface } = core;
  return new Follow({
    ...parts,
    link: ports.link,
    peers: ports.link.peers,
    classPage: ports.classPage,
    presenter: ports.presenter,
    selfId: ports.selfId,
    pageId: core.pageId,
    camera: surface.camera,
    size: surface.size,
    shape: computed(() => `${core.shelf.facts.value?.width} ${core.shelf.facts.value?.height}`),
    fitted: () => surface.fitted(),
  });
}

function makeClass(core: Core): () => void {
  const { ports, shelf, cursors, previews } = core;
  return listenToClass({
    link: ports.link,
    channel: shelf.channel,
    doc: shelf.doc,
    writable: shelf.writable,
    facts: shelf.facts,
    pen: shelf.pen,
    cursors,
    previews,
    changed: (change) => core.changed(change),
    drop: () => core.drop(),
    leave: () => core.writing.leave(),
    tell: (code, params) => core.tell(code, params),
  });
}

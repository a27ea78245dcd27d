/**
 * The board's view: one object that holds the page looked at, the tools, the selection and the way
 * they work together. The pages draw what its signals say and call its verbs.
 */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { Result } from "../result";
import { newAid, upright } from "./aids";
import { toScreen, zoomedAt } from "./camera";
import { boundsOf } from "./kernel/bounds";
import { contains } from "./kernel/rect";
import type { Item, Point, Rect } from "./model";
import { boxOf, sharedStyle } from "./selection";
import { shapeDraft } from "./tools/shape";
import { attachBoard } from "./view_attach";
import { Core } from "./view_core";
import { browserParts } from "./view_parts";
import type { BoardPorts } from "./view_ports";
import type { BoardParts } from "./view_surface";
import { keepThumbnail } from "./view_thumbnails";
import type {
  AidKind,
  BoardView,
  CentredKind,
  DrawnPages,
  ExportScope,
  PictureFormat,
  Restyle,
  ThumbnailWay,
  ToolName,
  ToolStyle,
} from "./view_types";

/** Of what a keyboard user puts in the middle, board units. */
const CENTRED = { w: 240, h: 140 } as const;

export function openBoardView(ports: BoardPorts, parts?: BoardParts): BoardView {
  const { fetchAsset, fetchBackdrop, link } = ports;
  const authors = link.authors;
  return new View(new Core(ports, parts ?? browserParts({ fetchAsset, fetchBackdrop, authors })));
}

class View implements BoardView {
  readonly #core: Core;
  readonly pageId;
  readonly page;
  readonly pageState;
  readonly refusal;
  readonly backdrop;
  readonly pen;
  readonly unsaved;
  readonly camera;
  readonly size;
  readonly following;
  readonly isPresenting;
  readonly tool;
  readonly styles;
  readonly penMode;
  readonly aid;
  readonly selection;
  readonly focused;
  readonly editing;
  readonly editorFrame;
  readonly arrivals;
  readonly cursors;
  readonly notice;
  readonly busy;
  readonly items: ReadonlySignal<readonly Item[]>;
  readonly selectionBox: ReadonlySignal<Rect | null>;
  readonly selectionStyle;
  readonly maySelectionChange: ReadonlySignal<boolean>;
  readonly mayUndo: ReadonlySignal<boolean>;
  readonly mayRedo: ReadonlySignal<boolean>;

  constructor(core: Core) {
    const { shelf, surface, follow, desk, selection, writing, version } = core;
    this.#core = core;
    this.pageId = core.pageId;
    this.page = shelf.facts;
    this.pageState = shelf.state;
    this.refusal = shelf.refusal;
    this.backdrop = core.backdrop;
    this.pen = shelf.pen;
    this.unsaved = core.ports.link.unsaved;
    this.camera = surface.camera;
    this.size = surface.size;
    this.following = follow.following;
    this.isPresenting = follow.isPresenting;
    this.tool = desk.tool;
    this.styles = desk.styles;
    this.penMode = desk.penMode;
    this.aid = desk.aid;
    this.selection = selection.ids;
    this.focused = core.focused;
    this.editing = writing.editing;
    this.editorFrame = writing.frame;
    this.arrivals = core.arrivals;
    this.cursors = core.cursors.shown;
    this.notice = core.notice;
    this.busy = core.busy;
    this.items = computed(() => {
      version.value;
      return shelf.doc.value?.ordered() ?? [];
    });
    this.selectionBox = computed(() => this.#selectionBox());
    this.selectionStyle = computed(() => sharedStyle(core.selected.value));
    this.maySelectionChange = computed(
      () =>
        shelf.writable.value !== null && core.selected.value.every((item) => core.mayChange(item)),
    );
    this.mayUndo = computed(() => {
      version.value;
      return shelf.writable.value?.mayUndo ?? false;
    });
    this.mayRedo = computed(() => {
      version.value;
      return shelf.writable.value?.mayRedo ?? false;
    });
  }

  get openedAt(): number | null {
    return this.#core.shelf.openedAt;
  }

  get pictureAt(): number | null {
    return this.#core.surface.renderer.peek()?.pictureAt ?? null;
  }

  mayChange(item: Item): boolean {
    return this.#core.mayChange(item);
  }

  isOwn(item: Item): boolean {
    return this.#core.isOwn(item);
  }

  authorName(author: string): string {
    return this.#core.ports.link.authors.value.get(author) ?? "";
  }

  openPage(pageId: string): void {
    const { isLeader, classPage, turnPage, pages } = this.#core.ports;
    const leads =
      isLeader.value && !pages.value.some((page) => page.id === pageId && page.isReserved);
    if (leads && pageId !== classPage.value) turnPage(pageId);
    this.lookAt(pageId);
    // The class comes after; who turns its page does not leave it.
    if (leads) this.#core.follow.following.value = true;
  }

  lookAt(pageId: string): void {
    this.#core.follow.turnedByHand(pageId);
  }

  turnBy(step: number): void {
    const pages = this.#core.ports.pages.value.filter((page) => !page.isReserved);
    const at = pages.findIndex((page) => page.id === this.pageId.value);
    const next = at < 0 ? undefined : pages[at + step];
    if (next) this.openPage(next.id);
  }

  thumbnail(pageId: string, canvas: HTMLCanvasElement, how?: ThumbnailWay): () => void {
    const { parts, ports, shelf, arrivals } = this.#core;
    const { pages } = ports;
    return keepThumbnail(pageId, canvas, { ...parts, shelf, pages, arrivals }, how);
  }

  backToClass(): void {
    this.#core.follow.back();
  }

  zoomTo(scale: number): void {
    const { surface, follow } = this.#core;
    const { w, h } = surface.size.peek();
    follow.movedByHand();
    surface.look(zoomedAt(surface.camera.peek(), scale, { x: w / 2, y: h / 2 }));
  }

  zoomBy(factor: number): void {
    this.zoomTo(this.camera.peek().scale * factor);
  }

  panBy(dx: number, dy: number): void {
    this.#core.pan(dx, dy);
  }

  fit(): void {
    this.#core.follow.movedByHand(true);
    this.#core.surface.camera.value = this.#core.surface.fit();
  }

  attach(host: HTMLElement, keys: HTMLElement = host): () => void {
    return attachBoard(this.#core, this, host, keys);
  }

  pick(tool: ToolName): void {
    this.#core.desk.pick(tool);
  }

  setStyle(tool: ToolName, style: Partial<ToolStyle>): void {
    this.#core.desk.setStyle(tool, style);
  }

  setPenMode(on: boolean): void {
    this.#core.desk.penMode.value = on;
  }

  toggleAid(kind: AidKind): void {
    const { desk } = this.#core;
    desk.aid.value = desk.aid.peek()?.kind === kind ? null : newAid(kind, this.#core.middle());
  }

  moveAid(dx: number, dy: number, turn: number): void {
    const { aid } = this.#core.desk;
    const old = aid.peek();
    if (old) aid.value = { ...old, x: old.x + dx, y: old.y + dy, angle: upright(old.angle + turn) };
  }

  select(ids: readonly string[]): void {
    this.#core.selection.select(ids);
  }

  selectAll(): void {
    this.#core.desk.pick("select");
    this.#core.selection.all();
  }

  restyle(style: Restyle): void {
    this.#core.selection.restyle(style);
  }

  remove(): void {
    this.#core.selection.remove();
  }

  duplicate(): void {
    this.#core.clipboard.duplicate();
  }

  copy(): void {
    this.#core.clipboard.copy();
  }

  cut(): void {
    this.#core.clipboard.cut();
  }

  paste(): void {
    this.#core.clipboard.paste();
  }

  bringForward(): void {
    this.#core.selection.forward();
  }

  sendBackward(): void {
    this.#core.selection.backward();
  }

  toFront(): void {
    this.#core.selection.toFront();
  }

  toBack(): void {
    this.#core.selection.toBack();
  }

  nudge(dx: number, dy: number): void {
    this.#core.selection.move(dx, dy);
  }

  focusItem(id: string | null): void {
    const { focused, shelf, surface, parts, follow } = this.#core;
    const item = id === null ? undefined : shelf.doc.peek()?.items.get(id);
    focused.value = item?.id ?? null;
    const box = item && boundsOf(item, parts.sizes);
    if (!box || contains(this.#core.view(), box)) return;
    follow.movedByHand();
    const { w, h } = this.#core.view();
    surface.look({ ...this.camera.peek(), x: box.x + (box.w - w) / 2, y: box.y + (box.h - h) / 2 });
  }

  moveItem(id: string, dx: number, dy: number): void {
    this.#core.selection.move(dx, dy, [id]);
  }

  removeItem(id: string): void {
    this.#core.selection.remove([id]);
  }

  editItem(id: string): void {
    const item = this.#core.writable()?.items.get(id);
    if (!item) return;
    if (this.mayChange(item)) this.#core.writing.edit(id);
    else this.#core.tell("item.foreign");
  }

  insertCentred(kind: CentredKind, words = ""): void {
    const doc = this.#core.writable();
    if (!doc) return;
    const at = this.#core.middle();
    const { writing, desk } = this.#core;
    if (kind === "text" || kind === "note" || kind === "tex") {
      writing.begin({ kind, at, box: null });
      const id = writing.editing.peek()?.id;
      if (words === "" || id === undefined) return;
      if (kind === "tex") writing.commitFormula(id, words);
      else writing.commitText(id, words);
      return;
    }
    const h = kind === "line" || kind === "arrow" ? 0 : CENTRED.h;
    const box = { x: at.x - CENTRED.w / 2, y: at.y - h / 2, w: CENTRED.w, h };
    let id = "";
    doc.edit((edit) => {
      id = edit.insert(shapeDraft(kind, box, desk.styles.peek()[kind]));
    });
    this.#core.placed(id);
  }

  typing(words: string): void {
    this.#core.writing.typing(words);
  }

  commitText(id: string, words: string): void {
    this.#core.writing.commitText(id, words);
  }

  commitFormula(id: string, source: string): void {
    this.#core.writing.commitFormula(id, source);
  }

  cancelEditing(): void {
    this.#core.writing.cancel();
  }

  insertImage(file: Blob, at?: Point): Promise<boolean> {
    return this.#core.images.insert(file, at ?? null);
  }

  formulaFault(source: string): string | null {
    return this.#core.parts.formulas.fault(source);
  }

  undo(): void {
    if (!this.#core.drop()) this.#core.shelf.writable.peek()?.undo();
  }

  redo(): void {
    this.#core.drop();
    this.#core.shelf.writable.peek()?.redo();
  }

  dismissNotice(): void {
    this.#core.notice.value = null;
  }

  get drawn(): DrawnPages {
    return this.#core.files.drawn;
  }

  exportBoardFile(): Promise<Result<Blob, string>> {
    return this.#core.files.boardFile();
  }

  exportPictures(
    format: PictureFormat,
    scope: ExportScope | readonly string[],
  ): Promise<Result<readonly Blob[], string>> {
    return this.#core.files.pictures(format, scope);
  }

  async restore(file: Blob): Promise<Result<number, string>> {
    const { pages } = this.#core.ports;
    const before = new Set(pages.peek().map((page) => page.id));
    const restored = await this.#core.files.restore(file);
    const first = pages.peek().find((page) => !before.has(page.id));
    if (restored.ok && first) this.openPage(first.id);
    return restored;
  }

  destroy(): void {
    this.#core.destroy();
  }

  #selectionBox(): Rect | null {
    const { selected, parts, surface } = this.#core;
    const box = boxOf(selected.value, parts.sizes);
    if (!box) return null;
    const { scale } = surface.camera.value;
    return { ...toScreen(surface.camera.value, box), w: box.w * scale, h: box.h * scale };
  }
}

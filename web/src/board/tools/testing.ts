/** A desk over a real page document for tests: what tools write, show, send and tell is kept. */
import { signal } from "@preact/signals";
import { ROUGH } from "../kernel/bounds";
import { PageIndex } from "../kernel/page_index";
import type { Item, LaserPoint, Pen, Point, Preview } from "../model";
import { YPage } from "../page_doc";
import type { LiveShape, SelectionShape } from "../paint/types";
import { firstStyles } from "../styles";
import type { Aid, NoticeCode, ToolName, ToolStyle } from "../view_types";
import type { Desk, NewWriting, Tool, Touch } from "./tool";

export const ME = "me";
export const OTHER = "other";

export function newPage(author = ME, clientId = author === ME ? 111 : 222): YPage {
  return new YPage("board/page/0", { author, clientId });
}

/** What one page says is told to the other, both ways. */
export function join(a: YPage, b: YPage): void {
  a.onUpdate((update) => b.apply(update));
  b.onUpdate((update) => a.apply(update));
}

export class LiveTwin {
  readonly shapes = new Map<string, LiveShape>();
  readonly trails = new Map<string, { points: readonly LaserPoint[]; colour: string }>();
  selected: SelectionShape | null = null;

  set(key: string, shape: LiveShape | null): void {
    if (shape) this.shapes.set(key, shape);
    else this.shapes.delete(key);
  }

  laser(key: string, points: readonly LaserPoint[], colour: string): void {
    this.trails.set(key, { points: [...points], colour });
  }

  selection(shape: SelectionShape | null): void {
    this.selected = shape;
  }

  clear(): void {
    this.shapes.clear();
  }
}

export class DeskTwin implements Desk {
  readonly page: YPage;
  readonly live = new LiveTwin();
  readonly sizes = ROUGH;
  readonly selection = signal<readonly string[]>([]);
  readonly styles = { ...firstStyles() } as Record<ToolName, ToolStyle>;
  readonly hidden = new Set<string>();
  readonly previews = new Map<string, Preview>();
  readonly lasers: Point[][] = [];
  readonly told: NoticeCode[] = [];
  readonly written: NewWriting[] = [];
  readonly edited: string[] = [];
  cursorName = "";
  pen: Pen = "all";
  zoom = 1;
  aidOnPage: Aid | null = null;
  readonly #index: PageIndex;

  constructor(page = newPage()) {
    this.page = page;
    this.#index = new PageIndex(page);
  }

  doc() {
    return this.pen === "none" ? null : this.page;
  }

  index() {
    return this.#index;
  }

  mayChange(item: Item): boolean {
    return this.pen === "all" || (this.pen === "own" && item.by === ME);
  }

  style(tool: ToolName): ToolStyle {
    return this.styles[tool];
  }

  scale(): number {
    return this.zoom;
  }

  aid(): Aid | null {
    return this.aidOnPage;
  }

  hide(ids: Iterable<string>): void {
    this.hidden.clear();
    for (const id of ids) this.hidden.add(id);
  }

  preview(key: string, preview: Preview | null): void {
    if (preview) this.previews.set(key, preview);
    else this.previews.delete(key);
  }

  sendLaser(points: readonly Point[]): void {
    this.lasers.push([...points]);
  }

  write(wish: NewWriting): void {
    this.written.push(wish);
  }

  edit(id: string): void {
    this.edited.push(id);
  }

  chooseImage(): void {}

  cursor(name: string): void {
    this.cursorName = name;
  }

  tell(code: NoticeCode): void {
    this.told.push(code);
  }

  /** The only item of the page. */
  get only(): Item {
    const [item, ...others] = this.page.ordered();
    if (!item || others.length > 0) throw new Error(`${others.length + 1} items on the page`);
    return item;
  }
}

export function touch(x: number, y: number, more: Partial<Touch> = {}): Touch {
  return { x, y, pressure: null, shift: false, alt: false, at: 0, clicks: 1, ...more };
}

/** Down at the first place, through the others, up at the last one. */
export function drag(
  tool: Tool,
  places: readonly (readonly [number, number])[],
  more: Partial<Touch> = {},
): void {
  const [first, ...rest] = places.map(([x, y]) => touch(x, y, more));
  if (!first) return;
  tool.down(first);
  for (const one of rest) tool.move([one], []);
  tool.up();
}

/**
 * The tools' desk: gives them the page, the selection and the live layer, and says which tool a
 * press goes to. When the pen is taken, what is under way is dropped.
 */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { PROTRACTOR, RULER } from "./aids";
import type { Sizes } from "./kernel/bounds";
import type { Frame } from "./kernel/transform";
import type { Item, PageDoc, Point } from "./model";
import type { LiveShape, SelectionShape } from "./paint/types";
import { type Ground, type Styles, soundStyle, storedStyles, storeStyles } from "./styles";
import { AidGrip } from "./tools/aid_grip";
import { frameOf } from "./tools/reshape";
import type { Desk, NewWriting, Tool, Touch } from "./tools/tool";
import { type PageTool, toolbox } from "./tools/toolbox";
import type { PageChannel } from "./view_ports";
import type { Surface } from "./view_surface";
import type { Aid, NoticeCode, ToolName, ToolStyle } from "./view_types";

/** Frames round single items are shown up to so many. */
const MOST_MEMBERS = 200;

export interface DeskPorts {
  surface: Surface;
  sizes: Sizes;
  writable: ReadonlySignal<PageDoc | null>;
  channel: ReadonlySignal<PageChannel | null>;
  selection: Signal<readonly string[]>;
  selected: ReadonlySignal<readonly Item[]>;
  /** The only ones there are; left out, all. */
  tools?: readonly ToolName[] | undefined;
  /** What one draws on; the pens of each are kept apart. */
  ground: Ground;
  mayChange(item: Item): boolean;
  write(wish: NewWriting): void;
  edit(id: string): void;
  chooseImage(at: Point | null): void;
  tell(code: NoticeCode): void;
}

export class ToolDesk {
  readonly tool = signal<ToolName>("pen");
  readonly styles: Signal<Styles>;
  readonly penMode = signal(false);
  readonly aid = signal<Aid | null>(null);
  /** What the pointer shows over the host, as a CSS cursor; "" is the tool's own. */
  readonly cursor = signal("");
  readonly #ports: DeskPorts;
  readonly #dragged = { frame: signal<Frame | null>(null) };
  readonly #tools: Readonly<Record<PageTool, Tool>>;
  readonly #grip: AidGrip;
  readonly #stops: (() => void)[];

  constructor(ports: DeskPorts) {
    this.#ports = ports;
    this.styles = signal(storedStyles(undefined, ports.ground));
    this.#tools = toolbox(this.#desk(), this.#dragged);
    this.#grip = new AidGrip(this.aid, () => ports.surface.camera.peek().scale);
    const shape = computed(() => this.#selectionShape());
    this.#stops = [
      effect(() => {
        ports.surface.renderer.value;
        ports.channel.value?.doc.value;
        ports.surface.live.selection(shape.value);
      }),
      effect(() => this.#showAid()),
    ];
  }

  /** The tool in hand; null for the hand that moves the view. */
  get inHand(): Tool | null {
    const name = this.tool.peek();
    return name === "hand" ? null : this.#tools[name];
  }

  get isBusy(): boolean {
    return this.#grip.isBusy || Object.values(this.#tools).some((tool) => tool.isBusy);
  }

  pick(name: ToolName): void {
    if (this.#ports.tools && !this.#ports.tools.includes(name)) return;
    if (name === "img") {
      this.#ports.chooseImage(null);
      return;
    }
    if (name !== this.tool.peek()) this.inHand?.leave?.();
    this.tool.value = name;
    this.cursor.value = "";
    if (name !== "select" && name !== "lasso" && name !== "hand") this.#ports.selection.value = [];
  }

  setStyle(name: ToolName, wish: Partial<ToolStyle>): void {
    const old = this.styles.peek();
    this.styles.value = { ...old, [name]: soundStyle(old[name], wish) };
    storeStyles(this.styles.peek(), undefined, this.#ports.ground);
  }

  toolAt(at: Touch, erases: boolean): Tool | null {
    if (erases) return this.#tools.eraser;
    if (this.#grip.takes(at)) return this.#grip;
    return this.inHand;
  }

  /** Drops what is under way; true when there was something. */
  cancel(): boolean {
    const wasBusy = this.isBusy;
    if (this.#grip.isBusy) this.#grip.cancel();
    for (const tool of Object.values(this.#tools)) if (tool.isBusy) tool.cancel();
    return wasBusy;
  }

  finish(): boolean {
    return this.inHand?.finish?.() ?? false;
  }

  destroy(): void {
    this.cancel();
    for (const stop of this.#stops) stop();
  }

  #desk(): Desk {
    const { surface, writable, channel } = this.#ports;
    return {
      doc: () => writable.peek(),
      index: () => surface.index(),
      sizes: this.#ports.sizes,
      live: surface.live,
      selection: this.#ports.selection,
      mayChange: (item) => this.#ports.mayChange(item),
      style: (name) => this.styles.peek()[name],
      scale: () => surface.camera.peek().scale,
      aid: () => this.aid.peek(),
      hide: (ids) => surface.hide("tool", ids),
      preview: (key, preview) => channel.peek()?.sendPreview(key, preview),
      sendLaser: (points) => channel.peek()?.sendLaser(points),
      write: (wish) => this.#ports.write(wish),
      edit: (id) => this.#ports.edit(id),
      chooseImage: (at) => this.#ports.chooseImage(at),
      cursor: (name) => {
        this.cursor.value = name;
      },
      tell: (code) => this.#ports.tell(code),
    };
  }

  #selectionShape(): SelectionShape | null {
    const items = this.#ports.selected.value;
    const { sizes, mayChange, writable } = this.#ports;
    const frame = this.#dragged.frame.value ?? frameOf(items, sizes);
    if (!frame || items.length === 0) return null;
    const may = writable.value !== null && items.every((item) => mayChange(item));
    const members =
      items.length === 1 || items.length > MOST_MEMBERS || this.#dragged.frame.value
        ? []
        : items.flatMap((item) => frameOf([item], sizes) ?? []);
    return { frame, handles: may ? "all" : "none", mayRotate: may, members };
  }

  #showAid(): void {
    const { surface, channel } = this.#ports;
    surface.renderer.value;
    channel.value?.doc.value;
    const aid = this.aid.value;
    if (!aid) surface.live.set("aid", null);
    else surface.live.set("aid", aidShape(aid));
  }
}

function aidShape(aid: Aid): LiveShape {
  const { x, y, angle } = aid;
  return aid.kind === "ruler"
    ? { kind: "ruler", x, y, angle, length: RULER.length, thick: RULER.depth }
    : { kind: "protractor", x, y, angle, radius: PROTRACTOR.radius };
}

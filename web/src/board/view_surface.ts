/**
 * The renderer while there is one: the board may be open without being on the screen. Gathers what
 * different parts want hidden, and holds the camera for all of them.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { cameraShowing, keptInSight, MARGIN, pageRect, type Size } from "./camera";
import type { Sizes } from "./kernel/bounds";
import type { PageIndex } from "./kernel/page_index";
import type { Camera, PageDoc, PageFacts, Rect } from "./model";
import type { Backdrops } from "./paint/backdrops";
import type { BoardRenderer, Formulas, LiveSurface } from "./paint/types";

/** What is made of canvases and fonts; tests bring their own. */
export interface BoardParts {
  renderer(host: HTMLElement): BoardRenderer;
  thumbnail(doc: PageDoc, facts: PageFacts, canvas: HTMLCanvasElement): void;
  /** Pictures and formulas that have come: what is painted once must be painted again. */
  onPictures(told: () => void): () => void;
  /** Pictures under pages; `onPictures` tells of their arrival. */
  backdrops: Pick<Backdrops, "state" | "ahead" | "destroy">;
  /** For exports, and for the editor's preview. */
  formulas: Pick<Formulas, "svg" | "fault" | "sizeOf">;
  sizes: Sizes;
  /** Width of words in a CSS font; null where it cannot be known. */
  measure(font: string, words: string): number | null;
  now(): number;
  after(ms: number, call: () => void): () => void;
  frame(call: () => void): () => void;
  reducesMotion(): boolean;
  /** Lets the screen be painted in the middle of long work. */
  pause(): Promise<void>;
}

/** What an infinite page shows at first. */
const FIRST_VIEW: Rect = { x: 0, y: 0, w: 1280, h: 720 };

export interface SurfacePorts {
  doc: ReadonlySignal<PageDoc | null>;
  facts: ReadonlySignal<PageFacts | null>;
  /** Where something else says what is seen, and no hand moves the view. */
  fixedCamera?: ReadonlySignal<Camera> | undefined;
}

export class Surface {
  readonly renderer = signal<BoardRenderer | null>(null);
  readonly camera = signal<Camera>({ x: 0, y: 0, scale: 1 });
  readonly size = signal<Size>({ w: 0, h: 0 });
  readonly live: LiveSurface;
  readonly #ports: SurfacePorts;
  readonly #hidden = new Map<string, readonly string[]>();
  readonly #stops: (() => void)[];

  constructor(ports: SurfacePorts) {
    this.#ports = ports;
    this.live = {
      set: (key, shape) => this.renderer.peek()?.live.set(key, shape),
      laser: (key, points, colour) => this.renderer.peek()?.live.laser(key, points, colour),
      selection: (shape) => this.renderer.peek()?.live.selection(shape),
      clear: () => this.renderer.peek()?.live.clear(),
    };
    this.#stops = [
      effect(() => {
        const doc = ports.doc.value;
        const facts = ports.facts.value;
        this.renderer.value?.show(doc, facts);
        this.#hide();
      }),
      effect(() => {
        if (ports.fixedCamera) this.camera.value = ports.fixedCamera.value;
      }),
      effect(() => {
        const camera = this.camera.value;
        const renderer = this.renderer.value;
        if (renderer) renderer.camera.value = camera;
      }),
      effect(() => {
        const renderer = this.renderer.value;
        if (renderer) this.size.value = renderer.size.value;
      }),
    ];
  }

  /** Of the page that is shown; null for a moment while another one comes. */
  index(): PageIndex | null {
    const index = this.renderer.peek()?.index ?? null;
    return index?.doc === this.#ports.doc.peek() ? index : null;
  }

  hide(owner: string, ids: Iterable<string>): void {
    const list = [...ids];
    if (list.length === 0 && !this.#hidden.has(owner)) return;
    if (list.length === 0) this.#hidden.delete(owner);
    else this.#hidden.set(owner, list);
    this.#hide();
  }

  /** The camera a page begins with: all of it. */
  fitted(): Camera {
    if (this.#ports.fixedCamera) return this.#ports.fixedCamera.peek();
    const rect = pageRect(this.#ports.facts.peek()) ?? FIRST_VIEW;
    const size = this.size.peek();
    return size.w === 0 ? { x: 0, y: 0, scale: 1 } : cameraShowing(rect, size, MARGIN);
  }

  /** All of a sized page, everything on an infinite one. */
  fit(): Camera {
    if (this.#ports.fixedCamera) return this.#ports.fixedCamera.peek();
    const bounds = pageRect(this.#ports.facts.peek()) ?? this.index()?.bounds ?? FIRST_VIEW;
    return cameraShowing(bounds, this.size.peek(), MARGIN);
  }

  look(camera: Camera): void {
    if (this.#ports.fixedCamera) return;
    const page = pageRect(this.#ports.facts.peek());
    this.camera.value = keptInSight(camera, this.size.peek(), page);
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
    this.renderer.peek()?.destroy();
    this.renderer.value = null;
  }

  #hide(): void {
    this.renderer.peek()?.hide([...this.#hidden.values()].flat());
  }
}

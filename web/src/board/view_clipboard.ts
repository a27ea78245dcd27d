/**
 * Copying and pasting: through the browser's own events with keys, through what it allows with
 * buttons, and in memory always. Pictures and words from elsewhere become items.
 */
import {
  BOARD_MIME,
  type Copied,
  copiedOf,
  putDown,
  readCopied,
  wordsOf,
  writeCopied,
} from "./clipboard";
import { boundsOf, type Sizes } from "./kernel/bounds";
import { centre, meets, union } from "./kernel/rect";
import type { Item, PageDoc, Point, Rect } from "./model";
import { isWriting } from "./view_acts";
import type { NoticeCode } from "./view_types";

const STEP = 20;

export interface ClipboardPorts {
  doc(): PageDoc | null;
  sizes: Sizes;
  view(): Rect;
  selected(): Item[];
  select(ids: readonly string[]): void;
  remove(): void;
  insertImage(file: Blob, at: Point | null): void;
  insertWords(words: string): void;
  toPage(clientX: number, clientY: number): Point;
  tell(code: NoticeCode): void;
}

export class BoardClipboard {
  readonly #ports: ClipboardPorts;
  #kept: Copied[] = [];
  /** How often the same was put down, so that copies do not cover each other. */
  #times = 0;

  constructor(ports: ClipboardPorts) {
    this.#ports = ports;
  }

  /** True when there was something to copy. */
  copy(): boolean {
    const items = this.#ports.selected();
    if (items.length === 0) return false;
    this.#keep(items);
    const words = wordsOf(this.#kept);
    // Refused without a press or on a plain address; then the copy stays within the board.
    if (words !== "") globalThis.navigator?.clipboard?.writeText(words).catch(() => {});
    return true;
  }

  cut(): void {
    if (this.copy()) this.#ports.remove();
  }

  duplicate(): void {
    const items = this.#ports.selected();
    if (items.length > 0) this.#put(copiedOf(items), STEP, STEP);
  }

  /** From a button: the system's clipboard where it may be read. */
  async paste(): Promise<void> {
    const found = await readSystem();
    if (found instanceof Blob) this.#ports.insertImage(found, null);
    else if (found && !this.#isOurs(found)) this.#pasteText(found);
    else if (this.#kept.length > 0) this.#pasteKept();
    else this.#ports.tell(found === null ? "clipboard.blocked" : "clipboard.empty");
  }

  /** Copy, cut, paste and drop as the browser tells of them while the focus is in `keys`. */
  listen(host: HTMLElement, keys: HTMLElement): () => void {
    const abort = new AbortController();
    const { signal } = abort;
    const isHere = () =>
      keys.contains(document.activeElement) && !isWriting(document.activeElement);
    const put = (event: ClipboardEvent, cuts: boolean) => {
      if (!isHere() || !event.clipboardData) return;
      const items = this.#ports.selected();
      if (items.length === 0) return;
      this.#keep(items);
      event.clipboardData.setData(BOARD_MIME, writeCopied(this.#kept));
      event.clipboardData.setData("text/plain", wordsOf(this.#kept));
      event.preventDefault();
      if (cuts) this.#ports.remove();
    };
    document.addEventListener("copy", (event) => put(event, false), { signal });
    document.addEventListener("cut", (event) => put(event, true), { signal });
    document.addEventListener(
      "paste",
      (event) => {
        if (isHere() && event.clipboardData && this.take(event.clipboardData, null))
          event.preventDefault();
      },
      { signal },
    );
    host.addEventListener("dragover", (event) => event.preventDefault(), { signal });
    host.addEventListener(
      "drop",
      (event) => {
        // Slides that the class takes are no pictures for the page.
        if (event.defaultPrevented) return;
        event.preventDefault();
        const at = this.#ports.toPage(event.clientX, event.clientY);
        if (event.dataTransfer) this.take(event.dataTransfer, at);
      },
      { signal },
    );
    return () => abort.abort();
  }

  /** Whatever can be made an item; false when nothing can. */
  take(transfer: Pick<DataTransfer, "getData" | "files">, at: Point | null): boolean {
    const own = readCopied(transfer.getData(BOARD_MIME) || "{}");
    if (own) {
      if (writeCopied(own) !== writeCopied(this.#kept)) {
        this.#kept = own;
        this.#times = 0;
      }
      this.#pasteKept();
      return true;
    }
    const files = [...transfer.files];
    for (const file of files) this.#ports.insertImage(file, at);
    if (files.length > 0) return true;
    const words = transfer.getData("text/plain");
    if (words.trim() === "") return false;
    this.#pasteText(words);
    return true;
  }

  #keep(items: readonly Item[]): void {
    this.#kept = copiedOf(items);
    this.#times = 0;
  }

  #isOurs(text: string): boolean {
    return this.#kept.length > 0 && text === wordsOf(this.#kept);
  }

  #pasteText(text: string): void {
    const items = readCopied(text);
    if (!items) {
      this.#ports.insertWords(text);
      return;
    }
    this.#kept = items;
    this.#times = 0;
    this.#pasteKept();
  }

  #pasteKept(): void {
    const doc = this.#ports.doc();
    if (!doc || this.#kept.length === 0) return;
    const box = union(this.#kept.map((one) => boundsOf(itemOf(one), this.#ports.sizes)));
    const view = this.#ports.view();
    this.#times += 1;
    const step = this.#times * STEP;
    // Out of sight it would seem that nothing was pasted.
    const isSeen = meets(box, view);
    const [from, to] = [centre(box), centre(view)];
    const dx = isSeen ? step : to.x - from.x + step - STEP;
    const dy = isSeen ? step : to.y - from.y + step - STEP;
    this.#put(this.#kept, dx, dy);
  }

  #put(items: readonly Copied[], dx: number, dy: number): void {
    const doc = this.#ports.doc();
    if (!doc) return;
    let ids: string[] = [];
    doc.edit((edit) => {
      ids = putDown(edit, items, dx, dy);
    });
    this.#ports.select(ids);
  }
}

function itemOf({ draft, m, text }: Copied): Item {
  return { ...draft, id: "", by: "", at: 0, z: "", m, text } as Item;
}

/** A picture or words; "" for nothing of use, null where it may not be read. */
async function readSystem(): Promise<Blob | string | null> {
  const clipboard = globalThis.navigator?.clipboard;
  if (!clipboard?.read) return null;
  try {
    for (const item of await clipboard.read()) {
      const kind = item.types.find((type) => type.startsWith("image/"));
      if (kind) return await item.getType(kind);
      if (item.types.includes("text/plain")) return await (await item.getType("text/plain")).text();
    }
    return "";
  } catch {
    return null;
  }
}

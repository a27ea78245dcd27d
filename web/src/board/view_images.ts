/**
 * Images onto the page: chosen, pasted or dropped, sent to the server, placed where they were
 * dropped and no larger than sixty per cent of the view.
 */

import type { PageDoc, Point, Rect } from "./model";
import { rounded } from "./tools/shape";
import type { BoardPorts } from "./view_ports";
import type { Busy, NoticeCode } from "./view_types";

const SHARE_OF_VIEW = 0.6;
const KINDS = new Set(["image/png", "image/jpeg", "image/webp", "image/gif"]);
export const IMAGE_KINDS = [...KINDS].join(",");

export interface ImagePorts {
  upload: BoardPorts["upload"];
  doc(): PageDoc | null;
  view(): Rect;
  busy(now: Busy | null): void;
  tell(code: NoticeCode, params?: Record<string, string | number>): void;
  placed(id: string): void;
}

export class Images {
  readonly #ports: ImagePorts;
  #inWork = 0;

  constructor(ports: ImagePorts) {
    this.#ports = ports;
  }

  /** True when it lies on the page. */
  async insert(file: Blob, at: Point | null): Promise<boolean> {
    if (!KINDS.has(file.type)) {
      this.#ports.tell("image.kind");
      return false;
    }
    const doc = this.#ports.doc();
    if (!doc) {
      this.#ports.tell("pen.missing");
      return false;
    }
    const view = this.#ports.view();
    this.#inWork += 1;
    this.#ports.busy({ kind: "image", done: 0, total: file.size });
    const sent = await this.#ports.upload(file, (done, total) =>
      this.#ports.busy({ kind: "image", done, total }),
    );
    this.#inWork -= 1;
    if (this.#inWork === 0) this.#ports.busy(null);
    if (!sent.ok) {
      this.#ports.tell("image.failed", { ...sent.error.params, reason: sent.error.code });
      return false;
    }
    // The page may have been turned, or the pen taken, while the picture was on its way.
    const page = this.#ports.doc();
    if (!page) {
      this.#ports.tell("pen.missing");
      return false;
    }
    const middle = at ?? { x: view.x + view.w / 2, y: view.y + view.h / 2 };
    const box = placedBox(sent.value, view, middle);
    let id = "";
    page.edit((edit) => {
      id = edit.insert({ t: "img", ...box, asset: sent.value.asset });
    });
    this.#ports.placed(id);
    return true;
  }
}

/** The picture's own size where that fits into its share of the view. */
export function placedBox(picture: { w: number; h: number }, view: Rect, middle: Point): Rect {
  const w = Math.max(1, picture.w);
  const h = Math.max(1, picture.h);
  const scale = Math.min(1, (view.w * SHARE_OF_VIEW) / w, (view.h * SHARE_OF_VIEW) / h);
  const size = { w: w * scale, h: h * scale };
  return rounded({ x: middle.x - size.w / 2, y: middle.y - size.h / 2, ...size });
}

/** Lets the person choose a file; a press or a key has to be behind it. */
export function chooseFile(accept: string, chosen: (file: File) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = accept;
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) chosen(file);
  });
  input.click();
}

/**
 * What somebody is drawing or moving now, as bytes: ink as packed points that are new since the
 * last time, everything else as JSON. Payloads may get lost; each one is understood by itself.
 */
import { Cursor, FrameFault, Scribe } from "./frame_bytes";
import { type Draft, IDENTITY, type InkPoint, type Preview } from "./model";
import { pack, splitLong, unpack } from "./points";
import { fitsDraft, readMatrix, tidyText } from "./schema";

export const PAYLOAD_BYTES = 4_096;
/** Room for the style and the counts beside the points. */
const POINTS_BYTES = 3_600;
const INK = 1;
const WHOLE = 2;
const MOST_POINTS = 60_000;
const MOST_MOVED = 10_000;

type InkDraft = Draft & { d: Uint8Array };

/** Of one thing being drawn: knows what was sent, so that only new points follow. */
export class PreviewWriter {
  #sent: readonly InkPoint[] = [];
  #before = 0;

  /** Payloads to send; none when nothing is new or when it is too large to be shown. */
  write(preview: Preview): Uint8Array[] {
    if (preview.kind === "draft" && "d" in preview.draft) return this.#ink(preview.draft);
    const payload = new Scribe().byte(WHOLE).json(onWire(preview)).done();
    if (payload.length <= PAYLOAD_BYTES) return [payload];
    return preview.kind === "move" ? this.#movePart(preview) : [];
  }

  #ink(draft: InkDraft): Uint8Array[] {
    const points = unpack(draft.d);
    const last = this.#sent.length - 1;
    const isLonger =
      samePoint(points[last], this.#sent[last]) && samePoint(points[0], this.#sent[0]);
    if (isLonger && points.length === this.#sent.length && last >= 0) return [];
    // The points of the time before go out twice, so that one lost payload leaves no hole.
    let from = isLonger ? this.#before : 0;
    this.#before = isLonger ? this.#sent.length : 0;
    this.#sent = points;
    const { d: _, ...style } = draft;
    const payloads: Uint8Array[] = [];
    for (const piece of splitLong(points.slice(from), POINTS_BYTES)) {
      const out = new Scribe().byte(INK).json(style).varuint(from).bytes(pack(piece));
      payloads.push(out.done());
      from += piece.length - 1;
    }
    return payloads;
  }

  /** Of a great many, as many as can be told. */
  #movePart(preview: Extract<Preview, { kind: "move" }>): Uint8Array[] {
    const ids = preview.ids.slice(0, 120);
    const payload = new Scribe()
      .byte(WHOLE)
      .json(onWire({ ...preview, ids }))
      .done();
    return payload.length <= PAYLOAD_BYTES ? [payload] : [];
  }
}

/** Of one thing somebody else is drawing: puts the payloads together. */
export class PreviewReader {
  #points: InkPoint[] = [];

  /** The preview as it looks now; null where the payload makes no sense. */
  read(payload: Uint8Array): Preview | null {
    try {
      const body = new Cursor(payload);
      const version = body.byte();
      if (version === INK) return this.#ink(body);
      return version === WHOLE ? readWhole(body.json()) : null;
    } catch (error) {
      if (error instanceof FrameFault) return null;
      throw error;
    }
  }

  #ink(body: Cursor): Preview | null {
    const style = body.json();
    while (!body.isAtEnd()) {
      const from = body.varuint();
      const piece = unpack(body.bytes());
      this.#points = this.#points.slice(0, from).concat(piece).slice(0, MOST_POINTS);
    }
    const draft = { ...Object(style), d: pack(this.#points) } as Record<string, unknown>;
    // A preview may be longer than an item may be; it is split when it is finished.
    const first = { ...draft, d: pack(this.#points.slice(0, 1)) };
    return fitsDraft(first) ? { kind: "draft", draft: draft as unknown as Draft } : null;
  }
}

/** The points of a laser, as payloads of at most 1 kB. */
export function writeLaser(points: readonly { x: number; y: number }[]): Uint8Array[] {
  const plain = points.map(({ x, y }) => ({ x, y, p: 0 }));
  return splitLong(plain, 1_000).map((piece) => pack(piece));
}

export function readLaser(payload: Uint8Array): { x: number; y: number }[] {
  return unpack(payload).map(({ x, y }) => ({ x, y }));
}

function onWire(preview: Preview): object {
  if (preview.kind === "move") return { ids: preview.ids, m: preview.m };
  return { items: [{ ...preview.draft, text: preview.text }] };
}

function readWhole(value: unknown): Preview | null {
  const { ids, m, items } = Object(value) as Record<string, unknown>;
  if (Array.isArray(ids)) {
    if (ids.length > MOST_MOVED || !ids.every((id) => typeof id === "string")) return null;
    return { kind: "move", ids: ids as string[], m: readMatrix(m) ?? IDENTITY };
  }
  const [item] = Array.isArray(items) ? items : [];
  const { text, ...draft } = Object(item) as Record<string, unknown>;
  if (!fitsDraft(draft)) return null;
  const words = typeof text === "string" ? { text: tidyText(text) } : {};
  return { kind: "draft", draft: draft as unknown as Draft, ...words };
}

function samePoint(a: InkPoint | undefined, b: InkPoint | undefined): boolean {
  return a?.x === b?.x && a?.y === b?.y;
}

/**
 * What was drawn on the pages of a deck: gathered some pages at a time, since the server bounds how
 * many are open, and written as a PDF that is laid over the deck's own.
 */
import { failure, type Result, success } from "../result";
import { exportOverlay } from "./export/board_export";
import type { ExportPage } from "./export/kit";
import type { PageFacts } from "./model";
import type { Formulas } from "./paint/types";
import { type After, arrived } from "./view_arrival";
import type { Pace } from "./view_pace";
import type { Shelf } from "./view_pages";
import type { BoardPorts } from "./view_ports";
import type { DrawnFound, DrawnHow, DrawnPages } from "./view_types";

/** The server allows 40 to look at, with those on the screen. */
export const AT_ONCE = 20;
/** So long own strokes are waited for that are still on their way. */
const SAVED_MS = 10_000;
const LOOK_MS = 100;

export interface DrawnPorts extends Pick<BoardPorts, "fetchAsset" | "link" | "pages"> {
  shelf: Pick<Shelf, "hold">;
  formulas: Pick<Formulas, "svg">;
  after: After;
  pace: Pick<Pace, "take">;
}

type Looked = ExportPage | "bare" | "missing";

export class Drawn implements DrawnPages {
  readonly #ports: DrawnPorts;

  constructor(ports: DrawnPorts) {
    this.#ports = ports;
  }

  /** Null when it was given up. A page that is no more counts as bare. */
  async gather(pageIds: readonly string[], { told, signal }: DrawnHow): Promise<DrawnFound | null> {
    const pages = new Map(this.#ports.pages.peek().map((page) => [page.id, page]));
    const wanted = pageIds.flatMap((id) => pages.get(id) ?? []);
    told(0, wanted.length);
    await this.#saved(signal);
    const looked: Looked[] = [];
    let [next, done] = [0, 0];
    const work = async () => {
      while (next < wanted.length && !signal.aborted) {
        const at = next++;
        await this.#ports.pace.take();
        const facts = signal.aborted ? undefined : wanted[at];
        if (facts) looked[at] = await this.#look(facts);
        told(++done, wanted.length);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (signal.aborted) return null;
    return {
      drawn: looked.filter((one) => typeof one !== "string"),
      missing: wanted.filter((_, at) => looked[at] === "missing"),
    };
  }

  /** A page of the PDF for each of these, as large as it, and nothing on it but what was drawn. */
  async write(drawn: readonly ExportPage[]): Promise<Result<Blob, string>> {
    const { fetchAsset, formulas, link } = this.#ports;
    const names = (author: string) => link.authors.peek().get(author) ?? "";
    const fetchBackdrop = async () => null;
    try {
      return success(await exportOverlay(drawn, { fetchAsset, fetchBackdrop, formulas, names }));
    } catch {
      return failure("export.failed");
    }
  }

  async #look(facts: PageFacts): Promise<Looked> {
    const { doc, release } = this.#ports.shelf.hold(facts.id);
    const page = await arrived(doc, this.#ports.after);
    const items = page ? [...page.ordered()] : [];
    release();
    if (!page) return "missing";
    return items.length > 0 ? { facts, items } : "bare";
  }

  /** What the server has not taken yet may still be refused. */
  async #saved(signal: AbortSignal): Promise<void> {
    const { after, link } = this.#ports;
    for (let waited = 0; waited < SAVED_MS; waited += LOOK_MS) {
      if (link.unsaved.peek() === 0 || signal.aborted) return;
      await new Promise<void>((resolve) => after(LOOK_MS, resolve));
    }
  }
}

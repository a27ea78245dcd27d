/**
 * A deck on the stage as a PDF with what was drawn on it: gathers what was drawn, asks when some of
 * it did not come, sends it, and takes what comes back. Knows no widgets.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { BoardView } from "../../../board/view_types";
import type { DeckDoor, HandedOut, Overlay } from "../../../wire/decks";
import type { BoardPage, Placement } from "../../../wire/messages";

/** The most bytes of what was drawn; the server's bound. */
export const INK_MAX = 25 * 1024 * 1024;

export interface Wanted {
  placement: Placement;
  /** Without slides the class was never on. */
  shownOnly: boolean;
  to: "save" | "class";
}

export type Standing =
  | { is: "idle" }
  | { is: "gathering"; done: number; total: number }
  /** Slides that did not open, as people count them: go on without what was drawn there? */
  | { is: "missing"; slides: readonly number[] }
  | { is: "writing" }
  | { is: "sending"; percent: number }
  | { is: "making" }
  | { is: "failed"; code: string; params: Record<string, string | number> };

export type Made = { saved: Blob } | { handedOut: HandedOut };

export interface ExportPorts {
  drawn: BoardView["drawn"];
  door: Pick<DeckDoor, "exported" | "handedOut">;
  pages(): readonly BoardPage[];
  language(): string;
}

export class DeckExport {
  readonly #ports: ExportPorts;
  readonly #standing = signal<Standing>({ is: "idle" });
  readonly standing: ReadonlySignal<Standing> = this.#standing;
  #stop: AbortController | null = null;
  #decide: ((goOn: boolean) => void) | null = null;

  constructor(ports: ExportPorts) {
    this.#ports = ports;
  }

  /** Null when it failed or was given up; `standing` says which. */
  async run(wanted: Wanted): Promise<Made | null> {
    this.cancel();
    const stop = new AbortController();
    this.#stop = stop;
    const overlay = await this.#overlay(wanted, stop.signal);
    if (!overlay || stop.signal.aborted) return null;
    this.#tell({ is: "sending", percent: 0 }, stop.signal);
    const { size } = overlay.pdf;
    const told = (done: number) => this.#sent(done, size, stop.signal);
    const how = { signal: stop.signal, told };
    const { door } = this.#ports;
    const answer =
      wanted.to === "save" ? await door.exported(overlay, how) : await door.handedOut(overlay, how);
    if (stop.signal.aborted) return null;
    if (!answer.ok) {
      this.#fail(answer.error.code, answer.error.params);
      return null;
    }
    this.#tell({ is: "idle" }, stop.signal);
    return answer.value instanceof Blob ? { saved: answer.value } : { handedOut: answer.value };
  }

  /** The answer to `missing`. */
  goOn(): void {
    this.#decide?.(true);
  }

  cancel(): void {
    this.#stop?.abort();
    this.#stop = null;
    this.#decide?.(false);
    this.#standing.value = { is: "idle" };
  }

  async #overlay(wanted: Wanted, signal: AbortSignal): Promise<Overlay | null> {
    const { drawn, pages, language } = this.#ports;
    const leaves = leavesOf(pages(), wanted);
    const found = await drawn.gather(
      leaves.map(({ id }) => id),
      { signal, told: (done, total) => this.#tell({ is: "gathering", done, total }, signal) },
    );
    if (!found) return null;
    const missing = found.missing.map(({ id }) => id);
    if (missing.length > 0 && !(await this.#asked(slidesOf(leaves, missing), signal))) return null;
    this.#tell({ is: "writing" }, signal);
    const named = new Map(leaves.map((page) => [page.id, `${page.slide}-${page.step}`]));
    const names = found.drawn.flatMap(({ facts }) => named.get(facts.id) ?? []);
    const made = found.drawn.length > 0 ? await drawn.write(found.drawn) : null;
    if (signal.aborted) return null;
    if (made && !made.ok) return this.#fail("deck.export", {});
    const pdf = made?.ok ? made.value : new Blob([], { type: "application/pdf" });
    if (pdf.size > INK_MAX) return this.#fail("deck.ink", { megabytes: INK_MAX / 1024 ** 2 });
    const { placement, shownOnly } = wanted;
    return { placement: placement.id, pdf, pages: names, shownOnly, language: language() };
  }

  #asked(slides: readonly number[], signal: AbortSignal): Promise<boolean> {
    this.#tell({ is: "missing", slides }, signal);
    return new Promise((resolve) => {
      this.#decide = (goOn) => {
        this.#decide = null;
        resolve(goOn);
      };
    });
  }

  #sent(done: number, total: number, signal: AbortSignal): void {
    const percent = total > 0 ? Math.floor((100 * done) / total) : 100;
    this.#tell(percent < 100 ? { is: "sending", percent } : { is: "making" }, signal);
  }

  #tell(standing: Standing, signal: AbortSignal): void {
    if (!signal.aborted) this.#standing.value = standing;
  }

  #fail(code: string, params: Record<string, string | number>): null {
    this.#standing.value = { is: "failed", code, params };
    return null;
  }
}

/**
 * The pages of a deck that become pages of its PDF. What was drawn on pages of an older version lies
 * over pictures that are not in this one, so it has no place there.
 */
export function leavesOf(
  pages: readonly BoardPage[],
  { placement, shownOnly }: Pick<Wanted, "placement" | "shownOnly">,
): readonly BoardPage[] {
  return pages
    .filter((page) => page.placement === placement.id && (page.is_seen || !shownOnly))
    .filter((page) => isOfPrint(page, placement));
}

/** Nobody is told the address of what was not shown. */
function isOfPrint({ backdrop }: BoardPage, { print_id }: Placement): boolean {
  return backdrop === "" || backdrop.includes(`/${print_id}/`);
}

/** Slides of these pages, as they are numbered below the board. */
function slidesOf(leaves: readonly BoardPage[], ids: readonly string[]): readonly number[] {
  const named = leaves.filter((page) => ids.includes(page.id)).map(({ slide }) => slide);
  return [...new Set(named)];
}

/** How many slides the class was on, of how many, and how many are of an older version. */
export function slidesShown(
  pages: readonly BoardPage[],
  placement: Placement,
): { shown: number; all: number; old: number } {
  const whole = pages.filter((page) => page.placement === placement.id);
  const deck = whole.filter((page) => isOfPrint(page, placement));
  const count = (some: readonly BoardPage[]) => new Set(some.map(({ slide }) => slide)).size;
  return {
    shown: count(deck.filter((page) => page.is_seen)),
    all: count(deck),
    old: count(whole.filter((page) => !deck.includes(page))),
  };
}

/**
 * What a deck on the stage says to those who lead the class: titles, notes, texts, and where the
 * pictures of slides are that nobody saw yet. Asked for once for each version, over HTTP.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { DeckDoor, Slide } from "../wire/decks";
import type { BoardPage, DeckProgress, Placement } from "../wire/messages";
import type { Wire } from "../wire/socket";

/** While pages are drawn their texts come; news of it may be missed. */
const LOOK_MS = 4_000;
const AGAIN_MS = 3_000;
const TRIES = 5;

interface Ports {
  wire: Pick<Wire, "on">;
  door: Pick<DeckDoor, "slides">;
  placements: ReadonlySignal<readonly Placement[]>;
}

const NONE: readonly Slide[] = [];

export class PlacedSlides {
  readonly #ports: Ports;
  readonly #byPrint = signal<ReadonlyMap<string, readonly Slide[]>>(new Map());
  /** Asked for, or all of it known. */
  readonly #settled = new Set<string>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Of each page by its placement, slide and step: where its picture is. */
  readonly #addresses: ReadonlySignal<ReadonlyMap<string, string>>;
  #closed = false;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#addresses = computed(() => addressesOf(ports.placements.value, this.#byPrint.value));
    ports.wire.on("deck.progress", (notice) => this.#progressed(notice));
  }

  /** Empty until it is known. */
  of(placement: Pick<Placement, "print_id">): readonly Slide[] {
    return this.#byPrint.value.get(placement.print_id) ?? NONE;
  }

  /** Whether the answer has come. */
  isKnown(placement: Pick<Placement, "print_id">): boolean {
    return this.#byPrint.value.has(placement.print_id);
  }

  /** Asks for it, unless that was done. */
  need(placement: Placement): void {
    if (this.#settled.has(placement.print_id)) return;
    this.#settled.add(placement.print_id);
    void this.#load(placement, 1);
  }

  /** Where the picture of a page is, also of one that the class was not on; what plays has none. */
  addressOf(page: BoardPage): string {
    if (page.kind === "film" || page.kind === "activity") return "";
    return page.backdrop || (this.#addresses.value.get(keyOf(page.placement, page)) ?? "");
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  async #load(placement: Placement, tries: number): Promise<void> {
    const { print_id } = placement;
    const answer = await this.#ports.door.slides(placement.deck_id, print_id);
    if (this.#closed) return;
    if (answer.ok) {
      this.#byPrint.value = new Map(this.#byPrint.value).set(print_id, answer.value.slides);
      const { state } = answer.value;
      if (state !== "ready" && state !== "failed") this.#later(placement, LOOK_MS, 1);
      return;
    }
    // A version that was deleted has nothing to say; what fell on the way is asked for again.
    const isGone = answer.error.status === 404;
    if (isGone) this.#byPrint.value = new Map(this.#byPrint.value).set(print_id, NONE);
    else if (tries < TRIES) this.#later(placement, AGAIN_MS * tries, tries + 1);
    else this.#settled.delete(print_id);
  }

  #later(placement: Placement, ms: number, tries: number): void {
    const { print_id } = placement;
    clearTimeout(this.#timers.get(print_id));
    const ask = () => {
      // Put away meanwhile: asked for again when it comes back.
      if (this.#ports.placements.peek().some((one) => one.print_id === print_id))
        void this.#load(placement, tries);
      else this.#settled.delete(print_id);
    };
    this.#timers.set(print_id, setTimeout(ask, ms));
  }

  /** The last pages are drawn, so all texts are there. */
  #progressed({ print_id, state }: DeckProgress): void {
    if (state !== "ready" || !this.#settled.has(print_id)) return;
    const placement = this.#ports.placements.peek().find((one) => one.print_id === print_id);
    if (!placement) return;
    clearTimeout(this.#timers.get(print_id));
    void this.#load(placement, 1);
  }
}

function keyOf(placement: string, { slide, step }: { slide: number; step: number }): string {
  return `${placement} ${slide} ${step}`;
}

function addressesOf(
  placements: readonly Placement[],
  known: ReadonlyMap<string, readonly Slide[]>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { id, print_id } of placements) {
    for (const { number, leaves } of known.get(print_id) ?? NONE) {
      for (const { step, address } of leaves)
        found.set(keyOf(id, { slide: number, step }), address);
    }
  }
  return found;
}

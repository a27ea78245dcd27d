import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failure, success } from "../result";
import type { Deck, DeckDoor, Library } from "../wire/decks";
import type { DeckProgress } from "../wire/messages";
import { type DeckNews, DecksRoom } from "./decks_room";

const DECK = {
  id: "deck",
  print_id: "print",
  name: "Circles",
  state: "opening",
  done: 0,
  leaves: 0,
} as Deck;
const deck = (making: Partial<Deck>): Deck => ({ ...DECK, ...making });

/** A class with one deck, and a stage. */
class Class {
  decks: Deck[] = [];
  stage: string[] = [];
  kept: object[] = [];
  refusal: { code: string; params: object } | null = null;
  libraries = 0;
  readonly asked: string[] = [];
  readonly news: DeckNews["is"][] = [];
  tell: (notice: DeckProgress) => void = () => undefined;

  door = {
    library: async () => {
      this.libraries += 1;
      return success({ folders: [], decks: this.decks } as unknown as Library);
    },
    deck: async (id: string) => {
      const found = this.decks.find((one) => one.id === id);
      return found ? success(found) : failure({ code: "deck.unknown", status: 404, params: {} });
    },
    begin: async () =>
      success({ upload_id: "up", pieces: [{ index: 0, offset: 0 }], piece_max: 99 }),
    piece: async () => success({ offset: 1, is_ready: true, deck_id: "deck" }),
  } as unknown as DeckDoor;

  room = new DecksRoom(
    {
      wire: {
        on: (_name: string, listener: never) => {
          this.tell = listener;
        },
        request: async (name: string, message: { placement_id?: string }) => {
          if (name === "deck.placements") return success({ placements: this.kept });
          this.asked.push(`${name} ${message.placement_id}`);
          return this.refusal ? failure(this.refusal) : success({ placement_id: "p" });
        },
      } as never,
      seat: { token: "t", code: () => "c" },
      placed: () => this.stage,
      told: ({ is }) => void this.news.push(is),
    },
    this.door,
  );

  progress(making: Partial<Deck>): void {
    this.decks = [deck(making)];
    const { id: deck_id, state, done, leaves } = deck(making);
    this.tell({ deck_id, print_id: "print", state, done, leaves, fault: "", params: {} });
  }

  async drops(): Promise<void> {
    this.room.sending.add([[new File(["x"], "Circles.pdf")]], {});
    await passes(10);
  }
}

const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);
let here: Class;
beforeEach(() => {
  vi.useFakeTimers();
  here = new Class();
});
afterEach(() => {
  here.room.close();
  vi.useRealTimers();
});

describe("a deck that is dropped in a class", () => {
  it("goes to the stage once, as soon as its first page is there", async () => {
    here.decks = [deck({})];
    await here.drops();
    expect(here.asked).toEqual([]);
    here.progress({ state: "showing", done: 1, leaves: 9 });
    await passes(10);
    expect(here.asked).toEqual(["deck.place "]);
    here.progress({ state: "ready", done: 9, leaves: 9 });
    await passes(5_000);
    expect(here.asked).toEqual(["deck.place "]);
    expect(here.news).toEqual(["shown"]);
  });

  it("is shown at once when it was made before", async () => {
    here.decks = [deck({ state: "ready" })];
    await here.drops();
    expect(here.news).toEqual(["shown"]);
  });

  it("is shown when the notice came before the answer, or not at all", async () => {
    here.progress({ state: "showing" });
    await here.drops();
    expect(here.news).toEqual(["shown"]);

    here = new Class();
    here.decks = [deck({})];
    await here.drops();
    here.decks = [deck({ state: "showing" })];
    await passes(1_500);
    expect(here.news).toEqual(["shown"]);
  });

  it("waits for a word when another one was put on the stage meanwhile", async () => {
    here.stage = ["old"];
    here.decks = [deck({})];
    await here.drops();
    here.stage = ["old", "new"];
    here.progress({ state: "showing" });
    await passes(10);
    expect(here.asked).toEqual([]);
    expect(here.news).toEqual(["ready"]);
  });

  it("waits for a choice when something drawn on it was kept", async () => {
    here.kept = [{ id: "p1" }];
    here.decks = [deck({ state: "ready" })];
    await here.drops();
    expect(here.asked).toEqual([]);
    expect(here.news).toEqual(["choose"]);
    expect(here.room.choice.value?.kept).toEqual([{ id: "p1" }]);
  });

  it("says that it failed, or was refused", async () => {
    here.decks = [deck({})];
    await here.drops();
    here.progress({ state: "failed" });
    await passes(10);
    expect(here.news).toEqual(["failed"]);

    here = new Class();
    here.refusal = { code: "deck.placed", params: { max: 8 } };
    here.decks = [deck({ state: "ready" })];
    await here.drops();
    expect(here.news).toEqual(["refused"]);
  });
});

describe("a deck that is brought from the library", () => {
  it("goes to the stage, also when it is still being made", async () => {
    here.decks = [deck({ state: "ready" })];
    await here.room.bring("deck");
    await passes(10);
    expect(here.asked).toEqual(["deck.place "]);
    expect(here.news).toEqual(["shown"]);

    here = new Class();
    here.decks = [deck({})];
    await here.room.bring("deck");
    await passes(10);
    expect(here.asked).toEqual([]);
    here.decks = [deck({ state: "showing" })];
    await passes(1_500);
    expect(here.news).toEqual(["shown"]);
  });

  it("is said to be gone when it is", async () => {
    await here.room.bring("deck");
    await passes(5_000);
    expect(here.news).toEqual(["refused"]);
    expect(here.asked).toEqual([]);
  });
});

describe("decks that others send", () => {
  it("are listed once for each state of a newer version, and count its pages", async () => {
    const newer = { version_id: "v2", state: "showing", done: 1, leaves: 9, fault: "", params: {} };
    here.decks = [deck({ state: "ready", newer } as Partial<Deck>)];
    await here.room.load();
    const told = (print_id: string, state: Deck["state"], done: number) =>
      here.tell({ deck_id: "deck", print_id, state, done, leaves: 9, fault: "", params: {} });
    for (const done of [2, 3, 4]) told("p2", "showing", done);
    await passes(10);
    expect(here.libraries).toBe(1);
    expect(here.room.library.value?.decks[0]).toMatchObject({ done: 0, newer: { done: 4 } });
    for (const state of ["ready", "ready", "opening", "opening"] as const) {
      told("p3", state, 5);
      await passes(10);
    }
    expect(here.libraries).toBe(3);
  });

  it("are asked for one by one while they are made, and no more afterwards", async () => {
    here.decks = [deck({}), deck({ id: "old", state: "ready" })];
    await here.room.load();
    here.decks = [deck({ state: "showing", done: 1, leaves: 9 }), deck({ id: "gone" })];
    await passes(1_500);
    expect(here.libraries).toBe(1);
    const known = here.room.library.value?.decks.map(({ id, state }) => [id, state]);
    expect(known).toEqual([
      ["deck", "showing"],
      ["old", "ready"],
    ]);
    here.decks = [];
    await passes(1_500);
    expect(here.libraries).toBe(2);
    await passes(10_000);
    expect(here.libraries).toBe(2);
  });

  it("are followed and not shown by themselves", async () => {
    here.decks = [deck({})];
    await here.room.load();
    here.progress({ state: "showing", done: 1, leaves: 9 });
    await passes(10);
    here.progress({ state: "showing", done: 5, leaves: 9 });
    expect(here.room.library.value?.decks[0]?.done).toBe(5);
    expect(here.asked).toEqual([]);
    expect(here.news).toEqual([]);
  });
});

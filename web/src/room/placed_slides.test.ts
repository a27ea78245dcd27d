import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { failure, success } from "../result";
import type { DeckState } from "../wire/decks";
import type { DeckProgress, Placement } from "../wire/messages";
import { PlacedSlides } from "./placed_slides";
import { leafOf, slideOf } from "./testing/slides";

const DECK: Placement = {
  ...{ id: "d", deck_id: "deck", print_id: "print", name: "Roots", kind: "slides" },
  begun_at: "2026-03-01T09:30:00.000Z",
};

class Class {
  placements = signal<readonly Placement[]>([DECK]);
  state: DeckState = "ready";
  fault: number | null = null;
  asked: string[] = [];
  tell: (notice: DeckProgress) => void = () => undefined;
  slides = new PlacedSlides({
    wire: {
      on: (_name: string, listener: never) => {
        this.tell = listener;
      },
    } as never,
    door: {
      slides: async (id: string, print: string) => {
        this.asked.push(`${id} ${print}`);
        if (this.fault !== null)
          return failure({ code: "x", status: this.fault, params: {}, retryAfterS: null });
        return success({ state: this.state, slides: [slideOf(1, ["one"], { notes: "Hi" })] });
      },
    },
    placements: this.placements,
  });

  ready(print_id = "print"): void {
    this.tell({
      ...{ deck_id: "deck", print_id, state: "ready", done: 1, leaves: 1, fault: "" },
      params: {},
    });
  }
}

const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);
let here: Class;
beforeEach(() => {
  vi.useFakeTimers();
  here = new Class();
});
afterEach(() => vi.useRealTimers());

it("asks once for what is on the stage, by what was made of that version", async () => {
  expect([here.slides.of(DECK), here.slides.isKnown(DECK)]).toEqual([[], false]);
  here.slides.need(DECK);
  here.slides.need({ ...DECK, id: "again" });
  await passes(60_000);
  expect(here.asked).toEqual(["deck print"]);
  expect(here.slides.of(DECK)[0]?.notes).toBe("Hi");
});

it("knows where pages are that nobody saw, and believes the wire first", async () => {
  here.slides.need(DECK);
  await passes(0);
  const unseen = leafOf(1, 0, false);
  expect(here.slides.addressOf(unseen)).toBe("/s/1-0");
  expect(here.slides.addressOf({ ...unseen, backdrop: "/told" })).toBe("/told");
  expect(here.slides.addressOf(leafOf(2, 0, false))).toBe("");
});

it("asks again while pages are drawn, and at once when the last one is", async () => {
  here.state = "showing";
  here.slides.need(DECK);
  await passes(4_500);
  expect(here.asked).toHaveLength(2);
  here.state = "ready";
  here.ready("other");
  here.ready();
  await passes(60_000);
  expect(here.asked).toHaveLength(3);
});

it("asks no more of a deck that was put away, and again when it comes back", async () => {
  here.state = "showing";
  here.slides.need(DECK);
  await passes(0);
  here.placements.value = [];
  await passes(60_000);
  expect(here.asked).toHaveLength(1);
  here.slides.need(DECK);
  await passes(0);
  expect(here.asked).toHaveLength(2);
});

it("takes a version that is gone for one without words, and asks again after a fault", async () => {
  here.fault = 404;
  here.slides.need(DECK);
  await passes(60_000);
  expect([here.asked.length, here.slides.isKnown(DECK)]).toEqual([1, true]);
  here = new Class();
  here.fault = 0;
  here.slides.need(DECK);
  await passes(3_500);
  here.fault = null;
  await passes(10_000);
  expect(here.slides.isKnown(DECK)).toBe(true);
  here.slides.close();
});

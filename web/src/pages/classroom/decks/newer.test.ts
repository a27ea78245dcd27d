import { expect, it } from "vitest";
import type { Deck, Library } from "../../../wire/decks";
import type { Placement } from "../../../wire/messages";
import { newerOf } from "./newer";

const placement = { id: "d", deck_id: "deck", print_id: "old" } as Placement;
const library = (over: Partial<Deck>) =>
  ({ decks: [{ id: "deck", print_id: "new", state: "ready", ...over }] }) as Library;

it("offers the version in use when it is another one, and is there", () => {
  expect(newerOf(library({}), placement)?.print_id).toBe("new");
  expect(newerOf(library({ print_id: "old" }), placement)).toBeNull();
  expect(newerOf(library({ state: "showing" }), placement)).toBeNull();
  expect(newerOf(library({ id: "other" }), placement)).toBeNull();
  expect(newerOf(null, placement)).toBeNull();
});

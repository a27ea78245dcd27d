/** Decks in a class, as who leads the board sends, shows and puts them away. */
import type { Result } from "../../../result";
import { t } from "../../../text/text";
import { announce, toast } from "../../../ui/live";
import type { Deck } from "../../../wire/decks";
import type { Placement, Refusal } from "../../../wire/messages";
import { decksOf } from "../../decks/shelf";
import { mayLead } from "../board/acts";
import type { Desk } from "../desk";
import { explain } from "../explain";
import { isDeckType } from "./kinds";

/** Where files belong to something else: a panel, a bar. */
const BESIDE = ".panel, .callbar, .topbar";
const BOARD = ".board";

/**
 * Whether what is held here would become slides: documents over the stage, and everything while the
 * list of slides is open, but pictures over a board, which takes them itself.
 */
export function isDeckDrop(desk: Desk, event: DragEvent): boolean {
  const at = event.target instanceof Element ? event.target : null;
  if (!mayLead(desk) || !at || document.querySelector("dialog[open]")) return false;
  const items = [...(event.dataTransfer?.items ?? [])].filter((one) => one.kind === "file");
  const isDocument = items.some((one) => isDeckType(one.type));
  if (desk.panel.value === "decks") return items.length > 0 && (isDocument || !at.closest(BOARD));
  return isDocument && !at.closest(BESIDE);
}

/** The list opens, so that what is on its way is seen. */
export function putDecks(desk: Desk, files: readonly File[]): void {
  if (files.length === 0) return;
  desk.panel.value = "decks";
  desk.session.decks.sending.add(decksOf(files), {});
}

/** Shows it, or lets the list ask what of it. */
export async function showDeck(desk: Desk, deck: Deck): Promise<void> {
  const answer = await desk.session.decks.show(deck);
  if (answer !== "choose") sayShown(answer, deck);
}

/** As it was put away, or clean. */
export async function chooseInk(desk: Desk, deck: Deck, placement_id: string): Promise<void> {
  const { decks } = desk.session;
  if (sayShown(await decks.place(deck.id, placement_id), deck)) decks.choice.value = null;
}

function sayShown(answer: Result<unknown, Refusal>, { name }: Deck): boolean {
  const isShown = explain(answer);
  if (isShown) announce(t("decks-shown", { name }));
  return isShown;
}

export async function putAway(desk: Desk, { id, name }: Placement): Promise<void> {
  if (explain(await desk.session.decks.leave(id))) toast(t("decks-put-away-done", { name }));
}

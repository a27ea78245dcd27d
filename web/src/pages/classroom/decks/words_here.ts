/** The words of the slide looked at; asked for a moment after turning, not while somebody leafs. */
import { useEffect } from "preact/hooks";
import type { BoardView } from "../../../board/view_types";
import type { Desk } from "../desk";

const STAYS_MS = 400;

/** Null while they are not known, and on a page that is no slide. */
export function useWords(desk: Desk, view: BoardView): string | null {
  const page = view.page.value;
  const address = page?.kind === "slide" ? page.backdrop : "";
  const { texts } = desk.session;
  useEffect(() => {
    if (address === "") return;
    const timer = setTimeout(() => texts.want([address]), STAYS_MS);
    return () => clearTimeout(timer);
  }, [texts, address]);
  return address === "" ? null : (texts.known.value.get(address)?.trim() ?? null);
}

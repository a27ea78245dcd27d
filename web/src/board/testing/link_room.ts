/** People at a board in memory, with faked time: what the tests of the link begin with. */
import { vi } from "vitest";
import { success } from "../../result";
import { BoardLink } from "../link";
import type { Draft } from "../model";
import type { OpenPage } from "../open_page";
import { pack } from "../points";
import { BoardTwin } from "./board_twin";

export const DOC = "board/page/0";
export const ink: Draft = {
  ...{ t: "pen", c: "#112233", w: 3, o: 1, s: 0 },
  d: pack([{ x: 1, y: 2, p: 128 }]),
} as Draft;

export const soon = () => vi.advanceTimersByTimeAsync(20);
export const later = () => vi.advanceTimersByTimeAsync(5_000);

export class LinkRoom {
  readonly twin = new BoardTwin(DOC);
  readonly #links: BoardLink[] = [];

  linkOf(author: string): BoardLink {
    const link = new BoardLink({
      ticket: async () => success(this.twin.ticketOf(author)),
      plug: this.twin.plug,
    });
    this.#links.push(link);
    link.open();
    return link;
  }

  async pageOf(author: string): Promise<{ link: BoardLink; page: OpenPage }> {
    const link = this.linkOf(author);
    const page = link.openPage(DOC, { mode: "write" });
    await soon();
    return { link, page };
  }

  close(): void {
    for (const link of this.#links.splice(0)) link.close();
  }
}

/** Inserts one item; its id. */
export function draw(page: OpenPage, draft = ink): string {
  let id = "";
  const doc = page.doc.value;
  if (!doc) throw new Error("no document");
  doc.edit((edit) => {
    id = edit.insert(draft);
  });
  return id;
}

export function ids(page: OpenPage): string[] {
  return [...(page.doc.value?.items.keys() ?? [])];
}

import { describe, expect, it } from "vitest";
import type { Board, BoardPage } from "../wire/messages";
import { withTurn } from "./turn";

const page = (id: string, over: Partial<BoardPage> = {}): BoardPage => ({
  ...{ id, name: "", paper: "plain", width: 1280, height: 720, is_locked: false, epoch: 0 },
  ...{ may_unclear: false, kind: "slide", backdrop: "", placement: "d", slide: 1, step: 0 },
  is_seen: false,
  ...over,
});
const board: Board = {
  ...{ id: "b", page_id: "p1", presenter: null, everyone: "none", placements: [] },
  pages: [page("p1", { is_seen: true }), page("p2"), page("p3")],
};

describe("turning the class's page", () => {
  it("puts the page that is new in its place", () => {
    const seen = page("p2", { is_seen: true, backdrop: "/slides/x" });
    const turn = { type: "page_turned" as const, page_id: "p2", presenter: "wu", pages: [seen] };
    const after = withTurn(board, turn);
    expect([after.page_id, after.presenter]).toEqual(["p2", "wu"]);
    expect(after.pages.map((one) => one.backdrop)).toEqual(["", "/slides/x", ""]);
    expect(after.pages.map((one) => one.id)).toEqual(["p1", "p2", "p3"]);
  });

  it("keeps the list when no page is new, so that nothing that hangs on it is made again", () => {
    const turn = { type: "page_turned" as const, page_id: "p1", presenter: null, pages: [] };
    expect(withTurn(board, turn).pages).toBe(board.pages);
  });
});

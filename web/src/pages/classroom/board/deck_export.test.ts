import { describe, expect, it } from "vitest";
import type { DrawnFound, DrawnHow } from "../../../board/view_types";
import { failure, success } from "../../../result";
import type { Overlay, PieceHow } from "../../../wire/decks";
import type { BoardPage, Placement } from "../../../wire/messages";
import { DeckExport, INK_MAX, leavesOf, slidesShown } from "./deck_export";

const PLACEMENT = {
  ...{ id: "p1", deck_id: "d1", print_id: "new", name: "Acids", kind: "slides", begun_at: "" },
} as Placement;

function leaf(slide: number, step: number, more: Partial<BoardPage> = {}): BoardPage {
  const id = `p1-${slide}-${step}`;
  const backdrop = `/slides/new/${slide}-${step}.x`;
  return { id, slide, step, placement: "p1", is_seen: true, backdrop, ...more } as BoardPage;
}

const PAGES = [
  leaf(1, 0),
  leaf(2, 0),
  leaf(2, 1),
  leaf(3, 0, { is_seen: false, backdrop: "" }),
  leaf(9, 0, { backdrop: "/slides/old/9-0.x" }),
  leaf(1, 0, { id: "other", placement: "p2" }),
];

const IDS = ["p1-1-0", "p1-2-0", "p1-2-1"];

/** `drawn` and `missing` are ids of pages. */
function twin(drawn: readonly string[], missing: readonly string[] = []) {
  const asked: string[][] = [];
  const sent: Overlay[] = [];
  const seen: string[] = [];
  const written: string[][] = [];
  let size = 9;
  let fault: string | null = null;
  const take = async (overlay: Overlay, { told, signal }: PieceHow) => {
    sent.push(overlay);
    told(overlay.pdf.size);
    await Promise.resolve();
    if (fault) return failure({ code: fault, status: 409, params: { max: 3 }, retryAfterS: null });
    expect(signal.aborted).toBe(false);
    return success(new Blob(["made"]));
  };
  const work = new DeckExport({
    drawn: {
      gather: async (ids: readonly string[], { told }: DrawnHow) => {
        asked.push([...ids]);
        told(ids.length, ids.length);
        const page = (id: string) => ({ facts: { id }, items: [{}] });
        return {
          drawn: drawn.map(page),
          missing: missing.map((id) => ({ id })),
        } as never as DrawnFound;
      },
      write: async (pages) => {
        written.push(pages.map(({ facts }) => facts.id));
        return success({ size } as Blob);
      },
    },
    door: {
      exported: take,
      handedOut: async (overlay, how) => {
        const answer = await take(overlay, how);
        return answer.ok ? success({ file_id: "f1", name: "Acids.pdf", bytes: 4 }) : answer;
      },
    },
    pages: () => PAGES,
    language: () => "en",
  });
  work.standing.subscribe((standing) => seen.push(standing.is));
  return {
    ...{ work, asked, sent, seen, written },
    grow: (to: number) => {
      size = to;
    },
    refuse: (code: string) => {
      fault = code;
    },
  };
}

const save = { placement: PLACEMENT, shownOnly: true, to: "save" } as const;

describe("which leaves go into the PDF", () => {
  it("are the deck's own, of the version on the stage, shown or all", () => {
    const ids = (shownOnly: boolean) =>
      leavesOf(PAGES, { placement: PLACEMENT, shownOnly }).map(({ id }) => id);
    expect(ids(true)).toEqual(IDS);
    expect(ids(false)).toEqual([...IDS, "p1-3-0"]);
    expect(slidesShown(PAGES, PLACEMENT)).toEqual({ shown: 2, all: 3, old: 1 });
  });

  it("are named by slide and step in the order they are written", async () => {
    const { work, asked, sent, written, seen } = twin(["p1-2-1", "p1-1-0"]);
    expect(await work.run(save)).toHaveProperty("saved");
    expect(asked).toEqual([IDS]);
    expect(written).toEqual([["p1-2-1", "p1-1-0"]]);
    expect(sent[0]).toMatchObject({ placement: "p1", pages: ["2-1", "1-0"], shownOnly: true });
    expect([...new Set(seen)]).toEqual(["idle", "gathering", "writing", "sending", "making"]);
    expect(seen.at(-1)).toBe("idle");
  });
});

describe("a deck with what was drawn", () => {
  it("is sent without a page when nothing was drawn", async () => {
    const { work, sent, written } = twin([]);
    const made = await work.run({ ...save, to: "class" });
    expect(made).toEqual({ handedOut: { file_id: "f1", name: "Acids.pdf", bytes: 4 } });
    expect(written).toEqual([]);
    expect(sent[0]?.pdf.size).toBe(0);
    expect(sent[0]?.pages).toEqual([]);
  });

  it("waits for a word when a slide did not open", async () => {
    const one = twin(["p1-1-0"], ["p1-2-0", "p1-2-1"]);
    const going = one.work.run(save);
    await expect.poll(() => one.work.standing.value.is).toBe("missing");
    expect(one.work.standing.value).toEqual({ is: "missing", slides: [2] });
    expect(one.sent).toEqual([]);
    one.work.goOn();
    expect(await going).toHaveProperty("saved");

    const other = twin(["p1-1-0"], ["p1-2-0"]);
    const given = other.work.run(save);
    await expect.poll(() => other.work.standing.value.is).toBe("missing");
    other.work.cancel();
    expect(await given).toBe(null);
    expect(other.sent).toEqual([]);
    expect(other.work.standing.value.is).toBe("idle");
  });

  it("says why it failed, and is tried again", async () => {
    const { work, refuse, grow, sent } = twin(["p1-1-0"]);
    refuse("file.limit");
    expect(await work.run(save)).toBe(null);
    expect(work.standing.value).toEqual({ is: "failed", code: "file.limit", params: { max: 3 } });
    grow(INK_MAX + 1);
    expect(await work.run(save)).toBe(null);
    expect(work.standing.value).toMatchObject({ code: "deck.ink", params: { megabytes: 25 } });
    expect(sent.length).toBe(1);
  });
});

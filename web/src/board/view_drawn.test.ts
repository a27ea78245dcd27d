import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { PageDoc, PageFacts } from "./model";
import { YPage } from "./page_doc";
import { FACTS, sheet } from "./testing/sheet";
import { OPEN_MS } from "./view_arrival";
import { AT_ONCE, Drawn } from "./view_drawn";
import { IN_A_ROW, PAGES_PER_S, Pace } from "./view_pace";
import { Clock, LinkTwin } from "./view_testing";

const PAGES = Array.from({ length: 50 }, (_, at) => ({ ...FACTS, id: `p${at}` }));
const IDS = PAGES.map(({ id }) => id);
const [INKED] = [sheet()];

/** A shelf whose pages come when they are told to; something lies on every tenth. */
function room(pages: readonly PageFacts[] = PAGES) {
  const clock = new Clock();
  const link = new LinkTwin();
  const held = new Map<string, (come: boolean) => void>();
  let [open, most, all] = [0, 0, 0];
  const shelf = {
    hold(pageId: string) {
      const doc = signal<PageDoc | null>(null);
      all += 1;
      most = Math.max(most, ++open);
      held.set(pageId, () => {
        const page = new YPage(`b/${pageId}/0`, { author: "a", clientId: 3 });
        if (Number(pageId.slice(1)) % 10 === 0) {
          page.edit((edit) =>
            edit.insert({
              t: "rect",
              x: 0,
              y: 0,
              w: 9,
              h: 9,
              c: "#000000",
              sw: 1,
              ds: 0,
              fill: "",
            }),
          );
        }
        doc.value = page;
      });
      const release = () => {
        open -= 1;
        held.delete(pageId);
      };
      return { doc, release };
    },
  };
  const formulas = { svg: async () => ({ url: "data:,", w: 1, h: 1 }) };
  const ink = new Drawn({
    ...{ shelf, link, formulas, pages: signal(pages), after: clock.after, pace: new Pace(clock) },
    fetchAsset: async () => null,
  });
  const told: string[] = [];
  const stop = new AbortController();
  const how = { told: (a: number, b: number) => told.push(`${a}/${b}`), signal: stop.signal };
  /** Everything that is waited for comes, until nothing is. */
  const arrive = async (but: readonly string[] = []) => {
    for (let turn = 0; turn < 200; turn += 1) {
      for (const [id, come] of [...held]) if (!but.includes(id)) come(true);
      await Promise.resolve();
    }
  };
  return {
    ink,
    link,
    clock,
    how,
    told,
    stop,
    arrive,
    most: () => most,
    open: () => open,
    opened: () => all,
  };
}

describe("what was drawn on many pages", () => {
  it("is gathered in order, some pages at a time, without those nothing lies on", async () => {
    const { ink, how, told, arrive, most, open } = room();
    const going = ink.gather(IDS, how);
    await arrive();
    const found = await going;
    expect(found?.drawn.map(({ facts }) => facts.id)).toEqual(["p0", "p10", "p20", "p30", "p40"]);
    expect(found?.missing).toEqual([]);
    expect(told.at(0)).toBe("0/50");
    expect(told.at(-1)).toBe("50/50");
    expect([most(), open()]).toEqual([AT_ONCE, 0]);
  });

  it("opens no more at a time than the server bears, also when it is asked again", async () => {
    const many = Array.from({ length: 150 }, (_, at) => ({ ...FACTS, id: `p${at}` }));
    const { ink, how, clock, arrive, opened } = room(many);
    const ids = many.map(({ id }) => id);
    const going = ink.gather(ids, how);
    await arrive();
    expect(opened()).toBe(IN_A_ROW);
    clock.advance(1000);
    await arrive();
    expect(opened()).toBe(IN_A_ROW + PAGES_PER_S);
    for (let second = 0; second < 12; second += 1) {
      clock.advance(1000);
      await arrive();
    }
    expect((await going)?.drawn.length).toBe(15);
    const again = ink.gather(ids, how);
    await arrive();
    expect(opened() - many.length).toBeLessThan(2 * PAGES_PER_S);
    for (let second = 0; second < 20; second += 1) {
      clock.advance(1000);
      await arrive();
    }
    expect(await again).not.toBe(null);
  });

  it("names the pages that did not open in time", async () => {
    const { ink, how, clock, arrive, open } = room();
    const going = ink.gather(IDS, how);
    await arrive(["p3", "p10"]);
    clock.advance(OPEN_MS);
    const found = await going;
    expect(found?.missing.map(({ id }) => id)).toEqual(["p3", "p10"]);
    expect(found?.drawn.length).toBe(4);
    expect(open()).toBe(0);
  });

  it("waits for own strokes that are on their way, but not for ever", async () => {
    const { ink, link, how, clock, arrive, open } = room(PAGES.slice(0, 1));
    link.unsaved.value = 2;
    const going = ink.gather(["p0", "gone"], how);
    await arrive();
    expect(open()).toBe(0);
    for (let turn = 0; turn < 200; turn += 1) {
      clock.advance(100);
      await Promise.resolve();
    }
    await arrive();
    expect((await going)?.drawn.length).toBe(1);
  });

  it("is given up at once", async () => {
    const { ink, how, stop, arrive, most } = room();
    const going = ink.gather(IDS, how);
    await Promise.resolve();
    stop.abort();
    await arrive();
    expect(await going).toBe(null);
    expect(most()).toBeLessThanOrEqual(AT_ONCE);
  });

  it("is a PDF without the pages below", async () => {
    const { ink } = room();
    const facts = { ...FACTS, backdrop: "/slides/x/1-0.y" };
    const items = (INKED ?? []).filter(({ t }) => t === "pen" || t === "hl");
    const made = await ink.write([{ facts, items }]);
    expect(made.ok && made.value.type).toBe("application/pdf");
  });
});

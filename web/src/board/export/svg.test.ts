import { describe, expect, it } from "vitest";
import type { Draft, Item } from "../model";
import { FACTS, PNG, sheet } from "../testing/sheet";
import { areaOf, type ExportPorts, gather } from "./kit";
import { svgOf } from "./svg";

const ports: ExportPorts = {
  fetchAsset: async (asset) =>
    asset === "picture" ? new Blob([PNG], { type: "image/png" }) : null,
  fetchBackdrop: async (ref) =>
    ref === "/slides/a" ? new Blob([PNG], { type: "image/png" }) : null,
  formulas: {
    svg: async (src) =>
      src === "bad" ? { fault: "no" } : { url: "data:image/svg+xml,<svg/>", w: 40, h: 50 },
  },
  names: (author) => (author === "alice" ? "Alice <A>" : ""),
};
const infinite = { ...FACTS, width: null, height: null };

async function written(items: readonly Item[], facts = FACTS, hasPaper = true) {
  return svgOf({ facts, items }, await gather([{ facts, items }], ports), { hasPaper });
}

/** Fails on a tag that is not closed, and on a bare & or <. */
function tagsOf(xml: string): string[] {
  const open: string[] = [];
  const all: string[] = [];
  const body = xml.replace(/^<\?xml[^>]*\?>/, "");
  for (const [, end, name, , alone] of body.matchAll(
    /<(\/?)([\w]+)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
  )) {
    if (end) expect(open.pop()).toBe(name);
    else {
      all.push(name ?? "");
      if (!alone) open.push(name ?? "");
    }
  }
  expect(open).toEqual([]);
  expect(body.replace(/<[^>]*>/g, "")).not.toContain("<");
  expect(body.replace(/&(amp|lt|gt|quot);/g, "")).not.toContain("&");
  return all;
}

describe("a page as SVG", () => {
  it("has everything that lies on it, and is whole by itself", async () => {
    const svg = await written(sheet());
    const tags = tagsOf(svg);
    expect(tags.filter((tag) => tag === "image").length).toBe(2);
    expect(tags.filter((tag) => tag === "text").length).toBe(4);
    expect(svg).toContain('viewBox="0 0 1280 720"');
    expect(svg).toContain("<title>Fractions &amp; more</title>");
    expect(svg).toContain(">½ &lt; ⅔ &amp; more</text>");
    expect(svg).toContain(">Alice &lt;A&gt;</text>");
    expect(svg).toContain("mix-blend-mode:multiply");
    expect(svg).toContain('stroke-dasharray="10 8"');
    expect(svg).toMatch(/<image href="data:image\/png;base64,iVBOR/);
    expect(svg).not.toMatch(/href="(?!data:)/);
  });

  it("has its paper unless told otherwise", async () => {
    for (const paper of ["dots", "grid", "ruled", "graph"] as const) {
      const svg = await written([], { ...FACTS, paper });
      expect(tagsOf(svg)).toContain("pattern");
      expect(svg).toContain('fill="url(#paper)"');
    }
    expect(await written([], FACTS, false)).not.toContain("pattern");
    expect(await written([], { ...FACTS, paper: "plain" })).not.toContain("pattern");
  });

  it("without an end is as large as what lies on it", async () => {
    const box: Draft = {
      t: "rect",
      x: -500,
      y: 40,
      w: 100,
      h: 50,
      c: "#000000",
      sw: 2,
      ds: 0,
      fill: "",
    };
    const items = sheet([box]);
    const kit = await gather([], ports);
    expect(areaOf({ facts: infinite, items }, kit)).toEqual({ x: -526, y: 14, w: 152, h: 102 });
    expect(await written(items, infinite)).toContain('viewBox="-526 14 152 102"');
    expect(await written([], infinite)).toContain('viewBox="0 0 1280 720"');
  });

  it("puts moved items where they are", async () => {
    const items = sheet().map((item) => ({ ...item, m: [0, 1, -1, 0, 5.5, 6] as const }));
    const svg = await written(items);
    expect(svg.match(/transform="matrix\(0 1 -1 0 5.5 6\)"/g)?.length).toBe(items.length);
    tagsOf(svg);
  });

  it("shows what could not be had", async () => {
    const svg = await written(
      sheet([
        { t: "img", x: 0, y: 0, w: 50, h: 50, asset: "gone" },
        { t: "tex", x: 0, y: 0, s: 1, c: "#000000", src: "bad" },
        { t: "text", x: 0, y: 0, w: 200, h: 50, c: "#000000", fs: 20, text: "a\u0001b" } as Draft,
      ]),
    );
    expect(tagsOf(svg)).not.toContain("image");
    expect(svg).toContain(">bad</text>");
    expect(svg).toContain(">ab</text>");
  });

  it("has the picture under the page below everything that lies on it", async () => {
    const facts = { ...FACTS, paper: "plain" as const, backdrop: "/slides/a" };
    const xml = await written(sheet(), facts);
    const images = [...xml.matchAll(/<image[^>]*>/g)].map(([tag]) => tag);
    expect(images[0]).toContain('x="0" y="0" width="1280" height="720"');
    expect(images[0]).toContain("data:image/png");
    expect(xml.indexOf("<image")).toBeLessThan(xml.indexOf("<path"));
    expect(await written([], { ...FACTS, backdrop: "/slides/gone" })).not.toContain("<image");
  });
});

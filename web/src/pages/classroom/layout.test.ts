import { describe, expect, it } from "vitest";
import type { Participant, Role } from "../../wire/messages";
import {
  besideLarge,
  bestGrid,
  clockOf,
  focusOf,
  galleryOrder,
  galleryPlan,
  pinnedFirst,
  stripPlan,
  visibleFaces,
} from "./layout";

function face(id: string, role: Role = "student"): Participant {
  return {
    id,
    name: id,
    role,
    connection: "here",
    pen: "none",
    joined_at: "2026-03-10T10:00:00Z",
    on_stage: null,
    group: "",
    chat_muted: false,
    enrolled: false,
    media: {
      microphone: "off",
      camera: "off",
      screen: "off",
      screen_audio: "off",
      screen_mode: "text",
    },
  };
}

const FACE = 16 / 9;
const WIDE = { gap: 8, least: 180, ratio: FACE, give: 0.03, pager: 52 };
const PHONE = { gap: 8, least: 160, ratio: 4 / 3, give: 0.08, pager: 52 };
/** The floor at 1440x900 without a panel, with one, and at 390x844. */
const FLOOR = { width: 1416, height: 768 };
const BESIDE_PANEL = { width: 1056, height: 768 };
const SMALL = { width: 374, height: 720 };

const ids = (faces: Participant[]) => faces.map((one) => one.id);
const CLASS = [face("t", "host"), face("a"), face("b"), face("me"), face("c")];

describe("the grid", () => {
  it("has the columns that give the largest tiles", () => {
    const columns = (count: number, room: { width: number; height: number }) =>
      bestGrid(count, room, WIDE).columns;
    expect(columns(1, BESIDE_PANEL)).toBe(1);
    expect(columns(2, BESIDE_PANEL)).toBe(1);
    expect(columns(2, { width: 1400, height: 500 })).toBe(2);
    expect(columns(12, BESIDE_PANEL)).toBe(3);
    expect(columns(3, { width: 374, height: 600 })).toBe(1);
  });

  it("fills a narrow width rather than a column in its middle", () => {
    const below = { width: 374, height: 458 };
    expect(bestGrid(3, below, { ...PHONE, give: 0 }).columns).toBe(1);
    expect(bestGrid(3, below, PHONE).columns).toBe(2);
    expect(bestGrid(5, SMALL, { ...PHONE, give: 0.001 }).columns).toBe(2);
  });

  it("never leaves its room", () => {
    for (let count = 1; count <= 31; count += 1) {
      for (const [room, measure] of [
        [FLOOR, WIDE],
        [BESIDE_PANEL, WIDE],
        [SMALL, PHONE],
      ] as const) {
        const { columns, rows, tile, pages } = galleryPlan(count, room, measure);
        const height = room.height - (pages > 1 ? measure.pager : 0);
        expect(tile.width * columns + 8 * (columns - 1)).toBeLessThanOrEqual(room.width);
        expect(tile.height * rows + 8 * (rows - 1)).toBeLessThanOrEqual(height);
        expect(tile.width).toBeGreaterThanOrEqual(measure.least);
      }
    }
  });
});

describe("the gallery", () => {
  it("shows up to twenty-five on one page, and the rest on further ones", () => {
    const pages = [1, 2, 5, 12, 25, 26, 31, 60].map((count) => {
      const plan = galleryPlan(count, FLOOR, WIDE);
      return [plan.perPage, plan.pages];
    });
    expect(pages).toEqual([
      [1, 1],
      [2, 1],
      [5, 1],
      [12, 1],
      [25, 1],
      [25, 2],
      [25, 2],
      [25, 3],
    ]);
  });

  it("has fewer on a page where they would be too small", () => {
    expect(galleryPlan(8, SMALL, PHONE)).toMatchObject({ perPage: 8, pages: 1, columns: 2 });
    expect(galleryPlan(12, SMALL, PHONE)).toMatchObject({ perPage: 10, pages: 2, columns: 2 });
    expect(galleryPlan(31, SMALL, PHONE)).toMatchObject({ perPage: 10, pages: 4 });
  });

  it("fills the rows of a page that goes on", () => {
    const tablet = { width: 796, height: 1040 };
    expect(galleryPlan(31, tablet, { ...WIDE, least: 170 })).toMatchObject({
      perPage: 24,
      columns: 3,
    });
  });

  it("keeps the tiles of one size while people join to full pages", () => {
    const tiles = [26, 31, 50].map((count) => galleryPlan(count, FLOOR, WIDE).tile);
    expect(new Set(tiles.map((tile) => tile.width)).size).toBe(1);
    const grown = [10, 11, 12].map((count) => galleryPlan(count, FLOOR, WIDE).tile.width);
    expect(new Set(grown).size).toBe(1);
  });

  it("leaves the first place of each page to the stage", () => {
    const plan = galleryPlan(31, FLOOR, WIDE, 1);
    expect([plan.perPage, plan.pages, plan.columns * plan.rows]).toEqual([24, 2, 25]);
    expect(galleryPlan(10, SMALL, PHONE, 1)).toMatchObject({ perPage: 9, pages: 2 });
  });

  it("has a face on each page, however little room there is", () => {
    expect(galleryPlan(3, { width: 120, height: 60 }, PHONE)).toMatchObject({ perPage: 1 });
    expect(galleryPlan(3, { width: 0, height: 0 }, PHONE).perPage).toBeGreaterThan(0);
    expect(galleryPlan(0, FLOOR, WIDE).pages).toBe(1);
  });

  it("ends its first page with our own face and keeps the others in their order", () => {
    expect(ids(galleryOrder(CLASS, "me", 25))).toEqual(["t", "a", "b", "c", "me"]);
    expect(ids(galleryOrder(CLASS, "me", 3))).toEqual(["t", "a", "me", "b", "c"]);
    expect(ids(galleryOrder(CLASS, "me", 1))).toEqual(["me", "t", "a", "b", "c"]);
    expect(ids(galleryOrder([face("me")], "me", 1))).toEqual(["me"]);
  });

  it("begins with whoever is pinned, ourselves as well", () => {
    expect(ids(pinnedFirst(CLASS, "b"))).toEqual(["b", "t", "a", "me", "c"]);
    expect(ids(pinnedFirst(CLASS, "gone"))).toEqual(ids(CLASS));
    expect(ids(galleryOrder(pinnedFirst(CLASS, "me"), "me", 3))[0]).toBe("me");
  });
});

describe("the strip", () => {
  const measure = { tile: 180, more: 96, gap: 8 };

  it("shows everyone when all fit", () => {
    expect(stripPlan(5, 1028, measure)).toEqual({ shown: 5, hidden: 0 });
  });

  it("shows whole tiles and how many more there are", () => {
    expect(stripPlan(12, 1028, measure)).toEqual({ shown: 4, hidden: 8 });
    expect(stripPlan(3, 50, measure)).toEqual({ shown: 0, hidden: 3 });
  });

  it("keeps our own face in view", () => {
    const faces = [face("t", "host"), face("a"), face("b"), face("me")];
    expect(visibleFaces(faces, 3, "me").map((one) => one.id)).toEqual(["t", "a", "me"]);
    expect(visibleFaces(faces, 4, "me").map((one) => one.id)).toEqual(["t", "a", "b", "me"]);
    expect(visibleFaces(faces, 1, "me").map((one) => one.id)).toEqual(["t"]);
  });
});

describe("the large face", () => {
  const faces = [face("t", "host"), face("a"), face("b")];
  const nobody = { chosen: null, dominant: null };

  it("is who spoke last, before that the teacher's, and for the teacher a student's", () => {
    expect(focusOf(faces, { selfId: "a", ...nobody })?.id).toBe("t");
    expect(focusOf(faces, { selfId: "t", ...nobody })?.id).toBe("a");
    for (const selfId of ["t", "a"]) {
      expect(focusOf(faces, { selfId, chosen: null, dominant: "b" })?.id).toBe("b");
    }
  });

  it("leaves the place in the strip alone when it is large by voice", () => {
    const [t, a] = faces as [Participant, Participant];
    expect(ids(besideLarge(faces, a, null))).toEqual(["t", "a", "b"]);
    expect(ids(besideLarge(faces, a, "a"))).toEqual(["t", "b"]);
    expect(ids(besideLarge([t, a], a, null))).toEqual(["t"]);
  });

  it("is the one chosen by hand while that person is there", () => {
    expect(focusOf(faces, { selfId: "a", chosen: "b", dominant: "t" })?.id).toBe("b");
    expect(focusOf(faces, { selfId: "a", chosen: "gone", dominant: null })?.id).toBe("t");
  });

  it("is our own when we are alone, and nobody's in an empty room", () => {
    expect(focusOf([face("a")], { selfId: "a", ...nobody })?.id).toBe("a");
    expect(focusOf([], { selfId: "a", ...nobody })).toBeNull();
  });
});

it("tells the time as a clock", () => {
  expect(clockOf(0)).toBe("00:00");
  expect(clockOf(1458)).toBe("24:18");
  expect(clockOf(3900)).toBe("1:05:00");
  expect(clockOf(-5)).toBe("00:00");
});

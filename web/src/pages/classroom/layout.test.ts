import { describe, expect, it } from "vitest";
import type { Participant, Role } from "../../wire/messages";
import { bestGrid, clockOf, focusOf, stripPlan, visibleFaces } from "./layout";

function face(id: string, role: Role = "student"): Participant {
  return {
    id,
    name: id,
    role,
    connection: "here",
    pen: "none",
    joined_at: "2026-03-10T10:00:00Z",
    media: {
      microphone: "off",
      camera: "off",
      screen: "off",
      screen_audio: "off",
      screen_mode: "text",
    },
  };
}

describe("the gallery", () => {
  it("has the columns that give the largest tiles", () => {
    const wide = { width: 1068, height: 760 };
    expect(bestGrid(1, wide, 8, 180).columns).toBe(1);
    expect(bestGrid(2, wide, 8, 180).columns).toBe(1);
    expect(bestGrid(2, { width: 1400, height: 500 }, 8, 180).columns).toBe(2);
    expect(bestGrid(12, wide, 8, 180).columns).toBe(3);
    expect(bestGrid(3, { width: 374, height: 600 }, 8, 150).columns).toBe(1);
  });

  it("never leaves its room", () => {
    for (let count = 1; count <= 30; count += 1) {
      const room = { width: 900, height: 500 };
      const grid = bestGrid(count, room, 8, 120);
      const rows = Math.ceil(count / grid.columns);
      expect(grid.tile.width * grid.columns + 8 * (grid.columns - 1)).toBeLessThanOrEqual(900);
      if (!grid.scrolls) {
        expect(grid.tile.height * rows + 8 * (rows - 1)).toBeLessThanOrEqual(500);
      }
    }
  });

  it("scrolls rather than show faces nobody can recognise", () => {
    const grid = bestGrid(30, { width: 374, height: 300 }, 8, 150);
    expect(grid.scrolls).toBe(true);
    expect(grid.columns).toBe(2);
    expect(grid.tile.width).toBe(183);
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

  it("is the teacher for students and a student for the teacher", () => {
    expect(focusOf(faces, { selfId: "a", ...nobody })?.id).toBe("t");
    expect(focusOf(faces, { selfId: "t", ...nobody })?.id).toBe("a");
    expect(focusOf(faces, { selfId: "t", chosen: null, dominant: "b" })?.id).toBe("b");
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

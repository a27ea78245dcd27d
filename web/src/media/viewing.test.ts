import { describe, expect, it } from "vitest";
import type { Shown } from "./quality";
import { isUrgent, planViewing, type Viewed } from "./viewing";

function viewed(over: Partial<Viewed> = {}): Viewed {
  return {
    kind: "video",
    layered: true,
    tiles: new Map(),
    graceUntil: 0,
    told: { flowing: false, preference: null },
    ...over,
  };
}

function shown(height: number, pinned = false): Shown {
  return { width: (height * 16) / 9, height, density: 1, pinned };
}

function tiles(...heights: number[]) {
  return new Map(heights.map((height) => [{}, shown(height)]));
}

function planOf(view: Viewed, now = 10) {
  return planViewing(new Map([["v", view]]), now);
}

describe("what is asked of the server", () => {
  it("lets sound flow whether or not a tile shows", () => {
    const plan = planOf(viewed({ kind: "audio", layered: false }));
    expect(plan.resume).toEqual(["v"]);
    expect(plan.preferences).toEqual([]);
  });

  it("lets no picture flow that nobody has seen yet", () => {
    const plan = planOf(viewed());
    expect([plan.resume, plan.pause, plan.preferences]).toEqual([[], [], []]);
  });

  it("resumes a picture that is seen, as its largest tile shows it", () => {
    const plan = planOf(viewed({ tiles: tiles(100, 500) }));
    expect(plan.resume).toEqual(["v"]);
    expect(plan.preferences).toEqual([
      { id: "v", preference: { spatial: 2, temporal: 2, priority: 67 } },
    ]);
  });

  it("puts whoever is pinned above every size, in whichever tile", () => {
    const both = new Map([
      [{}, shown(2_000)],
      [{}, shown(90, true)],
    ]);
    expect(planOf(viewed({ tiles: both })).preferences[0]?.preference.priority).toBe(200);
    const huge = planOf(viewed({ tiles: tiles(2_000) })).preferences[0]?.preference.priority;
    expect(huge).toBe(199);
  });

  it("pauses a picture nobody sees any more, but not one that is only moving", () => {
    const view = viewed({ graceUntil: 1500, told: { flowing: true, preference: null } });
    const early = planOf(view, 1000);
    expect(early.pause).toEqual([]);
    expect(early.again).toBe(1500);
    const late = planOf(view, 1500);
    expect(late.pause).toEqual(["v"]);
    expect(late.again).toBeNull();
  });

  it("repeats nothing that was told", () => {
    const told = { flowing: true, preference: { spatial: 0, temporal: 1, priority: 13 } };
    expect(planOf(viewed({ tiles: tiles(100), told }))).toEqual({
      resume: [],
      pause: [],
      preferences: [],
      again: null,
    });
  });

  it("tells everything again of which it does not know what arrived", () => {
    const told = { flowing: null, preference: null };
    const seen = planOf(viewed({ tiles: tiles(100), told }));
    expect([seen.resume, seen.preferences.length]).toEqual([["v"], 1]);
    expect(planOf(viewed({ told })).pause).toEqual(["v"]);
  });

  it("asks no layer of a picture that comes whole, nor of a tile without size", () => {
    const screen = planOf(viewed({ layered: false, tiles: tiles(900) }));
    const flat = planOf(viewed({ tiles: tiles(0) }));
    for (const plan of [screen, flat]) {
      expect([plan.resume, plan.preferences]).toEqual([["v"], []]);
    }
  });
});

describe("what cannot wait", () => {
  const told = (spatial: number, priority: number) => ({
    flowing: true,
    preference: { spatial, temporal: 2, priority },
  });

  it("is a picture that appears or must grow sharper", () => {
    expect(isUrgent(viewed({ tiles: tiles(150) }), 0)).toBe(true);
    expect(isUrgent(viewed({ tiles: tiles(600), told: told(0, 20) }), 0)).toBe(true);
  });

  it("is a pin that comes or goes", () => {
    const pinned = new Map([[{}, shown(150, true)]]);
    expect(isUrgent(viewed({ tiles: pinned, told: told(0, 20) }), 0)).toBe(true);
    expect(isUrgent(viewed({ tiles: tiles(150), told: told(0, 200) }), 0)).toBe(true);
  });

  it("is not a tile that only shrinks, moves a little, or goes", () => {
    expect(isUrgent(viewed({ tiles: tiles(150), told: told(2, 90) }), 0)).toBe(false);
    expect(isUrgent(viewed({ tiles: tiles(160), told: told(0, 20) }), 0)).toBe(false);
    expect(isUrgent(viewed({ told: told(0, 20), graceUntil: 9 }), 0)).toBe(false);
  });
});

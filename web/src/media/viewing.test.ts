import { describe, expect, it } from "vitest";
import { planViewing, type Viewed } from "./viewing";

function viewed(over: Partial<Viewed> = {}): Viewed {
  return {
    kind: "video",
    layered: true,
    tiles: new Map(),
    graceUntil: 0,
    told: { flowing: false, layers: null },
    ...over,
  };
}

function tiles(...heights: number[]) {
  return new Map(heights.map((height) => [{}, height]));
}

describe("what is asked of the server", () => {
  it("lets sound flow whether or not a tile shows", () => {
    const plan = planViewing(new Map([["a", viewed({ kind: "audio", layered: false })]]), 10);
    expect(plan.resume).toEqual(["a"]);
    expect(plan.layers).toEqual([]);
  });

  it("resumes a picture that is seen, in the layer of its largest tile", () => {
    const plan = planViewing(new Map([["v", viewed({ tiles: tiles(100, 500) })]]), 10);
    expect(plan.resume).toEqual(["v"]);
    expect(plan.layers).toEqual([{ id: "v", layers: { spatial: 2, temporal: 2 } }]);
  });

  it("pauses a picture nobody sees, but not before the page had time to draw it", () => {
    const view = viewed({ graceUntil: 1500, told: { flowing: true, layers: null } });
    const early = planViewing(new Map([["v", view]]), 1000);
    expect(early.pause).toEqual([]);
    expect(early.again).toBe(1500);
    const late = planViewing(new Map([["v", view]]), 1500);
    expect(late.pause).toEqual(["v"]);
    expect(late.again).toBeNull();
  });

  it("repeats nothing that was told", () => {
    const view = viewed({
      tiles: tiles(100),
      told: { flowing: true, layers: { spatial: 0, temporal: 2 } },
    });
    expect(planViewing(new Map([["v", view]]), 0)).toEqual({
      resume: [],
      pause: [],
      layers: [],
      again: null,
    });
  });

  it("asks no layer of a picture that has one only, nor of a tile without size", () => {
    const screen = viewed({ layered: false, tiles: tiles(900) });
    const flat = viewed({ tiles: tiles(0) });
    const plan = planViewing(
      new Map([
        ["s", screen],
        ["f", flat],
      ]),
      0,
    );
    expect(plan.resume).toEqual(["s", "f"]);
    expect(plan.layers).toEqual([]);
  });
});

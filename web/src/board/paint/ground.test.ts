import { describe, expect, it } from "vitest";
import { page } from "../view_testing";
import { paintGround } from "./ground";

const camera = { x: 0, y: 0, scale: 0.5 };
const view = { x: 0, y: 0, w: 1280, h: 960 };
const picture = {} as CanvasImageSource;

/** What was called of a canvas, with numbers and pictures as they were given. */
function painted(paint: (ctx: CanvasRenderingContext2D) => void): unknown[][] {
  const calls: unknown[][] = [];
  const answers: Record<string, unknown> = { canvas: { width: 640, height: 480 } };
  const ctx = new Proxy(answers, {
    get: (known, name: string) =>
      name in known ? known[name] : (...given: unknown[]) => calls.push([name, ...given]),
    set: () => true,
  });
  paint(ctx as unknown as CanvasRenderingContext2D);
  return calls;
}

describe("the ground", () => {
  it("has the picture on the paper of its page, as large as the page", () => {
    const facts = page("p", { height: 960, backdrop: "/slides/a" });
    const calls = painted((ctx) => paintGround(ctx, facts, camera, 1, view, picture));
    expect(calls.at(-2)).toEqual(["drawImage", picture, 0, 0, 1280, 960]);
    expect(calls.findIndex(([name]) => name === "fillRect")).toBeGreaterThan(0);
    expect(calls.map(([name]) => name).filter((name) => name === "drawImage")).toHaveLength(1);
  });

  it("is nothing over a shared screen", () => {
    const facts = page("p", { kind: "ink", width: null, height: null });
    const calls = painted((ctx) => paintGround(ctx, facts, camera, 1, view));
    expect(calls.map(([name]) => name)).toEqual(["setTransform", "clearRect"]);
  });

  it("has none on a page without an end, nor while it has not come", () => {
    const endless = page("p", { width: null, height: null, backdrop: "/slides/a" });
    for (const [facts, shown] of [
      [endless, picture],
      [page("p", { backdrop: "/slides/a" }), null],
    ] as const) {
      const calls = painted((ctx) => paintGround(ctx, facts, camera, 1, view, shown));
      expect(calls.map(([name]) => name)).not.toContain("drawImage");
    }
  });
});

import { expect, it, vi } from "vitest";
import { type FormulaPorts, KatexFormulas, sizeStep } from "./formulas";
import type { Typeset } from "./typeset";

const settle = () => vi.waitFor(() => Promise.resolve()).then(() => Promise.resolve());

function setUp(sets: Record<string, Typeset | Error>) {
  const drawn: string[] = [];
  const state = { now: 0, loads: 0 };
  const ports: FormulaPorts = {
    load: async () => {
      state.loads++;
      return {
        typeset: async (src) => {
          const set = sets[src];
          if (!set || set instanceof Error) throw set ?? new Error("unknown");
          return set;
        },
      };
    },
    draw: async (url, w, h) => {
      drawn.push(`${url} ${w}x${h}`);
      return { image: { url } as unknown as CanvasImageSource, bytes: w * h * 4 };
    },
    now: () => state.now,
  };
  return { formulas: new KatexFormulas(ports), drawn, state, sets };
}

const good: Typeset = { w: 100, h: 40, svg: (colour, scale) => `svg:${colour}@${scale}` };

it("sets a formula when it is first looked at and tells when it is there", async () => {
  const { formulas, drawn } = setUp({ x: good });
  const ready = vi.fn();
  formulas.onReady(ready);
  expect(formulas.sizeOf("x")).toBeNull();
  await vi.waitFor(() => expect(ready).toHaveBeenCalledWith("x"));
  expect(formulas.sizeOf("x")).toEqual({ w: 100, h: 40 });
  expect(formulas.picture("x", "#111111", 1.5)).toBeNull();
  await vi.waitFor(() => expect(formulas.picture("x", "#111111", 1.5)).not.toBeNull());
  expect(drawn).toEqual(["svg:#111111@2 200x80"]);
});

it("shows another size while the right one is drawn", async () => {
  const { formulas, drawn } = setUp({ x: good });
  await formulas.svg("x", "#000000");
  formulas.sizeOf("x");
  await vi.waitFor(() => expect(formulas.sizeOf("x")).not.toBeNull());
  formulas.picture("x", "#000000", 1);
  await vi.waitFor(() => expect(formulas.picture("x", "#000000", 1)).not.toBeNull());
  expect(formulas.picture("x", "#000000", 4)).toMatchObject({ url: "svg:#000000@1" });
  await vi.waitFor(() => expect(drawn).toHaveLength(2));
});

it("tells what is wrong with a formula, and asks no more", async () => {
  const { formulas, state } = setUp({ "\\frac{": { fault: "Unexpected end" } });
  formulas.fault("\\frac{");
  await vi.waitFor(() => expect(formulas.fault("\\frac{")).toBe("Unexpected end"));
  expect(formulas.sizeOf("\\frac{")).toBeNull();
  expect(formulas.picture("\\frac{", "#000000", 1)).toBeNull();
  expect(await formulas.svg("\\frac{", "#000000")).toEqual({ fault: "Unexpected end" });
  expect(state.loads).toBe(1);
});

it("asks again, but not at every frame, when the chunk did not come", async () => {
  const { formulas, state, sets } = setUp({ x: new Error("offline") });
  for (let frame = 0; frame < 10; frame++) formulas.sizeOf("x");
  await settle();
  expect(state.loads).toBe(1);
  sets.x = good;
  state.now = 6_000;
  formulas.sizeOf("x");
  await vi.waitFor(() => expect(formulas.sizeOf("x")).toEqual({ w: 100, h: 40 }));
});

it("draws in powers of two, no side longer than a canvas may be", () => {
  expect([0.1, 0.5, 1, 1.5, 2, 3].map((scale) => sizeStep(scale, 100))).toEqual([
    0.5, 0.5, 1, 2, 2, 4,
  ]);
  expect(sizeStep(16, 100)).toBe(16);
  expect(sizeStep(16, 2_000)).toBe(2);
});

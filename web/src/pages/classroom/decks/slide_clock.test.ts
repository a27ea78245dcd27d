import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { leafOf, pageOf } from "../../../room/testing/slides";
import type { Board } from "../../../wire/messages";

const kept = new Map<string, string>();
vi.stubGlobal("sessionStorage", {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
});
const on = (page_id: string) =>
  ({ page_id, pages: [pageOf({}), leafOf(1), leafOf(1, 1), leafOf(2)] }) as Board;

afterAll(() => vi.unstubAllGlobals());
beforeEach(() => vi.resetModules());

it("begins anew with each slide, not with its steps", async () => {
  const { noteSlide, slideSince } = await import("./slide_clock");
  noteSlide(on("d-1-0"), 100);
  noteSlide(on("d-1-1"), 200);
  expect(slideSince.value).toEqual({ slide: "d 1", at: 100 });
  noteSlide(on("d-2-0"), 300);
  expect(slideSince.value.at).toBe(300);
  noteSlide(on("p1"), 400);
  expect(slideSince.value.slide).toBe("");
});

it("goes on after the page was loaded anew, and reads no nonsense", async () => {
  kept.set("classroom.slide_since", JSON.stringify({ slide: "d 1", at: 100 }));
  const { noteSlide, slideSince } = await import("./slide_clock");
  noteSlide(on(""), 900);
  noteSlide(on("d-1-0"), 900);
  expect(slideSince.value.at).toBe(100);
  for (const bad of ["{", "7", JSON.stringify({ slide: 1, at: null })]) {
    kept.set("classroom.slide_since", bad);
    vi.resetModules();
    expect((await import("./slide_clock")).slideSince.value).toEqual({ slide: "", at: 0 });
  }
});

import { expect, it } from "vitest";
import { patienceFor } from "./patience";

it("heals a good path at once, and gives one that loses much the time to come back", () => {
  expect(patienceFor({ down: 0, up: 1 })).toEqual({ watchMs: 400, healMs: 3_000 });
  expect(patienceFor({ down: 0, up: 2 }).watchMs).toBeGreaterThan(2_000);
  expect(patienceFor({ down: 3, up: 0 }).healMs).toBeGreaterThan(3_000);
});

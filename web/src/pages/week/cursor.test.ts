import { describe, expect, it } from "vitest";
import { axisOf } from "../../booking/grid";
import { addDays } from "../../booking/zone";
import { stepFrom } from "./cursor";
import type { Ground } from "./hand";

function ground(monday: string): Ground {
  const zone = "Europe/Berlin";
  const days = Array.from({ length: 7 }, (_, n) => ({ zone, day: addDays(monday, n) }));
  const week = { now: 0, standing: [], busy: [], open: [], free: [] };
  return { axis: axisOf(days), days, week, stepMin: 15, mayChange: true };
}

describe("the keys in a week", () => {
  const spring = ground("2027-03-22");
  const autumn = ground("2027-10-25");

  it("go by steps and by days, and stop at the edges", () => {
    expect(stepFrom(spring, { column: 0, y: 540 }, "ArrowDown")).toEqual({ column: 0, y: 555 });
    expect(stepFrom(spring, { column: 0, y: 540 }, "PageUp")).toEqual({ column: 0, y: 480 });
    expect(stepFrom(spring, { column: 0, y: 0 }, "ArrowUp")).toEqual({ column: 0, y: 0 });
    expect(stepFrom(spring, { column: 0, y: 540 }, "ArrowLeft")).toEqual({ column: 0, y: 540 });
    expect(stepFrom(spring, { column: 5, y: 540 }, "ArrowRight")).toEqual({ column: 6, y: 540 });
  });

  it("pass over an hour that a day does not have", () => {
    expect(stepFrom(spring, { column: 6, y: 105 }, "ArrowDown")).toEqual({ column: 6, y: 180 });
    expect(stepFrom(spring, { column: 5, y: 150 }, "ArrowRight")).toEqual({ column: 5, y: 150 });
    expect(stepFrom(autumn, { column: 0, y: 165 }, "ArrowDown")).toEqual({ column: 0, y: 240 });
  });

  it("go through an hour that comes twice two times", () => {
    let spot = { column: 6, y: 120 };
    for (let n = 0; n < 8; n += 1) spot = stepFrom(autumn, spot, "ArrowDown");
    expect(spot).toEqual({ column: 6, y: 240 });
  });
});

import { describe, expect, it } from "vitest";
import { NO_AIDS, secondsOn, starsOf, withAids } from "./aids";

describe("the lesson's aids", () => {
  it("count stars of each person, and forget who has none", () => {
    let aids = NO_AIDS;
    for (const count of [1, 2]) {
      const stars = { participant_id: "lin", count };
      aids = withAids(aids, { type: "stars_changed", stars });
    }
    expect(starsOf(aids, "lin")).toBe(2);
    expect(starsOf(aids, "tomas")).toBe(0);
    const none = { participant_id: "lin", count: 0 };
    expect(withAids(aids, { type: "stars_changed", stars: none }).stars).toEqual([]);
  });

  it("know the timer, and tell each pick as news", () => {
    const timer = { started_ms: 0, ends_ms: 60_000, paused_ms: null };
    const running = withAids(NO_AIDS, { type: "timer_changed", timer, is_over: false });
    expect(running.timer).toEqual(timer);
    const picked = withAids(running, { type: "student_picked", participant_id: "lin" });
    expect(picked.timer).toEqual(timer);
    const again = withAids(picked, { type: "student_picked", participant_id: "lin" });
    expect(again.news).not.toBe(picked.news);
    const over = withAids(again, { type: "timer_changed", timer: null, is_over: true });
    expect(over.timer).toBeNull();
  });

  it("count a countdown down to nothing, a stopwatch up, and neither while it is paused", () => {
    const countdown = { started_ms: 0, ends_ms: 60_000, paused_ms: null };
    expect([0, 1, 59_999, 60_000, 70_000].map((at) => secondsOn(countdown, at))).toEqual([
      60, 60, 1, 0, 0,
    ]);
    const stopwatch = { started_ms: 2_000, ends_ms: null, paused_ms: null };
    expect([1_000, 2_999, 3_000, 65_000].map((at) => secondsOn(stopwatch, at))).toEqual([
      0, 0, 1, 63,
    ]);
    expect(secondsOn({ ...stopwatch, paused_ms: 12_000 }, 99_000)).toBe(10);
    expect(secondsOn({ ...countdown, paused_ms: 12_000 }, 99_000)).toBe(48);
  });
});

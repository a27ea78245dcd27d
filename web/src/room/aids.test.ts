import { describe, expect, it } from "vitest";
import { NO_AIDS, starsOf, withAids } from "./aids";

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

  it("know the countdown, and tell each pick as news", () => {
    const countdown = { started_ms: 0, ends_ms: 60_000 };
    const running = withAids(NO_AIDS, { type: "countdown_changed", countdown, is_over: false });
    expect(running.countdown).toEqual(countdown);
    const picked = withAids(running, { type: "student_picked", participant_id: "lin" });
    expect(picked.countdown).toEqual(countdown);
    const again = withAids(picked, { type: "student_picked", participant_id: "lin" });
    expect(again.news).not.toBe(picked.news);
    const over = withAids(again, { type: "countdown_changed", countdown: null, is_over: true });
    expect(over.countdown).toBeNull();
  });
});

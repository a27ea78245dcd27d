import { describe, expect, it } from "vitest";
import type { Film } from "../wire/messages";
import { filmOf, NOT_STEERED, type Player, positionAt, steer, withFilm } from "./film";

const film = (over: Partial<Film> = {}): Film => ({
  ...{ page_id: "p", is_playing: true, position_ms: 10_000, at_ms: 1_000, rate: 100 },
  ...over,
});
const player = (over: Partial<Player> = {}): Player => ({
  ...{ at: 10, duration: 60, isBusy: false },
  ...over,
});

describe("where a film is", () => {
  it("goes with the clock while it plays", () => {
    expect(positionAt(film(), 3_000)).toBe(12);
    expect(positionAt(film({ rate: 150 }), 3_000)).toBe(13);
    expect(positionAt(film({ is_playing: false }), 3_000)).toBe(10);
    expect(positionAt(film(), 500)).toBe(10);
  });

  it("is one for each page", () => {
    const films = withFilm(withFilm([], film()), film({ page_id: "q" }));
    expect(withFilm(films, film({ position_ms: 5 })).map((one) => one.position_ms)).toEqual([
      10_000, 5,
    ]);
    expect(filmOf(films, "q").is_playing).toBe(true);
    expect(filmOf(films, "r")).toEqual(
      film({ page_id: "r", is_playing: false, position_ms: 0, at_ms: 0 }),
    );
  });
});

describe("steering while it plays", () => {
  // Drift of the player, how it was, and what is done: the rate, or the place it jumps to.
  it.each([
    [0, false, 1, null],
    [0.07, false, 1, null],
    [-0.07, false, 1, null],
    [0.09, false, 0.95, null],
    [-0.09, false, 1.05, null],
    [-0.07, true, 1.05, null],
    [0.04, true, 0.95, null],
    [0.02, true, 1, null],
    [0.3, false, 0.9, null],
    [-0.5, true, 1.1, null],
    [-0.7, false, 1, 12],
    [20, false, 1, 12],
  ])("a drift of %f s, correcting %s: rate %f, jump %s", (drift, isCorrecting, rate, jump) => {
    const before = { ...NOT_STEERED, isCorrecting };
    const turn = steer(film(), 3_000, player({ at: 12 + drift }), before, 50_000);
    expect(turn).toMatchObject({ isPlaying: true, isOver: false, jump });
    expect(turn.rate).toBeCloseTo(rate);
  });

  it("leaves a player alone that loads or jumps", () => {
    const turn = steer(film(), 9_000, player({ isBusy: true }), NOT_STEERED, 0);
    expect(turn).toMatchObject({ jump: null, isPlaying: true, rate: 1 });
  });

  it("waits until it is known how long it is", () => {
    const turn = steer(film(), 3_000, player({ duration: null }), NOT_STEERED, 0);
    expect(turn).toMatchObject({ jump: null, isPlaying: false, isOver: false });
  });

  it("aims further ahead when a jump came out behind, and not again at once", () => {
    const first = steer(film(), 3_000, player({ at: 0 }), NOT_STEERED, 5_000);
    expect(first.jump).toBe(12);
    const soon = steer(film(), 4_000, player({ at: 12 }), first.steering, 6_000);
    expect(soon.jump).toBeNull();
    const second = steer(film(), 5_000, player({ at: 13 }), first.steering, 7_000);
    expect(second.jump).toBe(15);
    expect(second.steering.lead).toBe(1);
    const ahead = steer(film(), 7_000, player({ at: 18 }), second.steering, 9_000);
    expect(ahead.jump).toBe(16);
    expect(ahead.steering.lead).toBe(0);
  });

  it("stands at the end when it is over", () => {
    const turn = steer(film(), 100_000, player({ at: 59.2 }), NOT_STEERED, 0);
    expect(turn).toMatchObject({ isPlaying: false, isOver: true, jump: 60 });
  });
});

describe("steering while it stands", () => {
  it("goes exactly there, once", () => {
    const stands = film({ is_playing: false, position_ms: 10_500 });
    expect(steer(stands, 0, player(), NOT_STEERED, 0)).toMatchObject({
      ...{ isPlaying: false, jump: 10.5, isOver: false },
    });
    expect(steer(stands, 0, player({ at: 10.51 }), NOT_STEERED, 0).jump).toBeNull();
    expect(steer(stands, 0, player({ duration: 8 }), NOT_STEERED, 0).jump).toBe(8);
  });
});

/** A player in virtual time: a jump takes as long as its way, then it plays by its rate. */
class Simulated {
  at = 0;
  rate = 1;
  private landsAt = 0;
  private stalls: [from: number, to: number][];

  constructor(
    private readonly jumpMs: number,
    stalls: [from: number, to: number][] = [],
    private readonly skew = 1,
  ) {
    this.stalls = stalls;
  }

  isBusy(now: number): boolean {
    return now < this.landsAt || this.stalls.some(([from, to]) => from <= now && now < to);
  }

  goes(now: number, ms: number): void {
    if (!this.isBusy(now)) this.at += (ms / 1000) * this.rate * this.skew;
  }

  jump(to: number, now: number): void {
    this.at = to;
    this.landsAt = now + this.jumpMs;
  }
}

describe("a player that is steered", () => {
  const drifts = (one: Simulated, everyMs: number, rate = 100): number[] => {
    const shown = film({ position_ms: 0, at_ms: 0, rate });
    let steering = NOT_STEERED;
    const found: number[] = [];
    for (let now = 0; now < 40_000; now += 10) {
      one.goes(now, 10);
      if (now % everyMs !== 0) continue;
      const { at } = one;
      const state = { at, duration: 600, isBusy: one.isBusy(now) };
      const turn = steer(shown, now + 30_000, state, steering, now);
      steering = turn.steering;
      one.rate = turn.rate;
      if (turn.jump !== null) one.jump(turn.jump, now);
      if (!one.isBusy(now)) found.push(Math.abs(one.at - positionAt(shown, now + 30_000)));
    }
    return found;
  };

  it.each([
    ["at once", new Simulated(0), 250, 100],
    ["after 400 ms", new Simulated(400), 250, 100],
    ["after 1.5 s", new Simulated(1_500), 250, 100],
    ["in a hidden tab", new Simulated(300), 1_000, 100],
    ["at double speed", new Simulated(300), 250, 200],
    ["with a crystal that is off", new Simulated(100, [], 1.002), 250, 100],
    ["after it ran dry", new Simulated(200, [[5_000, 9_000]]), 250, 100],
  ])("comes within 0.3 s and stays there: %s", (_, one, everyMs, rate) => {
    const late = drifts(one, everyMs, rate).slice(-Math.floor(20_000 / everyMs));
    expect(Math.max(...late)).toBeLessThan(0.3);
    expect(late.at(-1)).toBeLessThan(0.1);
  });
});

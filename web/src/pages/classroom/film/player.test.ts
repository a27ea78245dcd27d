import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Film, filmOf } from "../../../room/film";
import { FilmPlayer, isMuted, shownPlayer, showPlayer, volume } from "./player";

/** A media element as far as the player knows it; it plays in virtual time. */
class Element extends EventTarget {
  currentTime = 0;
  duration = 60;
  readyState = 4;
  seeking = false;
  paused = true;
  muted = false;
  volume = 1;
  playbackRate = 1;
  src = "/films/p.s/film.webm";
  currentSrc = this.src;
  error: { code: number } | null = null;
  loads = 0;
  /** What the browser lets happen without a touch. */
  allows: "all" | "silent" | "nothing" = "all";

  async play(): Promise<void> {
    const mayPlay = this.allows === "all" || (this.allows === "silent" && this.muted);
    if (!mayPlay) throw new DOMException("no", "NotAllowedError");
    this.paused = false;
  }

  pause(): void {
    this.paused = true;
  }

  load(): void {
    this.loads += 1;
  }

  removeAttribute(): void {
    this.src = "";
  }

  fail(code: number): void {
    this.error = { code };
    this.dispatchEvent(new Event("error"));
  }
}

const STANDS: Film = { page_id: "p", is_playing: false, position_ms: 5_000, at_ms: 0, rate: 100 };
const PLAYS: Film = { ...STANDS, is_playing: true, position_ms: 0, rate: 150 };

describe("the player of a film", () => {
  let element: Element;
  let film: Film;
  let clock: number;
  let over: [Film, number][];
  let player: FilmPlayer;

  const open = (shown: Film, prepare: (one: Element) => void = () => {}) => {
    film = shown;
    element = new Element();
    prepare(element);
    player = new FilmPlayer(element as unknown as HTMLMediaElement, {
      film: () => film,
      clock: () => clock,
      over: (...told) => over.push(told),
    });
  };
  const soon = () => vi.advanceTimersByTimeAsync(260);

  beforeEach(() => {
    vi.useFakeTimers();
    clock = 10_000;
    over = [];
    isMuted.value = false;
    volume.value = 1;
  });
  afterEach(() => {
    player.close();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it("stands where the film stands, and runs when it runs", async () => {
    open(STANDS);
    expect([element.currentTime, element.paused]).toEqual([5, true]);
    film = PLAYS;
    await soon();
    expect([element.currentTime, element.paused, element.playbackRate]).toEqual([15, false, 1.5]);
    expect([player.state.value, player.duration.value]).toEqual(["ready", 60]);
    film = STANDS;
    element.dispatchEvent(new Event("playing"));
    expect([element.currentTime, element.paused]).toEqual([5, true]);
  });

  it("does not go again and again to where a film stands, also one that nobody touched", async () => {
    open(STANDS);
    player.close();
    let jumps = 0;
    let at = 7;
    Object.defineProperty(element, "currentTime", {
      get: () => at,
      set: (to: number) => {
        at = to;
        jumps += 1;
        if (jumps < 50) queueMicrotask(() => element.dispatchEvent(new Event("seeked")));
      },
    });
    player = new FilmPlayer(element as unknown as HTMLMediaElement, {
      film: () => filmOf([], "p"),
      clock: () => clock,
      over: () => {},
    });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(at).toBe(0);
    expect(jumps, "there, and once more to the frame exactly").toBeLessThan(3);
  });

  it("goes at once where it is moved twice, and no further", async () => {
    open({ ...PLAYS, rate: 100, at_ms: clock });
    await soon();
    film = { ...film, position_ms: 5_000 };
    await soon();
    film = { ...film, position_ms: 10_000 };
    await soon();
    expect(element.currentTime).toBe(10);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(element.currentTime).toBe(10);
  });

  it("waits for its head, and says when it ran dry", async () => {
    open(PLAYS, (one) => {
      one.readyState = 0;
    });
    expect([player.state.value, element.paused]).toEqual(["coming", true]);
    element.readyState = 2;
    await soon();
    expect([player.state.value, element.paused]).toEqual(["waiting", false]);
    const here = element.currentTime;
    clock += 10_000;
    await soon();
    expect(element.currentTime).toBe(here);
  });

  it("stops at the frame that was seen until the room says so", async () => {
    open(PLAYS);
    await soon();
    element.currentTime = 15.3;
    expect(player.hold()).toBe(15.3);
    clock += 500;
    await soon();
    expect([element.currentTime, element.paused]).toEqual([15.3, true]);
    film = { ...PLAYS, is_playing: false, position_ms: 15_300 };
    await soon();
    expect([element.currentTime, element.paused]).toEqual([15.3, true]);
    film = { ...film, is_playing: true, at_ms: clock };
    await soon();
    expect(element.paused).toBe(false);
  });

  it("runs on when the room did not take the stop", async () => {
    open(PLAYS);
    player.hold();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(element.paused).toBe(false);
  });

  it("is silent until a touch where the browser wants one", async () => {
    open(PLAYS, (one) => {
      one.allows = "silent";
    });
    await soon();
    await soon();
    expect([element.paused, element.muted, player.needsTouch.value]).toEqual([
      ...[false, true, "to hear"],
    ]);
    element.allows = "all";
    player.touched();
    expect([element.muted, player.needsTouch.value]).toEqual([false, "no"]);
  });

  it("does not ask again and again where nothing may run", async () => {
    const play = vi.spyOn(Element.prototype, "play");
    open(PLAYS, (one) => {
      one.allows = "nothing";
    });
    await vi.advanceTimersByTimeAsync(5_000);
    expect([player.needsTouch.value, play.mock.calls.length]).toEqual(["to run", 2]);
    element.allows = "all";
    player.touched();
    await soon();
    expect([element.paused, element.muted]).toEqual([false, false]);
    play.mockRestore();
  });

  it("has a loudness of its own", async () => {
    open(PLAYS);
    isMuted.value = true;
    volume.value = 0.25;
    await soon();
    expect([element.muted, element.volume]).toEqual([true, 0.25]);
  });

  it("says once that it is over", async () => {
    clock = 70_000;
    open(PLAYS);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(over).toEqual([[PLAYS, 60]]);
    expect([element.currentTime, element.paused]).toEqual([60, true]);
    film = { ...PLAYS, at_ms: clock };
    await soon();
    clock += 60_000;
    await soon();
    expect(over).toHaveLength(2);
  });

  it.each([
    [4, 200, "unplayable"],
    [4, 404, "gone"],
    [3, 503, "broken"],
    [4, 0, "broken"],
    [2, 200, "broken"],
  ])("knows why it failed: code %i, server %i: %s", async (code, status, state) => {
    const answer = status === 0 ? Promise.reject(new TypeError()) : { ok: status < 300, status };
    vi.stubGlobal("fetch", async () => answer);
    open(PLAYS);
    element.fail(code);
    await soon();
    expect(player.state.value).toBe(state);
    const before = element.loads;
    player.again();
    expect([player.state.value, element.loads]).toEqual(["coming", before + 1]);
  });

  it("is shown until it is closed, and then lets go", () => {
    open(PLAYS);
    const close = showPlayer(player);
    expect(shownPlayer.value).toBe(player);
    close();
    expect([shownPlayer.value, element.src, element.paused]).toEqual([null, "", true]);
  });
});

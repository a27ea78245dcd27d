import { describe, expect, it } from "vitest";
import type { Desk, DeskVisit } from "../../wire/waiting";
import { insideOf, newlyReady, signsOf, waitedText, waitingOf } from "./words";

const visit = (id: string, state: DeskVisit["state"]) => ({ id, state }) as DeskVisit;
const desk = (...visits: DeskVisit[]) => ({ visits }) as Desk;

describe("waiting", () => {
  it("counts by the server's time, and never backwards", () => {
    const came = "2027-03-29T09:00:00Z";
    const at = (ms: number) => waitedText(came, Date.parse(came) + ms);
    expect([at(0), at(59_999), at(252_000), at(3_852_000)]).toEqual([
      "0:00",
      "0:59",
      "4:12",
      "1:04:12",
    ]);
    expect(at(-5_000)).toBe("0:00");
  });

  it("is told apart from talks that go on", () => {
    const now = desk(visit("a", "ready"), visit("b", "inside"), visit("c", "checking"));
    expect(waitingOf(now).map(({ id }) => id)).toEqual(["a", "c"]);
    expect(insideOf(now).map(({ id }) => id)).toEqual(["b"]);
  });
});

describe("the check", () => {
  it("shows what was looked at, and what is not well", () => {
    const shown = signsOf({
      camera: "works",
      microphone: "silent",
      speaker: "skipped",
      seconds: 9,
    });
    expect(shown).toEqual([
      { sign: "cam", kind: "camera", found: "works", ok: true },
      { sign: "mic", kind: "microphone", found: "silent", ok: false },
    ]);
    expect(signsOf({})).toEqual([]);
  });
});

describe("the sound at the door", () => {
  const ids = (before: Desk | null, now: Desk) => newlyReady(before, now).map(({ id }) => id);
  it("is for who became ready since the desk was told before", () => {
    expect(ids(null, desk(visit("a", "ready")))).toEqual([]);
    expect(ids(desk(), desk(visit("a", "ready")))).toEqual(["a"]);
    expect(ids(desk(visit("a", "checking")), desk(visit("a", "ready")))).toEqual(["a"]);
    expect(ids(desk(visit("a", "ready")), desk(visit("a", "ready")))).toEqual([]);
    expect(ids(desk(visit("a", "called")), desk(visit("a", "ready")))).toEqual([]);
    expect(ids(desk(), desk(visit("a", "checking")))).toEqual([]);
  });
});

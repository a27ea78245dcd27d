import { describe, expect, it } from "vitest";
import { mayDrag, mayDrop, planBlock, planMove, type Standing, type WeekTimes } from "./drag";

const at = (clock: string) => Date.parse(`2027-03-29T${clock}:00Z`);
const span = (from: string, to: string) => ({ from: at(from), to: at(to) });

const talk: Standing = {
  id: "talk",
  kind: "talk",
  state: "open",
  ...span("09:00", "09:45"),
  busy: span("09:00", "10:00"),
  people: [{ state: "booked" }],
};
const lesson: Standing = {
  id: "lesson",
  kind: "class",
  state: "open",
  ...span("12:00", "13:00"),
  busy: span("12:00", "13:00"),
  people: [],
};
const week: WeekTimes = {
  now: at("08:00"),
  standing: [talk, lesson],
  busy: [span("14:00", "15:00")],
  open: [span("09:00", "17:00")],
};

describe("moving a talk", () => {
  it.each([
    ["09:00", "same"],
    ["10:00", "free"],
    ["09:15", "free"],
    ["11:15", "taken"],
    ["11:00", "free"],
    ["12:30", "taken"],
    ["13:15", "busy"],
    ["13:00", "free"],
    ["16:30", "outside"],
    ["07:00", "past"],
  ])("to %s is %s", (clock, verdict) => {
    const plan = planMove(week, talk, at(clock));
    expect(plan.verdict).toBe(verdict);
    expect(plan.to - plan.from).toBe(talk.to - talk.from);
  });

  it("can be dropped where at least the host may allow it", () => {
    const drops = ["10:00", "16:30", "13:15", "12:30", "07:00", "09:00"].map((clock) =>
      mayDrop(planMove(week, talk, at(clock))),
    );
    expect(drops).toEqual([true, true, true, false, false, false]);
  });
});

describe("drawing a block", () => {
  it("goes both ways, and one press is one step", () => {
    expect(planBlock(week, at("15:00"), at("15:30"), 15)).toEqual({
      ...span("15:00", "15:45"),
      verdict: "free",
    });
    expect(planBlock(week, at("15:30"), at("15:00"), 15)).toEqual({
      ...span("15:00", "15:45"),
      verdict: "free",
    });
    expect(planBlock(week, at("15:00"), at("15:00"), 15)).toMatchObject(span("15:00", "15:15"));
  });

  it("may lie outside of hours and over other calendars, not over what stands", () => {
    expect(planBlock(week, at("20:00"), at("21:00"), 15).verdict).toBe("free");
    expect(planBlock(week, at("14:00"), at("14:30"), 15).verdict).toBe("free");
    expect(planBlock(week, at("11:30"), at("12:00"), 15).verdict).toBe("taken");
  });
});

it("drags blocks and what one person comes to, as long as it has not begun", () => {
  expect(mayDrag(talk)).toBe(true);
  expect(mayDrag(lesson)).toBe(false);
  expect(mayDrag({ ...lesson, kind: "block" })).toBe(true);
  expect(mayDrag({ ...talk, people: [{ state: "live" }] })).toBe(false);
  expect(mayDrag({ ...talk, people: [...talk.people, ...talk.people] })).toBe(false);
  expect(mayDrag({ ...talk, state: "over" })).toBe(false);
});

import { describe, expect, it } from "vitest";
import type { Groups, Participant, Role } from "../wire/messages";
import {
  areOpen,
  groupOf,
  inReach,
  membersOf,
  NO_GROUPS,
  offeredCount,
  placesFree,
  plannedGroup,
  visitOf,
  visitorsOf,
} from "./groups";

function person(id: string, group = "", role: Role = "student"): Participant {
  return {
    id,
    name: id,
    role,
    connection: "here",
    media: {
      microphone: "off",
      camera: "off",
      screen: "off",
      screen_audio: "off",
      screen_mode: "text",
    },
    pen: "none",
    joined_at: "2026-03-02T09:00:00Z",
    on_stage: null,
    group,
    chat_muted: false,
    enrolled: false,
  };
}

const LIN = person("lin", "g1");
const TOMAS = person("tomas", "g1");
const MIA = person("mia", "g2");
const LATE = person("late");
const TUTOR = person("tutor", "", "host");
const ALL = [TUTOR, LIN, TOMAS, MIA, LATE];
const OPEN: Groups = {
  ...NO_GROUPS,
  phase: "open",
  groups: [
    { id: "g1", name: "Owls" },
    { id: "g2", name: "Foxes" },
  ],
  members: [
    { participant_id: "lin", group_id: "g1" },
    { participant_id: "tomas", group_id: "g1" },
    { participant_id: "mia", group_id: "g2" },
  ],
};

const ids = (people: readonly Participant[]) => people.map((one) => one.id);

describe("who is in reach", () => {
  it("is everybody while no groups are open", () => {
    expect(inReach(ALL, LIN, { ...OPEN, phase: "planned" })).toEqual(ALL);
  });

  it("is who is at the same place", () => {
    expect(ids(inReach(ALL, LIN, OPEN))).toEqual(["lin", "tomas"]);
    expect(ids(inReach(ALL, TUTOR, OPEN))).toEqual(["tutor", "late"]);
  });

  it("has in it who speaks to all", () => {
    expect(ids(inReach(ALL, MIA, { ...OPEN, loud: ["tutor"] }))).toEqual(["tutor", "mia"]);
  });

  it("leaves out a quiet visitor for all but the visitor", () => {
    const visitor = person("tutor", "g1", "host");
    const people = [visitor, LIN, TOMAS, MIA, LATE];
    const visits = [{ participant_id: "tutor", group_id: "g1", is_quiet: true }];
    expect(ids(inReach(people, LIN, { ...OPEN, visits }))).toEqual(["lin", "tomas"]);
    expect(ids(inReach(people, visitor, { ...OPEN, visits }))).toEqual(["tutor", "lin", "tomas"]);
    const loud = { ...OPEN, visits, loud: ["tutor"] };
    expect(ids(inReach(people, LIN, loud))).toEqual(["tutor", "lin", "tomas"]);
  });
});

describe("what is known of a group", () => {
  it("is its name, its members and its visitors", () => {
    expect(groupOf(OPEN, "g2")?.name).toBe("Foxes");
    expect(groupOf(OPEN, "")).toBeNull();
    expect(plannedGroup(OPEN, "mia")).toBe("g2");
    expect(plannedGroup(OPEN, "late")).toBe("");
    expect(ids(membersOf(OPEN, "g1", ALL))).toEqual(["lin", "tomas"]);
    const visits = [{ participant_id: "tutor", group_id: "g2", is_quiet: true }];
    expect(ids(visitorsOf({ ...OPEN, visits }, "g2", ALL))).toEqual(["tutor"]);
    expect(visitOf({ ...OPEN, visits }, "tutor")?.group_id).toBe("g2");
    expect(visitOf(OPEN, "tutor")).toBeNull();
  });

  it("is open while a countdown runs, too", () => {
    const phases = ["none", "planned", "open", "closing"] as const;
    expect(phases.map((phase) => areOpen({ ...OPEN, phase }))).toEqual([false, false, true, true]);
  });
});

describe("own choice", () => {
  it("lets a group have one more than an even share", () => {
    expect(placesFree(OPEN, "g1", ALL)).toBe(1);
    expect(placesFree(OPEN, "g2", ALL)).toBe(2);
    expect(placesFree(OPEN, "g1", [LIN])).toBe(0);
  });
});

describe("the number that is offered", () => {
  it("makes groups of about four, two at least and twenty at most", () => {
    expect([0, 4, 9, 30, 200].map(offeredCount)).toEqual([2, 2, 3, 8, 20]);
  });
});

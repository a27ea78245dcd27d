import { describe, expect, it } from "vitest";
import type { Hand, Participant } from "../wire/messages";
import {
  ASKED_FOR_MS,
  afterFloor,
  askedOf,
  EMPTY_FLOOR,
  type FloorMirror,
  floorAfterLeft,
  floorAfterPerson,
  placeOf,
} from "./floor";

const hand = (participant_id: string, raised_ms = 0): Hand => ({ participant_id, raised_ms });

function raised(...people: string[]): FloorMirror {
  return people.reduce(
    (state, who) => afterFloor(state, { type: "hand_raised", hand: hand(who) }),
    EMPTY_FLOOR,
  );
}

function asked(participant_id: string, source: "microphone" | "camera", at_ms: number) {
  const one = { participant_id, source, at_ms };
  return { type: "speaking_asked", asked: one, by: "wu" } as const;
}

function person(id: string, microphone: "live" | "muted"): Participant {
  const media = { microphone, camera: "off", screen: "off", screen_audio: "off" } as const;
  return { id, media: { ...media, screen_mode: "text" } } as Participant;
}

describe("the queue", () => {
  it("numbers hands by their place, whatever their ids", () => {
    const state = raised("li", "mo", "an");
    expect(["li", "mo", "an", "bo"].map((who) => placeOf(state.hands, who))).toEqual([1, 2, 3, 0]);
    const rest = afterFloor(state, { type: "hand_lowered", participant_id: "li", why: "stage" });
    expect(placeOf(rest.hands, "mo")).toBe(1);
  });

  it("loses who leaves", () => {
    const state = afterFloor(raised("li", "mo"), asked("li", "camera", 0));
    const left = floorAfterLeft(state, "li");
    expect(left.hands).toEqual([hand("mo")]);
    expect(left.asked).toEqual([]);
  });
});

describe("being asked to speak", () => {
  it("stands for a minute, from the last time", () => {
    let state = afterFloor(EMPTY_FLOOR, asked("li", "microphone", 1_000));
    state = afterFloor(state, asked("li", "microphone", 7_000));
    expect(state.asked).toHaveLength(1);
    expect(askedOf(state, "li", 7_000 + ASKED_FOR_MS - 1)).toEqual(["microphone"]);
    expect(askedOf(state, "li", 7_000 + ASKED_FOR_MS)).toEqual([]);
    expect(askedOf(state, "mo", 7_000)).toEqual([]);
  });

  it("ends when somebody speaks, and only then", () => {
    const state = afterFloor(EMPTY_FLOOR, asked("li", "microphone", 0));
    expect(floorAfterPerson(state, person("li", "muted"))).toBe(state);
    expect(floorAfterPerson(state, person("mo", "live"))).toBe(state);
    expect(floorAfterPerson(state, person("li", "live")).asked).toEqual([]);
  });

  it("ends when somebody declines, which is news each time", () => {
    const state = afterFloor(EMPTY_FLOOR, asked("li", "camera", 0));
    const no = { type: "speaking_declined", participant_id: "li", source: "camera" } as const;
    const first = afterFloor(state, no);
    expect(first.asked).toEqual([]);
    expect(first.declined).toEqual({ participantId: "li", source: "camera" });
    expect(afterFloor(first, no).declined).not.toBe(first.declined);
  });
});

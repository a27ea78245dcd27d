import { describe, expect, it } from "vitest";
import type { Recording } from "../../wire/recordings";
import {
  agreedText,
  consentText,
  daysLeft,
  endsSoon,
  faultText,
  isBeingMade,
  keptText,
  newsOf,
  stateText,
} from "./words";

const NOW = Date.parse("2026-11-23T10:00:00Z");
const one: Recording = {
  id: "rec1",
  room_id: "room1",
  room_title: "Latin",
  lesson_id: "lesson1",
  title: "Latin",
  state: "ready",
  fault: "",
  progress: 0,
  began_at: "2026-11-20T09:00:00Z",
  ended_at: "2026-11-20T10:00:00Z",
  duration_ms: 60_000,
  bytes: 1,
  people: 5,
  agreed: 4,
  consent: {},
  delete_after: "2027-05-19T00:00:00Z",
  hold: false,
  hold_why: "",
  cuts: [],
  shares: 0,
  views: 0,
  exports: 0,
  captions: [],
  may: "edit",
};

describe("until when", () => {
  it.each([
    ["2026-11-23T23:59:59Z", 0],
    ["2026-11-24T23:59:59Z", 1],
    ["2026-11-20T00:00:00Z", 0],
    ["2026-12-03T10:00:00Z", 9],
  ])("what is deleted at %s has %d days", (delete_after, days) => {
    expect(daysLeft({ ...one, delete_after }, NOW)).toBe(days);
  });

  it("is never for what is held or kept for ever", () => {
    expect(daysLeft({ ...one, hold: true }, NOW)).toBeNull();
    expect(daysLeft({ ...one, delete_after: null }, NOW)).toBeNull();
    expect(keptText({ ...one, delete_after: null }, NOW)).toBe("kept until somebody deletes it");
    expect(keptText({ ...one, hold: true }, NOW)).toBe("Kept by law");
  });

  it("is said in days when it is near", () => {
    const soon = { ...one, delete_after: "2026-11-26T00:00:00Z" };
    expect(endsSoon(soon, NOW)).toBe(true);
    expect(keptText(soon, NOW)).toBe("Deleted in 2 days");
    expect(endsSoon(one, NOW)).toBe(false);
    expect(keptText(one, NOW)).toContain("kept until");
  });
});

describe("who agreed", () => {
  it("is told in numbers, by kind in their usual order", () => {
    expect(agreedText(one)).toBe("4 of 5 agreed");
    expect(consentText({ ...one, consent: { ink: 1, voice: 4 } })).toBe(
      "Agreed: Voice 4 and Ink 1",
    );
    expect(consentText(one)).toBe("");
  });
});

describe("how far it is", () => {
  it("is nothing for what can be watched", () => {
    expect(stateText(one)).toBeNull();
    expect(isBeingMade(one)).toBe(false);
  });

  it("counts while it is made, and not while it is recorded", () => {
    const made: Recording = { ...one, state: "processing", progress: 42 };
    expect(stateText(made)).toBe("Is being made · 42 %");
    expect(stateText({ ...made, progress: 0 })).toBe("Is being made");
    expect(stateText({ ...made, state: "recording" })).toBe("Being recorded now");
    expect(isBeingMade(made)).toBe(true);
  });

  it("says why it waits, and that it is tried again", () => {
    const waits: Recording = { ...one, state: "processing", fault: "making.storage" };
    expect(faultText(waits)).toBe("There is no space left on the server. It is tried again.");
    expect(faultText({ ...waits, fault: "making.odd" })).toBe(
      "It did not work yet. It is tried again.",
    );
    expect(faultText({ ...waits, fault: "" })).toBeNull();
    expect(faultText(one)).toBeNull();
  });

  it("is news once it is ready or broken", () => {
    const made: Recording = { ...one, state: "processing" };
    expect(newsOf(made, one)).toBe("ready");
    expect(newsOf(made, { ...one, state: "broken" })).toBe("broken");
    expect(newsOf(one, one)).toBeNull();
    expect(newsOf(one, { ...one, state: "erasing" })).toBeNull();
  });
});

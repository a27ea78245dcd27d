import { describe, expect, it } from "vitest";
import type { Recording } from "../wire/messages";
import {
  agreedKinds,
  askingOf,
  changedAnswers,
  countsOf,
  NO_RECORDING,
  NOT_RECORDED,
  newsOf,
  openKinds,
  recordedMs,
  withConsent,
  withRecording,
} from "./recording";

const asking: Recording = {
  ...NO_RECORDING,
  phase: "asking",
  recording_id: "rec1",
  asked_by: "tutor",
  purpose: "To look again",
  kinds: ["voice", "chat"],
  asked: 4,
};
const on: Recording = { ...asking, phase: "on", began_ms: 10_000 };

describe("what is asked", () => {
  it("is open until each kind has an answer", () => {
    const mirror = withRecording(NOT_RECORDED, asking);
    expect(openKinds(mirror)).toEqual(["voice", "chat"]);
    expect(openKinds({ ...mirror, own: { voice: false } })).toEqual(["chat"]);
    expect(openKinds({ ...mirror, own: { voice: false, chat: false } })).toEqual([]);
  });

  it("is nothing once there is no recording", () => {
    expect(openKinds(withRecording(NOT_RECORDED, { ...asking, phase: "off" }))).toEqual([]);
  });

  it("begins anew with another recording, and not with another phase", () => {
    const answered = { ...withRecording(NOT_RECORDED, asking), own: { voice: true } };
    expect(withRecording(answered, on).own).toEqual({ voice: true });
    expect(withRecording(answered, { ...asking, recording_id: "rec2" }).own).toEqual({});
  });

  it("is answered by ourselves alone, and staff hears of each answer", () => {
    const mirror = withRecording(NOT_RECORDED, asking);
    const given = {
      answers: { voice: true },
      text: "t/en",
      at_ms: 5,
      type: "consent_given",
    } as const;
    const theirs = withConsent(mirror, { ...given, participant_id: "lin" }, "mia");
    expect([theirs.own, theirs.told]).toEqual([{}, 1]);
    const ours = withConsent(mirror, { ...given, participant_id: "mia" }, "mia");
    expect([ours.own, ours.told]).toEqual([{ voice: true }, 1]);
  });

  it("has one name until its kinds change", () => {
    expect(askingOf(asking)).toBe(askingOf(on));
    expect(askingOf({ ...asking, kinds: ["voice", "chat", "ink"] })).not.toBe(askingOf(asking));
  });

  it("keeps the order of the list, whatever the answers' order", () => {
    expect(agreedKinds(["voice", "camera", "ink"], { ink: true, voice: true })).toEqual([
      "voice",
      "ink",
    ]);
  });
});

describe("the time of a recording", () => {
  it("goes on while it is written, without pauses", () => {
    expect(recordedMs(on, 70_000)).toBe(60_000);
    expect(recordedMs({ ...on, off_ms: 20_000 }, 70_000)).toBe(40_000);
  });

  it("stands while it is paused", () => {
    const paused: Recording = { ...on, phase: "paused", paused_ms: 40_000 };
    expect(recordedMs(paused, 70_000)).toBe(30_000);
    expect(recordedMs(paused, 90_000)).toBe(30_000);
  });

  it("is none while it is only asked for, and never less than none", () => {
    expect(recordedMs(asking, 70_000)).toBe(0);
    expect(recordedMs(on, 9_000)).toBe(0);
  });
});

describe("news", () => {
  it("tells each step once", () => {
    const off = NO_RECORDING;
    const paused: Recording = { ...on, phase: "paused" };
    expect(newsOf(off, asking)).toBe("asks");
    expect(newsOf(asking, on)).toBe("on");
    expect(newsOf(on, paused)).toBe("paused");
    expect(newsOf(paused, on)).toBe("resumed");
    expect(newsOf(on, off)).toBe("off");
    expect(newsOf(paused, off)).toBe("off");
    expect(newsOf(asking, off)).toBe("cancelled");
    expect(newsOf(on, { ...on, agreed: 3 })).toBeNull();
  });
});

describe("how a class stands to it", () => {
  it("counts who said no to all apart from who has not answered", () => {
    const facts = { ...asking, agreed: 2 };
    const answers = [
      { voice: true, chat: true },
      { voice: true, chat: false },
      { voice: false, chat: false },
    ];
    expect(countsOf(facts, answers)).toEqual({ asked: 4, agreed: 2, declined: 1, open: 1 });
  });

  it("is never less than nobody", () => {
    expect(countsOf({ ...asking, asked: 1, agreed: 2 }, []).open).toBe(0);
  });
});

describe("a change of mind", () => {
  it("is only what differs", () => {
    const before = { voice: true, chat: false };
    expect(changedAnswers(before, { voice: false, chat: false })).toEqual({ voice: false });
    expect(changedAnswers(before, before)).toEqual({});
    expect(changedAnswers({}, { ink: true })).toEqual({ ink: true });
  });
});

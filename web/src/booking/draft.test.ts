import { describe, expect, it } from "vitest";
import { EMPTY, pressed, readDraft } from "./draft";

describe("a draft", () => {
  it("comes back as it was kept", () => {
    const draft = { ...EMPTY, name: "Park Min-jun", intake: { goal: ["a", "b"] }, agreed: ["f1"] };
    expect(readDraft(JSON.stringify(draft))).toEqual(draft);
  });

  it.each([
    null,
    "",
    "{",
    "[]",
    "null",
    "7",
    JSON.stringify({ name: 7, intake: [], agreed: {}, once: null }),
  ])("is empty from %j", (text) => {
    expect(readDraft(text)).toEqual(EMPTY);
  });

  it("is one booking for the same time, however often it is pressed", () => {
    const first = pressed(EMPTY, "o1", "2027-03-29T07:00:00Z");
    expect(first.once).toMatch(/^[a-z0-9]{24}$/);
    expect(pressed(first, "o1", "2027-03-29T07:00:00Z")).toBe(first);
    expect(pressed(first, "o1", "2027-03-29T08:00:00Z").once).not.toBe(first.once);
    expect(pressed(first, "o2", "2027-03-29T07:00:00Z").once).not.toBe(first.once);
  });
});

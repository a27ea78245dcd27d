import { describe, expect, it } from "vitest";
import type { Visit } from "../../wire/waiting";
import { backOf } from "./back";
import { cameraOf, microphoneOf, networkOf } from "./verdicts";
import { fullness, headingOf, ringOf, stepOf } from "./words";

const visit = (more: Partial<Visit>) =>
  ({
    state: "ready",
    place: 1,
    minutes: 6,
    name: "",
    slug: "b/h",
    booking_id: "",
    ...more,
  }) as Visit;

describe("the waiting card", () => {
  it("says who is next, by name where the browser is known", () => {
    expect(headingOf(visit({})).key).toBe("wait-next");
    expect(headingOf(visit({ name: "Min-jun" })).key).toBe("wait-next-name");
    expect(headingOf(visit({ place: 3 }))).toEqual({
      key: "wait-place",
      args: { name: "", place: 3 },
    });
    expect(headingOf(visit({ state: "called", place: 1 })).key).toBe("wait-called");
  });

  it("says when, and does not pretend to know", () => {
    expect(ringOf(visit({}))).toEqual({ big: "6", key: "wait-minutes" });
    expect(ringOf(visit({ minutes: 0 })).key).toBe("wait-now");
    expect(ringOf(visit({ minutes: null })).key).toBe("wait-moment");
    expect(fullness(6)).toBeGreaterThan(fullness(30));
    expect(fullness(500)).toBeGreaterThan(0);
    expect(fullness(0)).toBe(1);
  });

  it("shows one part for every state", () => {
    const states: Visit["state"][] = [
      "checking",
      "ready",
      "called",
      "admitted",
      "inside",
      "over",
      "left",
      "refused",
    ];
    expect(states.map((state) => stepOf(visit({ state })))).toEqual([
      "check",
      "wait",
      "wait",
      "go",
      "go",
      "over",
      "left",
      "refused",
    ]);
  });

  it("leads a visitor back to the page they came from", () => {
    expect(backOf(visit({}))).toBe("/b/b/h");
    expect(backOf(visit({ booking_id: "x" }))).toBe("/mine");
  });
});

describe("the check", () => {
  const side = { track: null, refusal: null, opening: false, on: true };
  const track = {} as MediaStreamTrack;
  it("knows each way in which a device may fail", () => {
    expect(cameraOf({ ...side, opening: true })).toBeUndefined();
    expect(cameraOf({ ...side, track })).toBe("works");
    expect(cameraOf({ ...side, track }, "waiting")).toBeUndefined();
    expect(cameraOf({ ...side, track }, "black")).toBe("failed");
    expect(cameraOf(side)).toBe("off");
    const refused = (refusal: "denied" | "none" | "busy" | "insecure") =>
      cameraOf({ ...side, refusal });
    expect([refused("denied"), refused("none"), refused("busy"), refused("insecure")]).toEqual([
      "refused",
      "missing",
      "busy",
      "failed",
    ]);
  });

  it("believes a microphone when it was heard", () => {
    expect(microphoneOf({ ...side, track }, "waiting")).toBeUndefined();
    expect(microphoneOf({ ...side, track }, "heard")).toBe("works");
    expect(microphoneOf({ ...side, track }, "silent")).toBe("silent");
    expect(microphoneOf({ ...side, track, on: false }, "heard")).toBe("off");
    expect(networkOf("checking")).toBeUndefined();
    expect([networkOf("weak"), networkOf("offline")]).toEqual(["poor", "none"]);
  });
});

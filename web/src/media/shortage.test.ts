import { describe, expect, it } from "vitest";
import type { Reduction, Source } from "../wire/messages";
import { NO_SHORTAGE, noticeOf, shortageOf } from "./shortage";

function track(consumerId: string, participantId: string, source: Source = "camera") {
  return { consumerId, participantId, source };
}

function reduced(...pairs: [string, Reduction][]) {
  return pairs.map(([consumer_id, reduction]) => ({ consumer_id, reduction }));
}

const TRACKS = [track("s", "amara", "screen"), track("c1", "lin"), track("c2", "tomas")];

describe("what is short", () => {
  it("is told by whose picture it is", () => {
    const shortage = shortageOf(reduced(["s", "frames"], ["c1", "off"], ["c2", "size"]), TRACKS);
    expect(shortage.screen).toBe("frames");
    expect([...shortage.cameras]).toEqual([
      ["lin", "off"],
      ["tomas", "size"],
    ]);
  });

  it("is nothing of what we no longer have", () => {
    expect(shortageOf(reduced(["gone", "off"]), TRACKS)).toEqual(NO_SHORTAGE);
  });

  it("is the worst of two screens", () => {
    const tracks = [...TRACKS, track("t", "lin", "screen")];
    expect(shortageOf(reduced(["s", "off"], ["t", "frames"]), tracks).screen).toBe("off");
    expect(shortageOf(reduced(["s", "frames"], ["t", "size"]), tracks).screen).toBe("size");
  });
});

describe("the notice", () => {
  const noticed = (...pairs: [string, Reduction][]) =>
    noticeOf(shortageOf(reduced(...pairs), TRACKS));

  it("says the worst that cameras lose", () => {
    expect(noticed(["c1", "size"])).toEqual({ screen: null, cameras: "size" });
    expect(noticed(["c1", "size"], ["c2", "off"])).toEqual({ screen: null, cameras: "off" });
  });

  it("says nothing of a camera's frames, nor of nothing", () => {
    expect(noticed(["c1", "frames"])).toBeNull();
    expect(noticeOf(NO_SHORTAGE)).toBeNull();
    expect(noticed(["s", "frames"], ["c1", "frames"])).toEqual({ screen: "frames", cameras: null });
  });

  it("is the same value while it says the same", () => {
    expect(noticed(["c1", "off"])).toBe(noticed(["c2", "off"], ["c1", "size"]));
  });
});

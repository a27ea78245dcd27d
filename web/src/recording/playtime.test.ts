import { describe, expect, it } from "vitest";
import golden from "../../../tests/corpus/playtime.json";
import { mergedHoles, type Span, toPlay, toRecorded } from "./playtime";

describe("play time", () => {
  it.each(golden.cases)("is the server's: $name", (one) => {
    const holes = mergedHoles(one.pairs as unknown as Span[]);
    expect(holes).toEqual(one.holes);
    for (const [ms, played] of one.to_play) expect(toPlay(Number(ms), holes)).toBe(played);
    for (const [ms, recorded] of one.to_recorded) {
      expect(toRecorded(Number(ms), holes)).toBe(recorded);
    }
    expect(toPlay(golden.duration, holes)).toBe(one.length);
  });
});

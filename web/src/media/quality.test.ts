import { describe, expect, it } from "vitest";
import { linkQuality, linkSample, type Preference, preferenceFor } from "./quality";

function asked(height: number, current: Preference | null = null, density = 1): Preference {
  const shown = { width: (height * 16) / 9, height, density, pinned: false };
  return preferenceFor(shown, current);
}

describe("the layer of a picture", () => {
  it("follows its height in device pixels", () => {
    const spatial = [84, 225, 226, 450, 560, 4000].map((height) => asked(height).spatial);
    expect(spatial).toEqual([0, 0, 1, 1, 2, 2]);
    expect(asked(150, null, 2).spatial).toBe(1);
  });

  it("does not go down for a small change", () => {
    const middle = asked(300);
    expect(asked(220, middle).spatial).toBe(1);
    expect(asked(180, middle).spatial).toBe(0);
  });

  it("goes up at once", () => {
    expect(asked(300, asked(100)).spatial).toBe(1);
    expect(asked(100, asked(900)).spatial).toBe(0);
  });

  it("has half of the frames where it is small to the eye, however dense the pixels", () => {
    expect([asked(112).temporal, asked(112, null, 3).temporal]).toEqual([1, 1]);
    expect(asked(128).temporal).toBe(2);
    expect(asked(112, asked(140)).temporal).toBe(2);
    expect(asked(100, asked(140)).temporal).toBe(1);
  });

  it("matters by the area it is shown on", () => {
    expect(asked(90).priority).toBe(12);
    expect(asked(90, null, 2).priority).toBe(24);
    expect(asked(720).priority).toBeGreaterThan(asked(360).priority);
    expect(asked(9000).priority).toBe(199);
    const pinned = { width: 16, height: 9, density: 1, pinned: true };
    expect(preferenceFor(pinned, null).priority).toBe(200);
  });
});

describe("the connection", () => {
  const start = { received: 1000, lost: 10, uplinkLoss: 0, roundTripMs: 20 };

  it("is good without loss", () => {
    const later = { ...start, received: 2000 };
    expect(linkQuality(start, later)).toEqual({
      verdict: "good",
      lossPercent: 0,
      roundTripMs: 20,
    });
  });

  it("is weak or poor by loss in either direction", () => {
    expect(linkQuality(start, { ...start, received: 1950, lost: 60 }).verdict).toBe("weak");
    expect(linkQuality(start, { ...start, received: 1700, lost: 310 }).verdict).toBe("poor");
    expect(linkQuality(start, { ...start, uplinkLoss: 0.2 }).verdict).toBe("poor");
  });

  it("is weak by a long way round", () => {
    expect(linkQuality(start, { ...start, roundTripMs: 500 }).verdict).toBe("weak");
  });

  it("does not take counters that started anew for a gain", () => {
    expect(linkQuality(start, { ...start, received: 0, lost: 0 }).lossPercent).toBe(0);
  });

  it("reads what the browser reports and nothing else", () => {
    const sample = linkSample([
      { type: "inbound-rtp", packetsReceived: 90, packetsLost: 2 },
      { type: "inbound-rtp", packetsReceived: 10 },
      { type: "remote-inbound-rtp", fractionLost: 0.25 },
      { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.038 },
      { type: "candidate-pair", nominated: false, currentRoundTripTime: 9 },
      { type: "codec" },
    ]);
    expect(sample).toEqual({ received: 100, lost: 2, uplinkLoss: 0.25, roundTripMs: 38 });
  });
});

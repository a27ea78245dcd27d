import { describe, expect, it } from "vitest";
import { layersFor, linkQuality, linkSample } from "./quality";

describe("the layer of a picture", () => {
  it("follows its height", () => {
    expect(layersFor(84, null).spatial).toBe(0);
    expect(layersFor(225, null).spatial).toBe(0);
    expect(layersFor(226, null).spatial).toBe(1);
    expect(layersFor(450, null).spatial).toBe(1);
    expect(layersFor(560, null).spatial).toBe(2);
    expect(layersFor(4000, null).spatial).toBe(2);
  });

  it("does not go down for a small change", () => {
    const middle = { spatial: 1, temporal: 2 };
    expect(layersFor(220, middle)).toBe(middle);
    expect(layersFor(180, middle).spatial).toBe(0);
  });

  it("goes up at once", () => {
    expect(layersFor(300, { spatial: 0, temporal: 2 }).spatial).toBe(1);
    expect(layersFor(100, { spatial: 2, temporal: 2 }).spatial).toBe(0);
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

  it("is weak or bad by loss in either direction", () => {
    expect(linkQuality(start, { ...start, received: 1950, lost: 60 }).verdict).toBe("weak");
    expect(linkQuality(start, { ...start, received: 1700, lost: 310 }).verdict).toBe("bad");
    expect(linkQuality(start, { ...start, uplinkLoss: 0.2 }).verdict).toBe("bad");
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

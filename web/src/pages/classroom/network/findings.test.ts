import { afterEach, describe, expect, it } from "vitest";
import { percentOf, rateOf } from "../../../text/figures";
import { setLanguage } from "../../../text/text";
import type { PersonNetwork, ReducedSource, Reduction, Source } from "../../../wire/messages";
import { adviceFor, findingsOf, reducedOf, sentences, shortWords } from "./findings";

function network(over: Partial<PersonNetwork> = {}): PersonNetwork {
  return {
    participant_id: "lin",
    quality: "good",
    round_trip_ms: 38.4,
    loss_down: 0,
    loss_up: 0.002,
    downlink_bps: 2_400_000,
    uplink_bps: 640_000,
    protocol: "udp",
    reductions: [],
    down: "calm",
    up: "calm",
    measures: [],
    ...over,
  };
}

function reduced(participant_id: string, reduction: Reduction, source: Source = "camera") {
  return { participant_id, source, reduction } satisfies ReducedSource;
}

const nameOf = (id: string) => (id === "gone" ? null : id.charAt(0).toUpperCase() + id.slice(1));

afterEach(() => setLanguage("en"));

describe("figures", () => {
  it("are as long as they are worth", () => {
    expect([0, 0.004, 0.083, 0.3].map(percentOf)).toEqual(["0 %", "0.4 %", "8 %", "30 %"]);
    expect([484_000, 96_000, 1_240_000, 12_000_000].map(rateOf)).toEqual([
      "480 kbit/s",
      "100 kbit/s",
      "1.2 Mbit/s",
      "12 Mbit/s",
    ]);
  });
});

describe("what is found", () => {
  it("is nothing wrong, with the round trip where it is known", () => {
    expect(findingsOf(network())).toEqual(["All well: 38 ms there and back."]);
    expect(findingsOf(network({ round_trip_ms: null }))).toEqual(["All well."]);
  });

  it("is said in words with figures", () => {
    const weak = network({ quality: "weak", loss_down: 0.083, round_trip_ms: 310 });
    expect(findingsOf(weak)).toEqual([
      "Loses 8 % of what we send.",
      "310 ms there and back: they hear us late.",
    ]);
    const poor = network({ quality: "poor", loss_up: 0.2, reductions: [reduced("amara", "off")] });
    expect(findingsOf({ ...poor, downlink_bps: 480_000 })).toEqual([
      "20 % of what they send does not arrive.",
      "Their network carries only 480 kbit/s.",
    ]);
  });

  it("names the slow way also where all else is well", () => {
    expect(findingsOf(network({ protocol: "tcp" }))[0]).toContain("TCP");
  });

  it("is honest about what was not measured", () => {
    expect(findingsOf(network({ quality: "unknown", round_trip_ms: null }))[0]).toContain(
      "Nothing",
    );
    const bare = network({ quality: "weak", round_trip_ms: null, loss_down: null, loss_up: null });
    expect(findingsOf(bare)).toEqual([]);
  });
});

describe("advice", () => {
  it("is none where nothing is wrong or known", () => {
    expect(adviceFor(network(), true)).toEqual([]);
    expect(adviceFor(network({ quality: "unknown" }), true)).toEqual([]);
  });

  it("is to turn off a camera that is on where the way up is full", () => {
    const full = network({ quality: "weak", loss_up: 0.05 });
    expect(adviceFor(full, true)[0]).toContain("camera off");
    expect(adviceFor(full, false).join()).not.toContain("camera");
    expect(adviceFor(network({ quality: "poor" }), true)[0]).toContain("camera off");
  });

  it("is another network for who is held to TCP, and never more than two things", () => {
    const all = network({ quality: "poor", protocol: "tcp", loss_up: 0.2, round_trip_ms: 900 });
    expect(adviceFor(all, true)).toHaveLength(2);
    expect(adviceFor(all, false)[0]).toContain("Another network");
  });
});

describe("what was reduced", () => {
  it("names the screen, and cameras together", () => {
    const list = [
      reduced("tomas", "off"),
      reduced("amara", "frames", "screen"),
      reduced("priya", "off"),
      reduced("jonas", "size"),
      reduced("gone", "off"),
    ];
    expect(reducedOf(list, nameOf)).toEqual([
      "Screen of Amara: fewer frames, still sharp",
      "2 cameras paused: Tomas and Priya",
      "Camera of Jonas smaller",
    ]);
  });

  it("does not list a whole class", () => {
    const all = ["a", "b", "c", "d", "e"].map((id) => reduced(id, "off"));
    expect(reducedOf(all, nameOf)).toEqual(["5 cameras paused: A, B, C and others"]);
    expect(reducedOf([], nameOf)).toEqual([]);
  });
});

describe("the notice", () => {
  it("speaks of the screen first", () => {
    expect(shortWords({ screen: "frames", cameras: null })).toEqual({
      title: "Weak network: reading quality.",
      note: "The screen stays sharp and shows fewer frames.",
      more: "",
    });
    expect(shortWords({ screen: "frames", cameras: "off" }).more).toBe("Some cameras are paused.");
    expect(shortWords({ screen: null, cameras: "off" }).title).toBe("Weak network: sound first.");
  });

  it("has every sentence, and Chinese ones without spaces between them", () => {
    for (const language of ["en", "zh-CN"] as const) {
      setLanguage(language);
      for (const screen of [null, "frames", "size", "off"] as const) {
        for (const cameras of ["size", "off"] as const) {
          const { title, note, more } = shortWords({ screen, cameras });
          expect(`${title}${note}${more}`).not.toContain("net-short");
          if (language === "zh-CN") expect(sentences([title, note, more])).not.toMatch(/\s/);
        }
      }
    }
  });
});

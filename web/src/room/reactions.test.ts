import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FloorReactions, GivenReaction } from "../wire/messages";
import { Reactions, SHOWN_MS } from "./reactions";

const clap = (participant_id: string): GivenReaction => ({
  participant_id,
  reaction: "clap",
  count: 1,
});

function mirror() {
  let hear: (notice: FloorReactions) => void = () => undefined;
  const wire = {
    on: (_name: string, listen: typeof hear) => {
      hear = listen;
    },
    request: vi.fn(),
  };
  const reactions = new Reactions(wire as unknown as ConstructorParameters<typeof Reactions>[0]);
  return { reactions, hear: (...given: GivenReaction[]) => hear({ given }) };
}

describe("reactions", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("are there for three seconds each", () => {
    const { reactions, hear } = mirror();
    hear(clap("lin"));
    vi.advanceTimersByTime(1_000);
    hear(clap("tomas"), clap("mia"));
    expect(reactions.news.value).toHaveLength(2);
    vi.advanceTimersByTime(SHOWN_MS - 1_000);
    expect(reactions.shown.value.map((one) => one.participant_id)).toEqual(["tomas", "mia"]);
    vi.advanceTimersByTime(1_000);
    expect(reactions.shown.value).toEqual([]);
  });

  it("are few enough to be told apart, the newest of them", () => {
    const { reactions, hear } = mirror();
    for (let time = 0; time < 10; time += 1) hear(clap("lin"));
    expect(reactions.shown.value.map((one) => one.key)).toEqual([7, 8, 9]);
    hear(...Array.from({ length: 100 }, (_, index) => clap(`p${index}`)));
    expect(reactions.shown.value).toHaveLength(60);
    expect(reactions.shown.value.at(-1)?.participant_id).toBe("p99");
  });
});

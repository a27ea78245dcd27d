import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EMPTY_ROOM } from "../../../room/state";
import * as live from "../../../ui/live";
import type { GivenReaction, Participant } from "../../../wire/messages";
import type { Desk } from "../desk";
import { cornerOf } from "./corner";
import { sayReactions } from "./say_reactions";

const NAMES: Record<string, string> = { lin: "Lin", tomas: "Tomás", mia: "Mia", wu: "Wu" };
const given = (participant_id: string, reaction: GivenReaction["reaction"]): GivenReaction => ({
  participant_id,
  reaction,
  count: 1,
});

it("tells who gave a reaction while they are few, then how many", () => {
  const nameOf = (id: string) => NAMES[id] ?? null;
  const all = [given("lin", "clap"), given("lin", "clap"), given("mia", "love"), given("x", "wow")];
  expect(cornerOf(all, nameOf)).toEqual([
    { reaction: "clap", count: 1, names: ["Lin"] },
    { reaction: "love", count: 1, names: ["Mia"] },
  ]);
  const more = [...all, given("tomas", "clap"), given("mia", "clap")];
  expect(cornerOf(more, nameOf)[0]).toEqual({ reaction: "clap", count: 3, names: [] });
});

describe("for ears", () => {
  const news = signal<readonly GivenReaction[]>([]);
  const said: string[] = [];
  const participants = Object.entries(NAMES).map(([id, name]) => ({ id, name }) as Participant);
  const desk = {
    room: signal({ ...EMPTY_ROOM, selfId: "wu", participants }),
    session: { reactions: { news } },
  } as unknown as Desk;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(live, "announce").mockImplementation((words) => void said.push(words));
    news.value = [];
    said.length = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("a class that claps is one sentence, and the next comes three seconds later", () => {
    const end = sayReactions(desk);
    for (const id of ["lin", "tomas", "wu"]) news.value = [given(id, "clap")];
    news.value = [given("mia", "laugh")];
    vi.advanceTimersByTime(700);
    expect(said).toEqual(["2 people clap, Mia laughs"]);
    news.value = [given("lin", "clap")];
    vi.advanceTimersByTime(2_500);
    expect(said).toHaveLength(1);
    vi.advanceTimersByTime(500);
    expect(said[1]).toBe("Lin claps");
    news.value = [given("wu", "clap")];
    vi.advanceTimersByTime(9_000);
    expect(said, "what we gave ourselves we know").toHaveLength(2);
    end();
  });
});

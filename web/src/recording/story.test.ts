import { describe, expect, it } from "vitest";
import { chaptersOf } from "./chapters";
import { docOf, type Happening, readHappenings, Story } from "./story";

const page = (id: string, more: object = {}) => ({
  ...{ id, name: `Page ${id}`, paper: "dots", width: 1280, height: 720, epoch: 2 },
  ...{ kind: "page", backdrop: "", slide: 0, step: 0, ...more },
});

const LINES: Happening[] = [
  { ms: 0, event: "joined", pid: "ann", name: "Ann", role: "host" },
  { ms: 0, event: "turned", page: page("p1") },
  { ms: 5_000, event: "joined", pid: "ben", name: "Ben", role: "student" },
  { ms: 30_000, event: "turned", page: page("p2") },
  { ms: 31_000, event: "hand", pid: "ben", is_up: true },
  { ms: 60_000, event: "stage", screen_of: "ann" },
  { ms: 61_000, event: "ink", deed: "begun", of: "ann", page: page("i1", { kind: "ink" }) },
  { ms: 70_000, event: "ink", deed: "cleared", page: page("i1", { kind: "ink", epoch: 3 }) },
  { ms: 80_000, event: "ink", deed: "ended" },
  { ms: 80_500, event: "stage", screen_of: "" },
  { ms: 90_000, event: "left", pid: "ben" },
  { ms: 95_000, event: "poll", phase: "opened", question: "How large?" },
  { ms: 99_000, event: "poll", phase: "closed", question: "How large?", tally: [["60", 3]] },
  { ms: 120_000, event: "mark", title: "Proof" },
  { ms: 121_000, event: "groups", on: true },
];

describe("story", () => {
  it("knows how things stood at any moment, forwards and back", () => {
    const story = new Story(LINES);
    expect([...story.at(6_000).people.values()].map(({ name }) => name)).toEqual(["Ann", "Ben"]);
    expect(story.at(59_000).hands.has("ben")).toBe(true);
    const over = story.at(65_000).over;
    expect(over && docOf(over.page)).toBe("i1/2");
    expect(story.at(71_000).over?.page.epoch).toBe(3);
    expect(story.at(71_000).over?.of).toBe("ann");
    expect(story.at(85_000).over).toBeNull();
    expect(story.at(61_000).stage).toEqual({ isBoard: false, screenOf: "ann" });
    expect(story.at(96_000).poll?.question).toBe("How large?");
    expect(story.at(96_000).hands.size).toBe(0);
    expect(story.at(1_000).page?.id).toBe("p1");
    expect(story.at(1_000).people.size).toBe(1);
    expect(story.at(500_000).inGroups).toBe(true);
  });

  it("knows the words of a slide when they are told, and keeps the ink when a frame is kept", () => {
    const lines: Happening[] = [
      { ms: 0, event: "turned", page: page("p1") },
      { ms: 10, event: "page", page: page("p1", { words: ["Angles", 5] }) },
      { ms: 20, event: "page", page: page("p9", { words: ["others"] }) },
      { ms: 30, event: "ink", deed: "begun", of: "ann", page: page("i1", { kind: "ink" }) },
      { ms: 40, event: "turned", page: page("p2") },
      { ms: 50, event: "ink", deed: "frozen", page: page("p2", { backdrop: "ann~screen~a" }) },
    ];
    const story = new Story(lines);
    expect(story.at(25).words).toEqual(["Angles"]);
    expect(story.at(60).page?.backdrop).toBe("ann~screen~a");
    expect(story.at(60).over?.page.id).toBe("i1");
  });

  it("gives the same scene as long as nothing happens", () => {
    const story = new Story(LINES);
    expect(story.at(40_000)).toBe(story.at(50_000));
  });

  it("passes over what it does not know and cannot read", () => {
    const text = '{"ms":1,"event":"constructor"}\n{"ms":2,"event":"later"}\n{"ms":3,"ev\n';
    const read = readHappenings(text);
    expect(read).toHaveLength(2);
    expect(new Story(read).at(9).page).toBeNull();
  });
});

describe("chapters", () => {
  it("are what was marked and what the class began, not pages that were turned past", () => {
    const chapters = chaptersOf(LINES, 200_000);
    expect(chapters.map(({ ms, heading }) => [ms, heading.kind])).toEqual([
      [0, "page"],
      [30_000, "page"],
      [60_000, "screen"],
      [95_000, "poll"],
      [120_000, "mark"],
    ]);
    expect(chapters[1]).toMatchObject({ doc: "p2/2", heading: { number: 2 } });
    const short = [{ ms: 0, event: "turned", page: page("a") }, ...LINES.slice(3)];
    const turnedPast = short.map((one, at) => (at === 0 ? { ...one, ms: 15_000 } : one));
    expect(chaptersOf(turnedPast, 200_000)[0]).toMatchObject({ ms: 0, heading: { kind: "start" } });
  });

  it("take the first line of a slide for its name, also when it is told later", () => {
    const slide = page("s1", { name: "", slide: 3 });
    const lines = [
      { ms: 0, event: "turned", page: slide },
      { ms: 900, event: "page", page: { ...slide, words: ["Thales", "A circle"] } },
    ];
    const [first] = chaptersOf(lines, 100_000);
    expect(first?.heading).toMatchObject({ title: "Thales", slide: 3 });
  });

  it("let a word of a person's go before what came with it", () => {
    const lines = [
      { ms: 50_000, event: "stage", screen_of: "ann" },
      { ms: 51_000, event: "mark", title: "Demo" },
    ];
    const kinds = chaptersOf(lines, 100_000).map(({ heading }) => heading.kind);
    expect(kinds).toEqual(["start", "mark"]);
  });
});

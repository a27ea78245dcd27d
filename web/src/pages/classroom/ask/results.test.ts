import { describe, expect, it } from "vitest";
import type { Poll, PollSheet } from "../../../wire/messages";
import {
  answerText,
  csvOf,
  optionsOf,
  percents,
  pointsOf,
  rightRate,
  spoken,
  wasAsked,
} from "./results";

const POLL: Poll = {
  id: "q1",
  kind: "choice",
  text: "=How large, really?",
  options: ["30", "60", ""],
  points: 3,
  is_multiple: false,
  is_anonymous: false,
  opened_ms: 0,
  ends_ms: null,
  is_open: false,
  page_id: "",
  place: "beside",
  result: null,
};
const SHEET: PollSheet = {
  poll_id: "q1",
  is_final: true,
  kind: "choice",
  text: POLL.text,
  points: 3,
  right: [1],
  right_texts: [],
  shows_right: false,
  counts: [1, 1, 0],
  people: [
    { participant_id: "lin", name: "Lin", has_answered: true },
    { participant_id: "tomas", name: "Tomás", has_answered: true },
    { participant_id: "omar", name: "Omar", has_answered: false },
  ],
  answers: [
    { participant_id: "lin", name: "Lin", choices: [1], text: "", file_id: "", is_right: true },
    {
      participant_id: "tomas",
      name: 'To"más',
      choices: [0],
      text: "",
      file_id: "",
      is_right: false,
    },
  ],
};

describe("shares", () => {
  it("add up to 100 where everybody chose one", () => {
    expect(percents([1, 1, 1], 3, false)).toEqual([34, 33, 33]);
    expect(percents([0, 0], 0, false)).toEqual([0, 0]);
    for (let answered = 1; answered <= 60; answered += 1) {
      for (let first = 0; first <= answered; first += 1) {
        const second = Math.floor((answered - first) / 2);
        const counts = [first, second, answered - first - second];
        const shares = percents(counts, answered, false);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(100);
      }
    }
  });

  it("are of the people where each may choose several", () => {
    expect(percents([3, 2, 0], 3, true)).toEqual([100, 67, 0]);
  });
});

describe("names of options", () => {
  it("are a letter with words, a letter alone, a number, or words", () => {
    expect(optionsOf(POLL).map(spoken)).toEqual(["A, 30", "B, 60", "C"]);
    expect(optionsOf({ kind: "yes_no", options: [] }).map(spoken)).toEqual(["Yes", "No"]);
    expect(optionsOf({ kind: "scale", options: [] })).toHaveLength(5);
    expect(answerText(POLL, { choices: [0, 2], text: "" })).toBe("A, 30; C");
  });
});

describe("the table", () => {
  it("has a row for each person and calculates nothing", () => {
    const people = [
      { id: "lin", name: "Lin", stars: 2 },
      { id: "omar", name: "=Omar", stars: 1 },
    ];
    expect(csvOf([{ poll: POLL, own: null, sheet: SHEET }], people).split("\r\n")).toEqual([
      "\ufeffQuestion,Name,Answer,Right,Points,Stars",
      '"\'=How large, really?",Lin,"B, 60",Yes,3,',
      '"\'=How large, really?","To""más","A, 30",No,0,',
      '"\'=How large, really?",Omar,,,0,',
      "All together,Lin,,1,3,2",
      'All together,"To""más",,0,0,0',
      "All together,'=Omar,,0,0,1",
      "",
    ]);
  });

  it("keeps formulas as they were written", () => {
    const poll = { ...POLL, text: "Solve $x^2=4$", options: ["$\\pm 2$", "$2$", "?"] };
    const table = csvOf([{ poll, own: null, sheet: SHEET }], []);
    expect(table).toContain('Solve $x^2=4$,Lin,"B, $2$",Yes,3,');
  });

  it("says of an anonymous question what was answered and of nobody whether", () => {
    const poll = { ...POLL, is_anonymous: true, text: "Mood" };
    const answers = SHEET.answers.map((one) => ({ ...one, participant_id: "", name: "" }));
    const table = csvOf([{ poll, own: null, sheet: { ...SHEET, answers } }], []);
    expect(table).toContain('Mood,,"B, 60",Yes,3,');
    expect(table).not.toMatch(/Lin|Tom|Omar/u);
  });
});

it("counts the rate of right answers among those given", () => {
  expect(rightRate(SHEET)).toBe(50);
  expect(rightRate({ ...SHEET, right: [] })).toBeNull();
  expect(rightRate({ ...SHEET, answers: [] })).toBeNull();
});

it("adds points up for each person, and gives anonymous answers to nobody", () => {
  const twice = [POLL, POLL].map((poll) => ({ poll, own: null, sheet: SHEET }));
  expect(pointsOf(twice)).toEqual([
    { id: "lin", name: "Lin", right: 2, points: 6 },
    { id: "tomas", name: 'To"más', right: 0, points: 0 },
  ]);
  const answers = SHEET.answers.map((one) => ({ ...one, participant_id: "", name: "" }));
  expect(pointsOf([{ poll: POLL, own: null, sheet: { ...SHEET, answers } }])).toEqual([]);
});

it("knows a prepared question that was asked by its words", () => {
  const asked = [{ poll: POLL, own: null, sheet: SHEET }];
  const question = {
    kind: "choice" as const,
    text: ` ${POLL.text}`,
    options: [...POLL.options],
    right: [],
    right_texts: [],
    points: 0,
    is_multiple: false,
    is_anonymous: false,
    seconds: null,
  };
  expect(wasAsked(question, asked)).toBe(true);
  expect(wasAsked({ ...question, options: ["30", "60", "90"] }, asked)).toBe(false);
});

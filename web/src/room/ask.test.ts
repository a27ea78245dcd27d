import { describe, expect, it } from "vitest";
import type { Ask, Poll, PollSheet } from "../wire/messages";
import { askedOf, askedOn, NO_ASK, waitingFor, withAsk } from "./ask";

const POLL: Poll = {
  id: "q1",
  kind: "choice",
  text: "How large?",
  options: ["30", "60"],
  points: 0,
  is_multiple: false,
  is_anonymous: false,
  opened_ms: 1000,
  ends_ms: null,
  is_open: true,
  page_id: "",
  place: "beside",
  result: null,
};
const SHEET: PollSheet = {
  poll_id: "q1",
  is_final: false,
  kind: "choice",
  text: "How large?",
  points: 0,
  right: [1],
  right_texts: [],
  shows_right: false,
  counts: [0, 1],
  people: [{ participant_id: "lin", name: "Lin", has_answered: true }],
  answers: [],
};

function opened(): Ask {
  return withAsk(NO_ASK, { type: "poll_opened", poll: POLL });
}

describe("the lesson's questions", () => {
  it("wait for an answer until there is one, and only from those who may", () => {
    const ask = opened();
    expect(waitingFor(ask, true)).toEqual(POLL);
    expect(waitingFor(ask, false)).toBeNull();
    const answer = { poll_id: "q1", choices: [1], text: "", file_id: "" };
    const answered = withAsk(ask, { type: "answer_taken", answer });
    expect(waitingFor(answered, true)).toBeNull();
    expect(askedOf(answered)).toEqual([{ poll: POLL, own: answer, sheet: null }]);
  });

  it("do not wait once they are closed", () => {
    const ask = withAsk(opened(), { type: "poll_closed", poll: { ...POLL, is_open: false } });
    expect(waitingFor(ask, true)).toBeNull();
    expect(ask.polls).toHaveLength(1);
  });

  it("stand on their page: the newest, and for students while it is open or shown", () => {
    const here: Poll = { ...POLL, page_id: "slide-2" };
    const later: Poll = { ...here, id: "q2", is_open: false };
    const ask = (...polls: Poll[]): Ask => ({ ...NO_ASK, polls });
    expect(askedOn(ask(here, { ...POLL, id: "q3" }), "slide-2", false)?.poll).toEqual(here);
    expect(askedOn(ask(here), "slide-3", true)).toBeNull();
    expect(askedOn(ask(POLL), "", true)).toBeNull();
    expect(askedOn(ask(here, later), "slide-2", false)).toBeNull();
    expect(askedOn(ask(here, later), "slide-2", true)?.poll).toEqual(later);
    const result = { answered: 0, counts: [0, 0], texts: [], right: null, right_texts: null };
    expect(askedOn(ask({ ...later, result }), "slide-2", false)?.poll.id).toBe("q2");
  });

  it("keep the newest tally, and lose everything when they are discarded", () => {
    let ask = withAsk(opened(), { type: "poll_tally", sheet: SHEET });
    ask = withAsk(ask, { type: "poll_tally", sheet: { ...SHEET, counts: [1, 1] } });
    expect(askedOf(ask)[0]?.sheet?.counts).toEqual([1, 1]);
    expect(withAsk(ask, { type: "poll_discarded", poll_id: "q1" })).toEqual(NO_ASK);
  });
});

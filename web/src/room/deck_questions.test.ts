import { expect, it } from "vitest";
import { failure, success } from "../result";
import type { Prepared } from "../wire/decks";
import type { Question } from "../wire/messages";
import { DeckQuestions } from "./deck_questions";

const QUESTION: Question = {
  ...{ kind: "yes_no", text: "Is it so?", options: [], right: [0], right_texts: [], points: 0 },
  ...{ is_multiple: false, is_anonymous: false, seconds: null },
};

class Server {
  questions: Prepared[] = [];
  asked = 0;
  isAway = false;
  readonly door = {
    questions: async () => {
      this.asked += 1;
      if (this.isAway) return failure({ code: "x", status: 503, params: {}, retryAfterS: null });
      return success({ may_change: true, questions: this.questions });
    },
    putQuestions: async (_id: string, slide: number, sent: readonly Omit<Prepared, "slide">[]) => {
      const others = this.questions.filter((one) => one.slide !== slide);
      this.questions = [...others, ...sent.map((one) => ({ ...one, slide }))];
      return success({ may_change: true, questions: this.questions });
    },
  };
}

it("asks once, and again after it failed", async () => {
  const server = new Server();
  const kept = new DeckQuestions(server.door);
  server.isAway = true;
  await kept.need("deck");
  expect(kept.of("deck")).toBeNull();
  server.isAway = false;
  await kept.need("deck");
  await kept.need("deck");
  expect(server.asked).toBe(2);
  expect(kept.of("deck")?.questions).toEqual([]);
});

it("changes what is on the server now, of one slide", async () => {
  const server = new Server();
  const kept = new DeckQuestions(server.door);
  await kept.need("deck");
  const other: Prepared = { slide: 1, place: "over", question: QUESTION };
  const elsewhere: Prepared = { slide: 2, place: "over", question: QUESTION };
  server.questions = [other, elsewhere];
  const one = { place: "beside" as const, question: QUESTION };
  await kept.change("deck", 2, (known) => [...known, one]);
  expect(kept.of("deck")?.questions).toEqual([other, elsewhere, { slide: 2, ...one }]);
});

it("says when it could not, and keeps what was known", async () => {
  const server = new Server();
  const kept = new DeckQuestions(server.door);
  await kept.need("deck");
  server.isAway = true;
  const answer = await kept.change("deck", 1, () => []);
  expect(answer.ok).toBe(false);
  expect(kept.of("deck")).not.toBeNull();
});

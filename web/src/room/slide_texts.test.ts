import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { failure, type Result, success } from "../result";
import type { Problem } from "../wire/http";
import { SlideTexts } from "./slide_texts";

const coming = failure({ code: "slide.coming", status: 404, params: {}, retryAfterS: 1 });
const gone = failure({ code: "slide.unknown", status: 404, params: {}, retryAfterS: null });

let answer: (ref: string) => Result<{ text: string }, Problem>;
let asked: string[];
let under: number;
let most: number;
let texts: SlideTexts;
beforeEach(() => {
  vi.useFakeTimers();
  answer = (ref) => success({ text: `words of ${ref}` });
  [asked, under, most] = [[], 0, 0];
  texts = new SlideTexts(async (ref) => {
    asked.push(ref);
    under += 1;
    most = Math.max(most, under);
    await new Promise((resolve) => setTimeout(resolve, 50));
    under -= 1;
    return answer(ref);
  });
});
afterEach(() => vi.useRealTimers());
const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it("asks for each once, a few at a time", async () => {
  const refs = Array.from({ length: 30 }, (_, at) => `/s/${at}`);
  texts.want(refs);
  texts.want(["/s/3", ""]);
  await passes(5_000);
  expect([asked.length, most]).toEqual([30, 4]);
  expect(texts.known.value.get("/s/3")).toBe("words of /s/3");
});

it("asks again for one that is being made, and not for one there will never be", async () => {
  answer = () => coming;
  texts.want(["/s/1"]);
  await passes(3_000);
  answer = (ref) => (ref === "/s/2" ? gone : success({ text: "there" }));
  texts.want(["/s/2"]);
  await passes(60_000);
  expect(texts.known.value).toEqual(new Map([["/s/1", "there"]]));
  expect(asked.filter((ref) => ref === "/s/2")).toHaveLength(1);
});

it("asks nothing once it is closed", async () => {
  answer = () => coming;
  texts.want(["/s/1"]);
  await passes(100);
  texts.close();
  await passes(60_000);
  expect(asked).toHaveLength(1);
});

import { describe, expect, it } from "vitest";
import { type Advice, CALM } from "./advice";
import { AdviceBook, nextTarget } from "./advice_book";

const HEAVY: Advice = { ...CALM, down: 2, up: 2, depth: 10, soundBufferMs: 400, opus: 2 };
const SEVERE: Advice = { ...HEAVY, down: 3, up: 3, depth: 17, soundBufferMs: 700 };

/** Somebody's sound with this word in it. */
function hears(book: AdviceBook, who: string, now: number, advice: Advice | null = null): void {
  book.hear(who, now, advice && { advice, at: now });
}

describe("what we are advised", () => {
  it("is nothing before anything was said", () => {
    const book = new AdviceBook();
    expect(book.current(5_000)).toBe(CALM);
    expect(book.buffers("lin", 5_000)).toEqual({ soundMs: 0, pictureMs: 0 });
  });

  it("is the newest word of anybody's sound", () => {
    const book = new AdviceBook();
    hears(book, "lin", 1_000, HEAVY);
    hears(book, "tomas", 1_200, SEVERE);
    expect(book.current(1_300)).toBe(SEVERE);
    // The browser lists it again, with the time it had.
    book.hear("lin", 1_250, { advice: HEAVY, at: 1_000 });
    expect(book.current(1_300)).toBe(SEVERE);
  });

  it("ends when sound goes on without a word", () => {
    const book = new AdviceBook();
    hears(book, "lin", 1_000, HEAVY);
    // One packet's word may be read a moment before that of the next.
    hears(book, "lin", 1_500);
    expect(book.current(1_500)).toBe(HEAVY);
    expect(book.buffers("lin", 1_500).soundMs).toBe(400);
    hears(book, "lin", 1_700);
    expect(book.current(1_700)).toBe(CALM);
    expect(book.buffers("lin", 1_700).soundMs).toBe(0);
  });

  it("goes on for a while when nobody is heard, and not for ever", () => {
    const book = new AdviceBook();
    hears(book, "lin", 1_000, HEAVY);
    expect(book.current(30_000)).toBe(HEAVY);
    expect(book.current(31_001)).toBe(CALM);
  });

  it("comes by a notice as well, and the newer counts", () => {
    const book = new AdviceBook();
    book.tell(HEAVY, 1_000);
    expect(book.current(90_000)).toBe(HEAVY);
    hears(book, "lin", 90_100, SEVERE);
    expect(book.current(90_200)).toBe(SEVERE);
    book.tell(CALM, 90_300);
    expect(book.current(90_400)).toBe(CALM);
  });

  it("is nothing when the media side begins anew", () => {
    const book = new AdviceBook();
    hears(book, "lin", 1_000, HEAVY);
    book.tell(SEVERE, 1_000);
    book.forget();
    expect(book.current(1_100)).toBe(CALM);
    expect(book.buffers("lin", 1_100)).toEqual({ soundMs: 0, pictureMs: 0 });
  });
});

describe("how long we wait for what somebody sends", () => {
  it("is in their own sound", () => {
    const book = new AdviceBook();
    hears(book, "lin", 1_000, HEAVY);
    hears(book, "tomas", 1_000, { ...SEVERE, pictureBufferMs: 650 });
    expect(book.buffers("lin", 1_100)).toEqual({ soundMs: 400, pictureMs: 0 });
    expect(book.buffers("tomas", 1_100)).toEqual({ soundMs: 700, pictureMs: 650 });
  });

  it("is nothing for who is heard without a word", () => {
    const book = new AdviceBook();
    hears(book, "lin", 1_000);
    hears(book, "tomas", 1_000, SEVERE);
    expect(book.buffers("lin", 1_100).soundMs).toBe(0);
  });

  it("is the least of the others for who is silent: theirs may be for their own lines", () => {
    const book = new AdviceBook();
    hears(book, "lin", 1_000, HEAVY);
    hears(book, "tomas", 1_000, SEVERE);
    expect(book.buffers("amara", 1_100).soundMs).toBe(400);
  });

  it("is as the notice says while nobody is heard", () => {
    const book = new AdviceBook();
    book.tell(HEAVY, 1_000);
    expect(book.buffers("amara", 60_000).soundMs).toBe(400);
  });
});

describe("a buffer", () => {
  it("grows at once", () => expect(nextTarget(0, 500, 200)).toBe(500));

  it("shrinks by a quarter of the time that passes, and not below what is wanted", () => {
    expect(nextTarget(500, 0, 200)).toBe(450);
    expect(nextTarget(500, 495, 200)).toBe(495);
    let target = 700;
    for (let at = 0; at < 2_800; at += 200) target = nextTarget(target, 0, 200);
    expect(target).toBe(0);
  });
});

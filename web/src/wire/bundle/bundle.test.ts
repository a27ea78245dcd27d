import { describe, expect, it } from "vitest";
import { Bundle } from "./bundle";
import { MalformedBundle } from "./frames";

/** Two ends; what is written on a strand arrives `delay` later, or never while it stalls. */
class Pair {
  now = 1000;
  readonly ends = [new Bundle(), new Bundle()] as const;
  readonly given: [string[], string[]] = [[], []];
  readonly stalled = new Set<number>();
  written = 0;
  #queue: { at: number; name: number; to: 0 | 1; line: string }[] = [];

  open(name: number): void {
    const [one, other] = this.ends;
    const { seen, held } = one;
    one.attach(name, other.seen, other.held, this.now);
    other.attach(name, seen, held, this.now);
    this.pump();
  }

  cut(name: number): void {
    this.#queue = this.#queue.filter((one) => one.name !== name);
    for (const end of this.ends) end.detach(name);
    this.pump();
  }

  put(end: 0 | 1, text: string): void {
    this.ends[end].put(text, this.now);
    this.pump();
  }

  pump(): void {
    for (const end of [0, 1] as const)
      for (const name of this.ends[end].strands.keys())
        for (;;) {
          const line = this.ends[end].nextOn(name, this.now);
          if (line === null) break;
          this.written += 1;
          if (this.stalled.has(name)) continue;
          this.#queue.push({ at: this.now + 30, name, to: end === 0 ? 1 : 0, line });
        }
  }

  run(ms: number): void {
    const until = this.now + ms;
    for (; this.now < until; this.now += 10) {
      const due = this.#queue.filter((one) => one.at <= this.now);
      this.#queue = this.#queue.filter((one) => one.at > this.now);
      for (const { name, to, line } of due)
        this.given[to].push(...this.ends[to].came(name, line, this.now));
      this.pump();
    }
  }
}

describe("a bundle", () => {
  it("lets one strand carry on a calm line", () => {
    const pair = new Pair();
    for (const name of [1, 2, 3]) pair.open(name);
    for (let turn = 0; turn < 10; turn++) {
      pair.put(0, `ask ${turn}`);
      pair.run(200);
      pair.put(1, `answer ${turn}`);
      pair.run(200);
    }
    expect(pair.given[1]).toHaveLength(10);
    expect(pair.given[0]).toHaveLength(10);
    expect(pair.written).toBeLessThanOrEqual(40);
    expect(pair.ends[0].isWeak(pair.now)).toBe(false);
  });

  it("carries it on another strand when one stalls, once and in order", () => {
    const pair = new Pair();
    for (const name of [1, 2, 3]) pair.open(name);
    pair.put(0, "before");
    pair.run(500);
    pair.stalled.add(1);
    pair.put(0, "a");
    pair.put(0, "b".repeat(9000));
    pair.put(1, "c");
    pair.run(2000);
    expect(pair.given[1]).toEqual(["before", "a", "b".repeat(9000)]);
    expect(pair.given[0]).toEqual(["c"]);
  });

  it("loses nothing when every strand breaks", () => {
    const pair = new Pair();
    pair.open(1);
    pair.put(0, "a");
    pair.cut(1);
    pair.put(0, "b");
    pair.put(1, "c");
    pair.run(5000);
    pair.open(2);
    pair.run(500);
    expect(pair.given).toEqual([["c"], ["a", "b"]]);
  });

  it("cuts between characters and puts together what it cut", () => {
    const pair = new Pair();
    pair.open(1);
    const text = `x${"😀".repeat(20_000)}`;
    pair.put(0, text);
    pair.run(5000);
    expect(pair.given[1]).toEqual([text]);
  });

  it("is weak again soon after, and calm in the end", () => {
    const pair = new Pair();
    pair.open(1);
    pair.open(2);
    pair.stalled.add(1);
    pair.put(0, "a");
    pair.run(1000);
    expect(pair.ends[0].isWeak(pair.now)).toBe(true);
    expect(pair.ends[1].isWeak(pair.now)).toBe(true);
    pair.cut(1);
    for (let turn = 0; turn < 40; turn++) {
      pair.put(0, "x");
      pair.put(1, "y");
      pair.run(500);
    }
    expect(pair.ends[0].isWeak(pair.now)).toBe(false);
    expect(pair.ends[1].isWeak(pair.now)).toBe(false);
  });

  it("refuses what no honest end says", () => {
    const bundle = new Bundle();
    bundle.attach(1, 0, [], 1);
    expect(() => bundle.came(1, "F900,0:x", 1)).toThrow(MalformedBundle);
    expect(() => bundle.came(1, "A4", 1)).toThrow(MalformedBundle);
  });

  it("hears the end after everything else", () => {
    const pair = new Pair();
    pair.open(1);
    pair.put(1, "last");
    pair.ends[1].end(pair.now);
    pair.run(500);
    expect(pair.given[0]).toEqual(["last"]);
    expect(pair.ends[0].isOver).toBe(true);
  });
});

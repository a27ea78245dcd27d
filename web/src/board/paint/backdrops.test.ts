import { expect, it, vi } from "vitest";
import { Clock } from "../view_testing";
import { type BackdropAnswer, Backdrops, widthFor } from "./backdrops";

function setUp(answers: Record<string, BackdropAnswer | number>) {
  const asked: string[] = [];
  const closed: number[] = [];
  const clock = new Clock();
  const backdrops = new Backdrops({
    fetch: async (ref, px) => {
      asked.push(`${ref} ${px}`);
      const answer = answers[`${ref} ${px}`] ?? "coming";
      return typeof answer === "number" ? new Blob([String(answer)]) : answer;
    },
    decode: async (blob) => {
      const side = Number(await blob.text());
      if (!side) throw new Error("no picture");
      return { width: side, height: side, close: () => closed.push(side) } as ImageBitmap;
    },
    after: clock.after,
  });
  return { backdrops, asked, closed, clock, answers };
}

it("shows the picture it has while the fine one is coming, and then that", async () => {
  const { backdrops, asked, answers, clock } = setUp({ "a 1280": 10 });
  const told = vi.fn();
  backdrops.onReady(told);
  expect(backdrops.get("a", 2560)).toBeNull();
  expect(backdrops.state("a")).toBe("coming");
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1));
  expect(backdrops.get("a", 2560)).toMatchObject({ width: 10 });
  expect([backdrops.state("a"), asked]).toEqual(["ready", ["a 2560", "a 1280"]]);
  answers["a 2560"] = 20;
  clock.advance(300);
  await vi.waitFor(() => expect(backdrops.get("a", 2560)).toMatchObject({ width: 20 }));
  expect(backdrops.get("a", 1280)).toMatchObject({ width: 10 });
});

it("asks again after 0.3, 0.6, 1.2 and 2.4 s for one that is being made", async () => {
  const { backdrops, asked, answers, clock } = setUp({});
  backdrops.get("a", 1280);
  for (const [at, ms] of [300, 600, 1_200, 2_400].entries()) {
    await settle();
    backdrops.get("a", 1280);
    clock.advance(ms - 1);
    expect(asked).toHaveLength(at + 1);
    clock.advance(1);
    expect(asked).toHaveLength(at + 2);
  }
  answers["a 1280"] = 5;
  await settle();
  clock.advance(4_800);
  await vi.waitFor(() => expect(backdrops.state("a")).toBe("ready"));
});

it("takes what is cut off on its way for one that is coming", async () => {
  const { backdrops, answers, clock } = setUp({ "a 1280": new Blob(["cut"]) });
  backdrops.get("a", 1280);
  await settle();
  expect(backdrops.state("a")).toBe("coming");
  answers["a 1280"] = 5;
  clock.advance(300);
  await vi.waitFor(() => expect(backdrops.state("a")).toBe("ready"));
});

it("says of a picture that was deleted that it is gone, and asks no more", async () => {
  const { backdrops, asked, clock } = setUp({ "a 1280": "gone" });
  const told = vi.fn();
  backdrops.onReady(told);
  backdrops.get("a", 1280);
  await vi.waitFor(() => expect(told).toHaveBeenCalledWith("a"));
  expect([backdrops.get("a", 1280), backdrops.state("a")]).toEqual([null, "gone"]);
  clock.advance(60_000);
  expect(asked).toEqual(["a 1280"]);
});

it("asks no more once the board is closed", async () => {
  const { backdrops, asked, clock } = setUp({});
  backdrops.get("a", 1280);
  await settle();
  backdrops.destroy();
  clock.advance(60_000);
  expect(asked).toEqual(["a 1280"]);
});

it("lets go of the least recently used when memory is short", async () => {
  const { backdrops, closed } = setUp({ "a 1280": 4_000, "b 1280": 4_001, "c 1280": 4_002 });
  for (const ref of ["a", "b"]) {
    backdrops.ahead(ref);
    await vi.waitFor(() => expect(backdrops.state(ref)).toBe("ready"));
  }
  backdrops.get("a", 1280);
  backdrops.ahead("c");
  await vi.waitFor(() => expect(backdrops.state("c")).toBe("ready"));
  expect(closed).toEqual([4_001]);
  backdrops.destroy();
  expect(closed).toHaveLength(3);
});

it("wants the fine picture only where more of it can be seen", () => {
  expect([widthFor(640), widthFor(1_400), widthFor(1_401)]).toEqual([1280, 1280, 2560]);
});

/** What was answered has arrived. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));
}

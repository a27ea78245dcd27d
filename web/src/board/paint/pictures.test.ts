import { expect, it, vi } from "vitest";
import { AssetPictures } from "./pictures";

function setUp(answers: Record<string, number | null>) {
  const asked: string[] = [];
  const closed: number[] = [];
  const clock = { now: 0 };
  const pictures = new AssetPictures({
    fetch: async (asset) => {
      asked.push(asset);
      const side = answers[asset];
      return side ? new Blob([String(side)]) : null;
    },
    decode: async (blob) => {
      const side = Number(await blob.text());
      return { width: side, height: side, close: () => closed.push(side) } as ImageBitmap;
    },
    now: () => clock.now,
  });
  return { pictures, asked, closed, clock, answers };
}

it("fetches a picture once, when it is first looked at", async () => {
  const { pictures, asked } = setUp({ a: 10 });
  const ready = vi.fn();
  pictures.onReady(ready);
  expect([pictures.get("a"), pictures.get("a")]).toEqual([null, null]);
  expect(pictures.state("a")).toBe("loading");
  await vi.waitFor(() => expect(ready).toHaveBeenCalledWith("a"));
  expect(pictures.get("a")).toMatchObject({ width: 10 });
  expect([pictures.state("a"), asked]).toEqual(["ready", ["a"]]);
});

it("tells of a failure and asks again after a while, or when told to", async () => {
  const { pictures, asked, clock, answers } = setUp({ a: null });
  pictures.get("a");
  await vi.waitFor(() => expect(pictures.state("a")).toBe("failed"));
  pictures.get("a");
  expect(asked).toHaveLength(1);
  clock.now = 5_000;
  pictures.get("a");
  await vi.waitFor(() => expect(pictures.state("a")).toBe("failed"));
  expect(asked).toHaveLength(2);
  answers.a = 7;
  pictures.retry();
  await vi.waitFor(() => expect(pictures.state("a")).toBe("ready"));
});

it("lets go of the least recently used when memory is short", async () => {
  const { pictures, closed } = setUp({ a: 4_000, b: 4_001, c: 4_002 });
  for (const asset of ["a", "b"]) {
    pictures.get(asset);
    await vi.waitFor(() => expect(pictures.state(asset)).toBe("ready"));
  }
  pictures.get("a");
  pictures.get("c");
  await vi.waitFor(() => expect(pictures.state("c")).toBe("ready"));
  expect(closed).toEqual([4_001]);
  expect(pictures.get("a")).not.toBeNull();
  pictures.destroy();
  expect(closed).toHaveLength(3);
});

import { describe, expect, it } from "vitest";
import type { Upload } from "../../../room/upload";
import { sizeOf } from "../../../text/figures";
import { filesOfPaste } from "./attach";
import { fits } from "./files_panel";
import { fitted } from "./small_picture";
import { standingOf } from "./words";

function upload(over: Partial<Upload>): Upload {
  const plain = { id: "u1", name: "a.pdf", kind: "", bytes: 10_000_000, done: 0, speed: null };
  return { ...plain, state: "sending", refusal: null, fileId: "", ...over };
}

describe("where a file on its way stands", () => {
  it.each([
    [{ state: "waiting" }, "Waits for its turn"],
    [{ done: 4_260_000 }, "42 %"],
    [{ done: 4_260_000, speed: 1_048_576 }, "42 % · 1 MB/s · 6 seconds left"],
    [{ done: 100_000, speed: 51_200 }, "1 % · 50 kB/s · 3 minutes left"],
    [{ done: 9_999_999, speed: 1_000_000 }, "99 %"],
    [{ done: 10_000_000 }, "Being checked"],
    [{ state: "lost", done: 5_000_000 }, "Waits for the network"],
    [{ state: "paused", done: 5_000_000 }, "Paused at 50 %"],
    [{ state: "ready" }, "9.5 MB"],
  ] as const)("%j is %j", (over, words) => {
    // Fluent puts marks around what it inserts, for text that runs both ways.
    expect(standingOf(upload(over)).replace(/[\u2068\u2069]/g, "")).toBe(words);
  });

  it("is the reason when it failed", () => {
    const refusal = { code: "file.empty", params: {} };
    expect(standingOf(upload({ state: "failed", refusal }))).toContain("empty");
  });
});

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_600, "2 kB"],
  [12_940_000, "12.3 MB"],
  [1000 * 1024 * 1024, "1,000 MB"],
  [3 * 1024 ** 3, "3 GB"],
])("says %d bytes as %j", (bytes, words) => {
  expect(sizeOf(bytes).replace(/[\u2068\u2069]/g, "")).toBe(words);
});

it("finds a file by its name and by whoever sent it", () => {
  const file = { name: "Homework 3.PDF", owner_name: "Lin Yue" };
  expect(["", " homework", "pdf", "LIN"].map((wanted) => fits(file, wanted))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(fits(file, "amara")).toBe(false);
});

it("makes a picture fit without enlarging it, and keeps a sliver large enough to press", () => {
  const bounds = { width: 240, height: 220 };
  expect(fitted({ width: 4_800, height: 2_400 }, bounds)).toEqual({ width: 240, height: 120 });
  expect(fitted({ width: 100, height: 80 }, bounds)).toEqual({ width: 100, height: 80 });
  expect(fitted({ width: 5_000, height: 10 }, bounds)).toEqual({ width: 240, height: 44 });
});

describe("what is pasted", () => {
  const paste = (types: string[], files: File[]) =>
    filesOfPaste({ types, files } as unknown as DataTransfer);
  const shot = () => new File(["x"], "image.png", { type: "image/png" });

  it("is a picture with a name of its own, each another one", () => {
    const [first, second] = paste(["Files"], [shot(), shot()]);
    expect(first?.name).toMatch(/^Picture \d\d-\d\d-\d\d\.png$/);
    expect(second?.name).toMatch(/ 2\.png$/);
    expect(first?.type).toBe("image/png");
  });

  it("keeps the name of a file that has one", () => {
    expect(paste(["text/plain", "Files"], [new File(["x"], "a.pdf")])[0]?.name).toBe("a.pdf");
  });

  it("stays words when an office program copies them as a picture, too", () => {
    expect(paste(["text/plain", "text/html", "Files"], [shot()])).toEqual([]);
  });
});

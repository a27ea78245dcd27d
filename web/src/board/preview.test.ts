import { describe, expect, it } from "vitest";
import { Scribe } from "./frame_bytes";
import type { Draft, InkPoint, Preview } from "./model";
import { pack, unpack } from "./points";
import { PAYLOAD_BYTES, PreviewReader, PreviewWriter, readLaser, writeLaser } from "./preview";
import { DRAFTS } from "./testing/sheet";

const ink = (points: readonly InkPoint[]): Preview => ({
  kind: "draft",
  draft: { t: "pen", c: "#112233", w: 3, o: 1, s: 0, d: pack(points) },
});
const stroke = (length: number, bend = 0): InkPoint[] =>
  Array.from({ length }, (_, n) => ({ x: n * 3, y: ((n * 37) % 900) + bend, p: n % 256 }));

function pointsOf(preview: Preview | null | undefined): readonly InkPoint[] {
  return preview?.kind === "draft" && "d" in preview.draft ? unpack(preview.draft.d) : [];
}

describe("ink being drawn", () => {
  it("is sent as it grows, and comes out whole", () => {
    const [writer, reader] = [new PreviewWriter(), new PreviewReader()];
    let sent = 0;
    let seen: Preview | null = null;
    for (let length = 1; length <= 500; length += 7) {
      for (const payload of writer.write(ink(stroke(length)))) {
        sent += payload.length;
        seen = reader.read(payload);
      }
      expect(pointsOf(seen)).toEqual(stroke(length));
    }
    expect(seen).toEqual(ink(stroke(498)));
    expect(sent).toBeLessThan(20_000);
    expect(writer.write(ink(stroke(498)))).toEqual([]);
  });

  it("is whole again after a lost payload", () => {
    const [writer, reader] = [new PreviewWriter(), new PreviewReader()];
    let seen: Preview | null = null;
    for (let step = 1; step <= 30; step += 1) {
      for (const payload of writer.write(ink(stroke(step * 5)))) {
        if (step % 3 !== 0) seen = reader.read(payload);
      }
    }
    for (const payload of writer.write(ink(stroke(155)))) seen = reader.read(payload);
    expect(pointsOf(seen)).toEqual(stroke(155));
  });

  it("begins again when it is another line than before", () => {
    const [writer, reader] = [new PreviewWriter(), new PreviewReader()];
    for (const payload of writer.write(ink(stroke(40)))) reader.read(payload);
    let seen: Preview | null = null;
    for (const payload of writer.write(ink(stroke(20, 5)))) seen = reader.read(payload);
    expect(pointsOf(seen)).toEqual(stroke(20, 5));
  });

  it("is split when it is long", () => {
    const [writer, reader] = [new PreviewWriter(), new PreviewReader()];
    const payloads = writer.write(ink(stroke(4_000)));
    expect(payloads.length).toBeGreaterThan(2);
    let seen: Preview | null = null;
    for (const payload of payloads) {
      expect(payload.length).toBeLessThanOrEqual(PAYLOAD_BYTES);
      seen = reader.read(payload);
    }
    expect(pointsOf(seen)).toEqual(stroke(4_000));
  });
});

describe("everything else", () => {
  it("is sent whole", () => {
    for (const { text, ...draft } of DRAFTS) {
      const preview: Preview = { kind: "draft", draft: draft as Draft, ...(text ? { text } : {}) };
      const [payload = new Uint8Array()] = new PreviewWriter().write(preview);
      expect(new PreviewReader().read(payload)).toEqual(preview);
    }
    const move: Preview = { kind: "move", ids: ["1-1", "1-2"], m: [1, 0, 0, 1, 3, 4] };
    const [payload = new Uint8Array()] = new PreviewWriter().write(move);
    expect(new PreviewReader().read(payload)).toEqual(move);
  });

  it("is told in part when it is a great many, and not at all when it cannot be", () => {
    const ids = Array.from({ length: 900 }, (_, n) => `abcdef-${n}`);
    const [payload = new Uint8Array()] = new PreviewWriter().write({
      ...{ kind: "move", ids, m: [1, 0, 0, 1, 0.1, 0.2] },
    } as Preview);
    expect(payload.length).toBeLessThanOrEqual(PAYLOAD_BYTES);
    expect(new PreviewReader().read(payload)).toMatchObject({ ids: ids.slice(0, 120) });
    const note = DRAFTS[8] as Draft;
    const text = "x".repeat(5_000);
    expect(new PreviewWriter().write({ kind: "draft", draft: note, text })).toEqual([]);
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["another version", new Uint8Array([9, 1, 1])],
    ["half a frame", new Uint8Array([1, 200])],
    ["no JSON", new Scribe().byte(2).str("{").done()],
    ["no object", new Scribe().byte(2).json(7).done()],
    [
      "an item there is not",
      new Scribe()
        .byte(2)
        .json({ items: [{ t: "cube" }] })
        .done(),
    ],
    [
      "a style out of range",
      new Scribe()
        .byte(1)
        .json({ t: "pen", w: 1e9 })
        .varuint(0)
        .bytes(pack(stroke(2)))
        .done(),
    ],
    [
      "ids that are none",
      new Scribe()
        .byte(2)
        .json({ ids: [1], m: [] })
        .done(),
    ],
  ])("of %s is passed over", (_, payload) => {
    expect(new PreviewReader().read(payload)).toBeNull();
  });
});

it("a laser comes as its points, a long one in parts", () => {
  const points = Array.from({ length: 1_000 }, (_, n) => ({ x: n * 20, y: 5 - n }));
  const payloads = writeLaser(points);
  for (const payload of payloads) expect(payload.length).toBeLessThanOrEqual(1_024);
  const seen = payloads.flatMap((payload, n) => readLaser(payload).slice(n > 0 ? 1 : 0));
  expect(seen).toEqual(points);
});

import { describe, expect, it } from "vitest";
import golden from "../../../../tests/corpus/redundancy.json";
import { MAX_DEPTH, Packer } from "./packing";

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function packerOf(depth: number): Packer {
  const packer = new Packer();
  packer.depth = depth;
  return packer;
}

/** What the headers of a payload say: [ticks before, bytes] of each earlier frame. */
function headsOf(payload: Uint8Array): [number, number][] {
  const heads: [number, number][] = [];
  for (let at = 0; (payload[at] ?? 0) & 0x80; at += 4) {
    const [b = 0, c = 0, d = 0] = payload.slice(at + 1, at + 4);
    heads.push([(b << 6) | (c >> 2), ((c & 3) << 8) | d]);
  }
  return heads;
}

describe("the payloads the server is tested with too", () => {
  it.each(golden.cases)("$about", ({ depth, frames, payloads, packed: ours }) => {
    const packer = packerOf(depth);
    const packed = frames.map(([timestamp, data]) =>
      hexOf(packer.pack({ timestamp: Number(timestamp), data: bytesOf(String(data)) }, 100)),
    );
    expect(packed.slice(-3)).toEqual(ours ?? payloads);
  });
});

it("takes more and fewer frames along from one to the next", () => {
  const packer = packerOf(1);
  const depths = [1, 1, 5, 17, 0, 2];
  const found = depths.map((depth, at) => {
    packer.depth = depth;
    return headsOf(packer.pack({ timestamp: at * 960, data: bytesOf("0102") }, 100)).length;
  });
  expect(found).toEqual([0, 1, 2, 3, 0, 2]);
});

it("never takes more than can be said, whatever is asked for", () => {
  const packer = packerOf(99);
  let last = new Uint8Array(0);
  for (let at = 0; at < 40; at += 1) {
    last = packer.pack({ timestamp: at * 480, data: bytesOf("00") }, 100);
  }
  expect(headsOf(last)).toHaveLength(MAX_DEPTH);
});

it("keeps the place of a frame that is too long with an empty block", () => {
  const packer = packerOf(3);
  packer.pack({ timestamp: 0, data: new Uint8Array(4) }, 100);
  packer.pack({ timestamp: 960, data: new Uint8Array(1_024) }, 100);
  const payload = packer.pack({ timestamp: 1_920, data: new Uint8Array(6) }, 100);
  expect(headsOf(payload)).toEqual([
    [1_920, 4],
    [960, 0],
  ]);
  expect(payload).toHaveLength(4 + 4 + 1 + 4 + 6);
});

it("sends a frame alone that leaves no room", () => {
  const packer = packerOf(17);
  packer.pack({ timestamp: 0, data: new Uint8Array(100) }, 100);
  const payload = packer.pack({ timestamp: 960, data: new Uint8Array(1_200) }, 100);
  expect(payload).toHaveLength(1_201);
  expect(payload[0]).toBe(100);
});

it("begins anew after a frame that never left", () => {
  const packer = packerOf(17);
  packer.pack({ timestamp: 0, data: bytesOf("01") }, 100);
  packer.forget();
  expect(headsOf(packer.pack({ timestamp: 960, data: bytesOf("02") }, 100))).toEqual([]);
  expect(headsOf(packer.pack({ timestamp: 1_920, data: bytesOf("03") }, 100))).toEqual([[960, 1]]);
});

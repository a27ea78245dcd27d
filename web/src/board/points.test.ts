import { describe, expect, it } from "vitest";
import golden from "../../../tests/corpus/strokes.json";
import { isPacked, PACKED_BYTES, pack, splitLong, unpack } from "./points";
import { bytes, hex } from "./testing/hex";

describe("packed points", () => {
  it.each([
    { points: [], packed: "01" },
    { points: [[0, 0, 0]], packed: "01000000" },
    // 8 -> 16, -8 -> 15, 255 -> 510 = fe 03
    { points: [[1, -1, 255]], packed: "01100ffe03" },
    // then 1/8 -> 1 -> 2, 0 -> 0, -255 -> 509 = fd 03
    {
      points: [
        [1, -1, 255],
        [1.125, -1, 0],
      ],
      packed: "01100ffe030200fd03",
    },
    // 1e6 * 8 = 8e6 -> 16e6 = 80 c8 d0 07
    { points: [[1e6, -1e6, 1]], packed: "0180c8d007ffc7d00702" },
  ])("are the same bytes everywhere: $packed", ({ points, packed }) => {
    const list = points.map(([x = 0, y = 0, p = 0]) => ({ x, y, p }));
    expect(hex(pack(list))).toBe(packed);
    expect(unpack(bytes(packed))).toEqual(list);
  });

  it.each(golden)("are the server's: $name", ({ points, packed }) => {
    const list = points.map(([x = 0, y = 0, p = 0]) => ({ x, y, p }));
    expect(hex(pack(list))).toBe(packed);
    expect(unpack(bytes(packed))).toEqual(list);
    expect(isPacked(bytes(packed))).toBe(true);
  });

  it("are rounded to an eighth and kept within reach", () => {
    const rough = [
      { x: 1.06, y: 3e6, p: 300 },
      { x: Number.NaN, y: -3e6, p: -4 },
    ];
    expect(unpack(pack(rough))).toEqual([
      { x: 1, y: 1e6, p: 255 },
      { x: 0, y: -1e6, p: 0 },
    ]);
  });

  it("are read once per array", () => {
    const d = pack([{ x: 1, y: 2, p: 3 }]);
    expect(unpack(d)).toBe(unpack(d));
  });

  it("of broken bytes give what could be read", () => {
    const whole = pack([
      { x: 1, y: 2, p: 3 },
      { x: 500, y: 2, p: 3 },
    ]);
    for (let length = 0; length < whole.length; length += 1) {
      const part = whole.slice(0, length);
      expect(unpack(part).length).toBeLessThan(2);
      expect(isPacked(part)).toBe(length === 4);
    }
    expect(isPacked(whole)).toBe(true);
    expect(isPacked(bytes("02000000"))).toBe(false);
    expect(isPacked(bytes("01ffffffffffff000000"))).toBe(false);
    // Out of reach, and a pressure of 256.
    expect(isPacked(bytes("0180d0ac f30e0000".replace(" ", "")))).toBe(false);
    expect(isPacked(bytes("010000 8004".replace(" ", "")))).toBe(false);
  });
});

describe("a long stroke", () => {
  it("is split into pieces that fit and touch", () => {
    const points = Array.from({ length: 20_000 }, (_, n) => ({
      x: (n * 7_919) % 3_000,
      y: (n * 104_729) % 2_000,
      p: n % 256,
    }));
    const pieces = splitLong(points);
    expect(pieces.length).toBeGreaterThan(1);
    for (const [n, piece] of pieces.entries()) {
      expect(pack(piece).length).toBeLessThanOrEqual(PACKED_BYTES);
      if (n > 0) expect(piece[0]).toEqual(pieces[n - 1]?.at(-1));
    }
    expect(pieces.flatMap((piece, n) => (n > 0 ? piece.slice(1) : piece))).toEqual(points);
  });

  it("stays whole when it fits", () => {
    const points = [{ x: 0, y: 0, p: 1 }];
    expect(splitLong(points)).toEqual([points]);
    expect(splitLong([])).toEqual([]);
  });
});

it("pressures that add up beyond what there is are pulled back when read", () => {
  // Version, x 0, y 0, then pressures 200 and 200 more.
  const packed = new Uint8Array([1, 0, 0, 0x90, 3, 0, 0, 0x90, 3]);
  expect(unpack(packed).map((point) => point.p)).toEqual([200, 255]);
  expect(isPacked(packed)).toBe(false);
});

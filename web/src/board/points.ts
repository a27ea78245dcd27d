/**
 * Ink points and their packed form: byte 0 is the version, then per point three zigzag varints, the
 * differences of x*8, y*8 and pressure. A long stroke is split, since one item holds 16 kB at most.
 */
import type { InkPoint } from "./model";

export const PACKED_BYTES = 16_384;
const VERSION = 1;
const STEPS = 8;
const REACH = 1e6;
/** Three varints of five bytes: no point takes more. */
const POINT_BYTES = 15;

const unpacked = new WeakMap<Uint8Array, InkPoint[]>();

/** Rounded to 1/8 unit; anything outside of the board's reach is pulled back to its edge. */
export function pack(points: readonly InkPoint[]): Uint8Array {
  const bytes = new Uint8Array(1 + points.length * POINT_BYTES);
  bytes[0] = VERSION;
  const packer = { bytes, at: 1, x: 0, y: 0, p: 0 };
  for (const point of points) writePoint(packer, point);
  return bytes.slice(0, packer.at);
}

/** The points, read once per array. Of broken bytes whatever could be read. */
export function unpack(d: Uint8Array): InkPoint[] {
  const known = unpacked.get(d);
  if (known) return known;
  const points = readPoints(d, true).points;
  unpacked.set(d, points);
  return points;
}

/** Whether these are packed points as the server takes them: at least one, nothing left over. */
export function isPacked(d: Uint8Array): boolean {
  if (d.length > PACKED_BYTES) return false;
  const { points, isWhole } = readPoints(d, false);
  if (!isWhole || points.length === 0) return false;
  return points.every(
    ({ x, y, p }) => Math.abs(x) <= REACH && Math.abs(y) <= REACH && p >= 0 && p <= 255,
  );
}

/** Pieces that fit into an item each; neighbours share a point, so that no gap is seen. */
export function splitLong(points: readonly InkPoint[], limit = PACKED_BYTES): InkPoint[][] {
  const pieces: InkPoint[][] = [];
  const scratch = { bytes: new Uint8Array(POINT_BYTES), at: 0, x: 0, y: 0, p: 0 };
  let piece: InkPoint[] = [];
  let size = 1;
  const add = (point: InkPoint) => {
    scratch.at = 0;
    writePoint(scratch, point);
    size += scratch.at;
    piece.push(point);
  };
  for (const point of points) {
    if (size + POINT_BYTES > limit) {
      const joint = piece.at(-1);
      pieces.push(piece);
      piece = [];
      size = 1;
      Object.assign(scratch, { x: 0, y: 0, p: 0 });
      if (joint) add(joint);
    }
    add(point);
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

interface Packer {
  bytes: Uint8Array;
  at: number;
  x: number;
  y: number;
  p: number;
}

function writePoint(packer: Packer, point: InkPoint): void {
  const x = Math.round(within(point.x, -REACH, REACH) * STEPS);
  const y = Math.round(within(point.y, -REACH, REACH) * STEPS);
  const p = Math.round(within(point.p, 0, 255));
  writeVarint(packer, x - packer.x);
  writeVarint(packer, y - packer.y);
  writeVarint(packer, p - packer.p);
  packer.x = x;
  packer.y = y;
  packer.p = p;
}

function within(value: number, low: number, high: number): number {
  return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : 0;
}

function writeVarint(packer: Packer, value: number): void {
  let rest = value >= 0 ? value * 2 : -value * 2 - 1;
  while (rest > 0x7f) {
    packer.bytes[packer.at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  packer.bytes[packer.at++] = rest;
}

/** The server does not add pressures up, so a reader `clamps` them; a checker does not. */
function readPoints(d: Uint8Array, clamps: boolean): { points: InkPoint[]; isWhole: boolean } {
  const points: InkPoint[] = [];
  if (d[0] !== VERSION) return { points, isWhole: false };
  const now = [0, 0, 0];
  let field = 0;
  let at = 1;
  while (at < d.length) {
    let value = 0;
    let scale = 1;
    let byte = 0x80;
    while (byte > 0x7f && scale <= 2 ** 28) {
      const next = d[at++];
      if (next === undefined) return { points, isWhole: false };
      byte = next;
      value += (byte & 0x7f) * scale;
      scale *= 128;
    }
    if (byte > 0x7f) return { points, isWhole: false };
    now[field] = (now[field] ?? 0) + (value % 2 === 0 ? value / 2 : -(value + 1) / 2);
    field += 1;
    if (field === 3) {
      field = 0;
      const [x = 0, y = 0, p = 0] = now;
      points.push({ x: x / STEPS, y: y / STEPS, p: clamps ? within(p, 0, 255) : p });
    }
  }
  return { points, isWhole: field === 0 };
}

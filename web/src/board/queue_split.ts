/**
 * Splits an update of Yjs (v1) that is too large for one message into several that follow each
 * other: the same structs in the same order, and the deletions with the last one.
 */
import * as Y from "yjs";

type Struct = ReturnType<typeof Y.decodeUpdate>["structs"][number];
/** What surrounds the structs of one part: counts, client, clock. */
const FRAME_BYTES = 64;

/** The update itself when it fits. Throws where one single struct is larger than the limit. */
export function splitUpdate(update: Uint8Array, limit: number): Uint8Array[] {
  if (update.length <= limit) return [update];
  const { structs, ds } = Y.decodeUpdate(update);
  const groups: Struct[][] = [];
  let group: Struct[] = [];
  let size = FRAME_BYTES;
  for (const struct of structs) {
    const bytes = sizeOf(struct);
    const client = group[0]?.id.client ?? struct.id.client;
    if (group.length > 0 && (size + bytes > limit || client !== struct.id.client)) {
      groups.push(group);
      group = [];
      size = FRAME_BYTES;
    }
    group.push(struct);
    size += bytes;
  }
  const deletions = deletionsOf(ds);
  if (group.length > 0 && size + deletions.length <= limit) {
    groups.push(group);
    return groups.map((structs, n) =>
      write(structs, n === groups.length - 1 ? deletions : NOTHING),
    );
  }
  if (group.length > 0) groups.push(group);
  return [...groups.map((structs) => write(structs, NOTHING)), ...deletionParts(ds, limit)];
}

/** Whether a vector covers all that an update writes, and the update erases nothing. */
export function isCovered(update: Uint8Array, vector: ReadonlyMap<number, number>): boolean {
  const { structs, ds } = Y.decodeUpdate(update);
  if (ds.clients.size > 0) return false;
  return structs.every(({ id, length }) => id.clock + length <= (vector.get(id.client) ?? 0));
}

/** First clock that an update writes of a client, or null. */
export function firstClock(update: Uint8Array, client: number): number | null {
  return Y.parseUpdateMeta(update).from.get(client) ?? null;
}

const NOTHING = new Uint8Array([0]);
type Deletions = ReturnType<typeof Y.decodeUpdate>["ds"];

function sizeOf(struct: Struct): number {
  const encoder = new Y.UpdateEncoderV1();
  struct.write(encoder, 0);
  return encoder.toUint8Array().length;
}

function write(structs: readonly Struct[], deletions: Uint8Array): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const first = structs[0];
  encoder.writeLen(first ? 1 : 0);
  if (first) {
    encoder.writeLen(structs.length);
    encoder.writeClient(first.id.client);
    encoder.writeLen(first.id.clock);
    for (const struct of structs) struct.write(encoder, 0);
  }
  const head = encoder.toUint8Array();
  const whole = new Uint8Array(head.length + deletions.length);
  whole.set(head);
  whole.set(deletions, head.length);
  return whole;
}

function deletionsOf(ds: Deletions): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  encoder.writeLen(ds.clients.size);
  for (const [client, ranges] of ds.clients) {
    encoder.writeClient(client);
    encoder.writeLen(ranges.length);
    for (const { clock, len } of ranges) {
      encoder.writeLen(clock);
      encoder.writeLen(len);
    }
  }
  return encoder.toUint8Array();
}

/** Deletions alone, in parts of so many ranges that each surely fits. */
function deletionParts(ds: Deletions, limit: number): Uint8Array[] {
  const most = Math.max(1, Math.floor((limit - FRAME_BYTES) / 10));
  const parts: Uint8Array[] = [];
  for (const [client, ranges] of ds.clients) {
    for (let at = 0; at < ranges.length; at += most) {
      const part = { clients: new Map([[client, ranges.slice(at, at + most)]]) };
      parts.push(write([], deletionsOf(part as Deletions)));
    }
  }
  return parts;
}

/**
 * Sound that carries its own past: each payload holds the frames before it too, in the form of
 * RFC 2198 (`media/wire/red.py`), but for offsets that begin anew beyond what its 14 bits can say:
 * the server alone reads these (`media/repair/redundancy.py`), and tells them by their order.
 * `tests/corpus/redundancy.json` holds both to it. Pure.
 */

/** As many blocks as receivers take, and a word of advice can ask for. */
export const MAX_DEPTH = 31;
/** Bytes of the whole payload, so that it passes every network. */
const MAX_BYTES = 1_100;
/** Ticks of the RTP clock: 14 bits, 17 frames of 20 ms. What is further back begins anew. */
const MAX_OFFSET = 16_383;
/** Of the oldest frame; the server takes no more. */
const MAX_REACH = 32_767;
/** Bytes of an earlier frame: 10 bits. */
const MAX_LENGTH = 1_023;
const HEADER_BYTES = 4;
const FOLLOWED = 0x80;

export interface Frame {
  /** Of RTP, 32 bits. */
  timestamp: number;
  data: Uint8Array<ArrayBuffer>;
}

interface Block {
  offset: number;
  data: Uint8Array<ArrayBuffer>;
}

const NOTHING = new Uint8Array(0);

/** The frames sent last, and how they go along with the next one. */
export class Packer {
  /** How many earlier frames go with each, 0..31. */
  depth = 0;
  /** Newest first. */
  readonly #sent: Frame[] = [];

  /** The payload for a frame. Frames are given in the order they are sent, one to a packet. */
  pack(frame: Frame, payloadType: number): Uint8Array<ArrayBuffer> {
    const payload = write(this.#earlier(frame), frame.data, payloadType & 0x7f);
    this.#sent.unshift({ timestamp: frame.timestamp, data: frame.data.slice() });
    if (this.#sent.length > MAX_DEPTH) this.#sent.length = MAX_DEPTH;
    return payload;
  }

  /** What was sent so far goes along with nothing more. */
  forget(): void {
    this.#sent.length = 0;
  }

  /** Oldest first. A block's place says which packet its frame was sent in, so none is left out. */
  #earlier(frame: Frame): Block[] {
    const blocks: Block[] = [];
    let room = MAX_BYTES - 1 - frame.data.length;
    let before = 0;
    for (const { timestamp, data } of this.#sent.slice(0, Math.min(this.depth, MAX_DEPTH))) {
      const offset = (frame.timestamp - timestamp) >>> 0;
      // One that is too long goes as an empty block, which keeps the places of those before it.
      const block = { offset, data: data.length > MAX_LENGTH ? NOTHING : data };
      room -= HEADER_BYTES + block.data.length;
      const further = offset - before;
      if (further <= 0 || further > MAX_OFFSET || offset > MAX_REACH || room < 0) break;
      before = offset;
      blocks.unshift(block);
    }
    return blocks;
  }
}

function write(
  blocks: readonly Block[],
  primary: Uint8Array<ArrayBuffer>,
  payloadType: number,
): Uint8Array<ArrayBuffer> {
  const held = blocks.reduce((sum, one) => sum + HEADER_BYTES + one.data.length, 0);
  const payload = new Uint8Array(held + 1 + primary.length);
  const view = new DataView(payload.buffer);
  let at = 0;
  for (const { offset, data } of blocks) {
    view.setUint8(at, FOLLOWED | payloadType);
    // 14 bits of offset, 10 of length.
    view.setUint16(at + 1, ((offset & MAX_OFFSET) << 2) | (data.length >> 8));
    view.setUint8(at + 3, data.length & 0xff);
    at += HEADER_BYTES;
  }
  payload[at] = payloadType;
  at += 1;
  for (const { data } of blocks) {
    payload.set(data, at);
    at += data.length;
  }
  payload.set(primary, at);
  return payload;
}

import { describe, expect, it } from "vitest";
import golden from "../../../tests/corpus/frames.json";
import { FrameFault } from "./frame_bytes";
import {
  decodeToClient,
  decodeToServer,
  encodeToClient,
  encodeToServer,
  type ToClient,
  type ToServer,
} from "./frames";
import { bytes, hex } from "./testing/hex";

const LONG = Uint8Array.from({ length: 200 }, (_, n) => n);
const rect = { x: -64, y: 63, w: 1280, h: 720 };
const payload = bytes("01616263");

/** What the golden bytes say, in our words. */
const CLIENT: Record<keyof typeof golden.client, ToServer> = {
  hello: { type: "hello", ticket: "ticket-ü" },
  open: {
    ...{ type: "open", channel: 15, docId: "b/p/12", clientId: 4294967295 },
    ...{ vector: bytes("0102"), mode: "write" },
  } as ToServer,
  "open to look": {
    ...{ type: "open", channel: 0, docId: "b/p/0", clientId: 1 },
    ...{ vector: bytes(""), mode: "look" },
  } as ToServer,
  close: { type: "close", channel: 3 },
  update: { type: "update", channel: 1, no: 300, update: LONG },
  live: { type: "live", channel: 1, key: "1-a", isEnd: false, payload },
  "live end": { type: "live", channel: 1, key: "1-a", isEnd: true, payload: bytes("") },
  cursor: { type: "cursor", channel: 2, isHidden: false, x: -1000000, y: 640 },
  "cursor hidden": { type: "cursor", channel: 2, isHidden: true, x: 0, y: 0 },
  laser: { type: "laser", channel: 2, payload: bytes("0102") },
  view: { type: "view", pageId: "p", rect },
  ping: { type: "ping", n: 128 },
};
const SERVER: Record<keyof typeof golden.server, ToClient> = {
  welcome: { type: "welcome", peer: 7, author: "anna" },
  state: {
    ...{ type: "state", channel: 1, seq: 70000, pen: "all", isDeflated: false },
    ...{ vector: bytes("00"), update: bytes("0000") },
  } as ToClient,
  "state deflated": {
    ...{ type: "state", channel: 1, seq: 1, pen: "own", isDeflated: true },
    ...{ vector: bytes("00"), update: bytes("63600000") },
  } as ToClient,
  refused: { type: "refused", channel: 1, code: "page.unknown" },
  ack: { type: "ack", channel: 1, no: 300, seq: 70001 },
  apply: { type: "apply", channel: 1, seq: 2, peer: 9, update: LONG },
  deny: { type: "deny", channel: 1, no: 5, code: "pen.missing" },
  live: { type: "live", channel: 1, peer: 9, key: "1-a", isEnd: false, payload },
  cursor: { type: "cursor", channel: 1, peer: 9, isHidden: false, x: -1, y: 1 },
  laser: { type: "laser", channel: 1, peer: 9, payload: bytes("0102") },
  view: { type: "view", peer: 9, pageId: "p", rect },
  pen: { type: "pen", channel: 1, pen: "none" },
  gone: { type: "gone", channel: 1 },
  peers: {
    type: "peers",
    peers: [{ peer: 9, participantId: "x", name: "Anné 王", author: "anna" }],
  },
  authors: { type: "authors", channel: 1, names: { anna: "Anné 王" } },
  pong: { type: "pong", n: 128 },
  fault: { type: "fault", code: "board.not_saved" },
};
/** Python escapes what is not ASCII in JSON; both spellings mean the same. */
const SPELT_OTHERWISE = new Set(["peers", "authors"]);

describe("frames", () => {
  it.each(Object.entries(golden.client))("of a client are the server's: %s", (name, written) => {
    const frame = CLIENT[name as keyof typeof CLIENT];
    expect(hex(encodeToServer(frame))).toBe(written);
    expect(decodeToServer(bytes(written))).toEqual([frame]);
  });

  it.each(Object.entries(golden.server))("of the server are understood: %s", (name, written) => {
    const frame = SERVER[name as keyof typeof SERVER];
    expect(decodeToClient(bytes(written))).toEqual([frame]);
    expect(decodeToClient(encodeToClient(frame))).toEqual([frame]);
    if (!SPELT_OTHERWISE.has(name)) expect(hex(encodeToClient(frame))).toBe(written);
  });

  it("come several in one message, and unknown ones are passed over", () => {
    const message = bytes("020f05" + "03630102" + "020f06");
    expect(decodeToClient(message)).toEqual([
      { type: "pong", n: 5 },
      { type: "pong", n: 6 },
    ]);
  });

  it.each(Object.entries(golden.server))("cut short are refused: %s", (_, written) => {
    const whole = bytes(written);
    for (let length = 1; length < Math.min(whole.length, 40); length += 1) {
      expect(() => decodeToClient(whole.slice(0, length))).toThrow(FrameFault);
    }
  });

  it.each([
    ["a number of more than 32 bits", "060fffffffff1f"],
    ["a number without end", "080f80808080808001"],
    ["bytes left over", "030f0500"],
    ["a pen there is not", "030b0103"],
    ["text that is not UTF-8", "031001ff"],
    ["no JSON", "030d0178"],
    ["peers that are no list", "040d027b7d"],
    ["a welcome without a name", "0401027b7d"],
    ["names that are no object", "040e010130"],
  ])("with %s are refused", (_, written) => {
    expect(() => decodeToClient(bytes(written))).toThrow(FrameFault);
  });
});

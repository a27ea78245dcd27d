/**
 * The frames of the board's socket as values, and back. A frame is a varuint length, a type byte and
 * a body; a message is one frame or more. `docs/board_protocol.md` has the table.
 */

import { Cursor, FrameFault, Scribe } from "./frame_bytes";
import type { Peer, Pen, Rect } from "./model";

export type PageMode = "look" | "write";

export type ToServer =
  | { type: "hello"; ticket: string }
  | {
      type: "open";
      channel: number;
      docId: string;
      clientId: number;
      vector: Uint8Array;
      mode: PageMode;
    }
  | { type: "close"; channel: number }
  | { type: "update"; channel: number; no: number; update: Uint8Array }
  | { type: "live"; channel: number; key: string; isEnd: boolean; payload: Uint8Array }
  | { type: "cursor"; channel: number; isHidden: boolean; x: number; y: number }
  | { type: "laser"; channel: number; payload: Uint8Array }
  | { type: "view"; pageId: string; rect: Rect }
  | { type: "ping"; n: number };

export type ToClient =
  | { type: "welcome"; peer: number; author: string }
  | {
      type: "state";
      channel: number;
      seq: number;
      pen: Pen;
      isDeflated: boolean;
      vector: Uint8Array;
      update: Uint8Array;
    }
  | { type: "refused"; channel: number; code: string }
  | { type: "ack"; channel: number; no: number; seq: number }
  | { type: "apply"; channel: number; seq: number; peer: number; update: Uint8Array }
  | { type: "deny"; channel: number; no: number; code: string }
  | {
      type: "live";
      channel: number;
      peer: number;
      key: string;
      isEnd: boolean;
      payload: Uint8Array;
    }
  | { type: "cursor"; channel: number; peer: number; isHidden: boolean; x: number; y: number }
  | { type: "laser"; channel: number; peer: number; payload: Uint8Array }
  | { type: "view"; peer: number; pageId: string; rect: Rect }
  | { type: "pen"; channel: number; pen: Pen }
  | { type: "gone"; channel: number }
  | { type: "peers"; peers: readonly Peer[] }
  | { type: "authors"; channel: number; names: Readonly<Record<string, string>> }
  | { type: "pong"; n: number }
  | { type: "fault"; code: string };

const PENS: readonly Pen[] = ["none", "own", "all"];
const MODES: readonly PageMode[] = ["look", "write"];
const DEFLATED = 1;

export function encodeToServer(frame: ToServer): Uint8Array {
  const out = new Scribe();
  switch (frame.type) {
    case "hello":
      return out.byte(1).str(frame.ticket).frame();
    case "open":
      out.byte(2).varuint(frame.channel).str(frame.docId).varuint(frame.clientId);
      return out.bytes(frame.vector).varuint(MODES.indexOf(frame.mode)).frame();
    case "close":
      return out.byte(3).varuint(frame.channel).frame();
    case "update":
      return out.byte(4).varuint(frame.channel).varuint(frame.no).bytes(frame.update).frame();
    case "live":
      out
        .byte(5)
        .varuint(frame.channel)
        .str(frame.key)
        .byte(frame.isEnd ? 1 : 0);
      return out.bytes(frame.payload).frame();
    case "cursor":
      out
        .byte(6)
        .varuint(frame.channel)
        .byte(frame.isHidden ? 1 : 0);
      return out.varint(frame.x).varint(frame.y).frame();
    case "laser":
      return out.byte(7).varuint(frame.channel).bytes(frame.payload).frame();
    case "view":
      return out.byte(8).str(frame.pageId).rect(frame.rect).frame();
    case "ping":
      return out.byte(9).varuint(frame.n).frame();
  }
}

export function decodeToServer(message: Uint8Array): ToServer[] {
  return decodeAll(message, readToServer);
}

export function encodeToClient(frame: ToClient): Uint8Array {
  const out = new Scribe();
  switch (frame.type) {
    case "welcome":
      return out.byte(1).json({ peer: frame.peer, author: frame.author }).frame();
    case "state":
      out.byte(2).varuint(frame.channel).varuint(frame.seq).byte(PENS.indexOf(frame.pen));
      out.byte(frame.isDeflated ? DEFLATED : 0).bytes(frame.vector);
      return out.bytes(frame.update).frame();
    case "refused":
      return out.byte(3).varuint(frame.channel).str(frame.code).frame();
    case "ack":
      return out.byte(4).varuint(frame.channel).varuint(frame.no).varuint(frame.seq).frame();
    case "apply":
      out.byte(5).varuint(frame.channel).varuint(frame.seq).varuint(frame.peer);
      return out.bytes(frame.update).frame();
    case "deny":
      return out.byte(6).varuint(frame.channel).varuint(frame.no).str(frame.code).frame();
    case "live":
      out.byte(7).varuint(frame.channel).varuint(frame.peer).str(frame.key);
      return out
        .byte(frame.isEnd ? 1 : 0)
        .bytes(frame.payload)
        .frame();
    case "cursor":
      out
        .byte(8)
        .varuint(frame.channel)
        .varuint(frame.peer)
        .byte(frame.isHidden ? 1 : 0);
      return out.varint(frame.x).varint(frame.y).frame();
    case "laser":
      return out.byte(9).varuint(frame.channel).varuint(frame.peer).bytes(frame.payload).frame();
    case "view":
      return out.byte(10).varuint(frame.peer).str(frame.pageId).rect(frame.rect).frame();
    case "pen":
      return out.byte(11).varuint(frame.channel).byte(PENS.indexOf(frame.pen)).frame();
    case "gone":
      return out.byte(12).varuint(frame.channel).frame();
    case "peers":
      return out.byte(13).json(frame.peers.map(peerOnWire)).frame();
    case "authors":
      return out.byte(14).varuint(frame.channel).json(frame.names).frame();
    case "pong":
      return out.byte(15).varuint(frame.n).frame();
    case "fault":
      return out.byte(16).str(frame.code).frame();
  }
}

/** Frames of a type that we do not know are passed over: the server may be newer than the page. */
export function decodeToClient(message: Uint8Array): ToClient[] {
  return decodeAll(message, readToClient);
}

function decodeAll<T>(message: Uint8Array, read: (body: Cursor) => T | null): T[] {
  const frames: T[] = [];
  const all = new Cursor(message);
  while (!all.isAtEnd()) {
    const body = new Cursor(all.bytes());
    const frame = read(body);
    if (frame === null) continue;
    if (!body.isAtEnd()) throw new FrameFault("bytes left over");
    frames.push(frame);
  }
  return frames;
}

function readToServer(body: Cursor): ToServer | null {
  const type = body.byte();
  if (type === 1) return { type: "hello", ticket: body.str() };
  if (type === 8) return { type: "view", pageId: body.str(), rect: body.rect() };
  if (type === 9) return { type: "ping", n: body.varuint() };
  if (type < 2 || type > 9) return null;
  const channel = body.varuint();
  switch (type) {
    case 2: {
      const [docId, clientId, vector] = [body.str(), body.varuint(), body.bytes()];
      return { type: "open", channel, docId, clientId, vector, mode: oneOf(MODES, body.varuint()) };
    }
    case 3:
      return { type: "close", channel };
    case 4:
      return { type: "update", channel, no: body.varuint(), update: body.bytes() };
    case 5:
      return {
        ...{ type: "live", channel, key: body.str() },
        ...{ isEnd: body.flag(), payload: body.bytes() },
      } as ToServer;
    case 6:
      return { type: "cursor", channel, isHidden: body.flag(), x: body.varint(), y: body.varint() };
    default:
      return { type: "laser", channel, payload: body.bytes() };
  }
}

function readToClient(body: Cursor): ToClient | null {
  const type = body.byte();
  switch (type) {
    case 1:
      return readWelcome(body.json());
    case 10:
      return { type: "view", peer: body.varuint(), pageId: body.str(), rect: body.rect() };
    case 13:
      return { type: "peers", peers: readPeers(body.json()) };
    case 15:
      return { type: "pong", n: body.varuint() };
    case 16:
      return { type: "fault", code: body.str() };
    default:
      return type >= 2 && type <= 14 ? readOfChannel(type, body.varuint(), body) : null;
  }
}

function readOfChannel(type: number, channel: number, body: Cursor): ToClient | null {
  switch (type) {
    case 2:
      return readState(channel, body);
    case 3:
      return { type: "refused", channel, code: body.str() };
    case 4:
      return { type: "ack", channel, no: body.varuint(), seq: body.varuint() };
    case 6:
      return { type: "deny", channel, no: body.varuint(), code: body.str() };
    case 11:
      return { type: "pen", channel, pen: oneOf(PENS, body.byte()) };
    case 12:
      return { type: "gone", channel };
    case 14:
      return { type: "authors", channel, names: readNames(body.json()) };
    default:
      return readOfPeer(type, channel, body);
  }
}

function readOfPeer(type: number, channel: number, body: Cursor): ToClient | null {
  if (type === 5) {
    const seq = body.varuint();
    return { type: "apply", channel, seq, peer: body.varuint(), update: body.bytes() };
  }
  const peer = body.varuint();
  if (type === 7) {
    const [key, isEnd] = [body.str(), body.flag()];
    return { type: "live", channel, peer, key, isEnd, payload: body.bytes() };
  }
  if (type === 8) {
    const isHidden = body.flag();
    return { type: "cursor", channel, peer, isHidden, x: body.varint(), y: body.varint() };
  }
  return { type: "laser", channel, peer, payload: body.bytes() };
}

function readState(channel: number, body: Cursor): ToClient {
  const seq = body.varuint();
  const pen = oneOf(PENS, body.byte());
  const isDeflated = (body.byte() & DEFLATED) !== 0;
  const vector = body.bytes();
  return { type: "state", channel, seq, pen, isDeflated, vector, update: body.bytes() };
}

function readWelcome(value: unknown): ToClient {
  const { peer, author } = record(value);
  if (typeof peer !== "number" || typeof author !== "string") throw new FrameFault("welcome");
  return { type: "welcome", peer, author };
}

function readPeers(value: unknown): Peer[] {
  if (!Array.isArray(value)) throw new FrameFault("peers");
  return value.map((entry) => {
    const { peer, participant_id: participantId, name, author } = record(entry);
    if (typeof peer !== "number" || typeof author !== "string") throw new FrameFault("peer");
    return { peer, participantId: String(participantId), name: String(name), author };
  });
}

function peerOnWire({ peer, participantId, name, author }: Peer): object {
  return { peer, participant_id: participantId, name, author };
}

function readNames(value: unknown): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [author, name] of Object.entries(record(value))) names[author] = String(name);
  return names;
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw new FrameFault("not an object");
  return value as Record<string, unknown>;
}

function oneOf<T>(values: readonly T[], n: number): T {
  const value = values[n];
  if (value === undefined) throw new FrameFault("out of range");
  return value;
}

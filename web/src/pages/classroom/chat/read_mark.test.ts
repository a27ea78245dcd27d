import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { EMPTY_ROOM, type RoomState } from "../../../room/state";
import type { ChatMessage } from "../../../wire/messages";
import { readMark } from "./read_mark";

function lines(count: number, from = "wu"): ChatMessage[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `m${at + 1}`,
    participant_id: from,
    name: from,
    role: "host" as const,
    text: "hi",
    at: "2026-03-10T10:00:00Z",
    client_id: `c${at}`,
    to: "room",
    reply_to: "",
    reactions: [],
    is_deleted: false,
    files: [],
  }));
}

const room = (count: number, lessonId = "l1"): RoomState => ({
  ...EMPTY_ROOM,
  selfId: "li",
  lessonId,
  chat: lines(count),
});

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => void vi.unstubAllGlobals());

it("counts what came since the chat was open, and begins its line there", () => {
  const state = signal(room(2));
  const open = signal(false);
  const read = readMark(state, () => open.value);
  expect(read.unread.value).toBe(0);
  state.value = room(4);
  expect(read.unread.value).toBe(2);
  open.value = true;
  expect([read.unread.value, read.since()]).toEqual([0, 2]);
  state.value = room(5);
  expect([read.unread.value, read.since()]).toEqual([0, 2]);
});

it("keeps the mark over a refresh, for this lesson alone", () => {
  readMark(signal(room(2)), () => false).unread.value;
  const again = readMark(signal(room(4)), () => false);
  expect(again.unread.value).toBe(2);
  const other = readMark(signal(room(4, "l2")), () => false);
  expect(other.unread.value).toBe(0);
});

it("counts nothing of one's own and nothing that was deleted", () => {
  const state = signal(room(0));
  const read = readMark(state, () => false);
  expect(read.unread.value).toBe(0);
  const own = lines(1, "li");
  const gone = lines(3)
    .slice(1)
    .map((one) => ({ ...one, is_deleted: one.id === "m3" }));
  state.value = { ...room(0), chat: [...own, ...gone] };
  expect(read.unread.value).toBe(1);
});

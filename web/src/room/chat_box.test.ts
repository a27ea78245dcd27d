import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { failure, type Result, success } from "../result";
import type { Refusal } from "../wire/messages";
import type { Request } from "../wire/socket";
import { type Carrier, ChatBox } from "./chat_box";
import { type RoomAction, reduce } from "./reduce";
import { EMPTY_ROOM, type RoomState } from "./state";

type Answer = Result<unknown, Refusal>;

/** Files are up when the test says so. */
class Cart implements Carrier {
  readonly cancelled: string[] = [];
  readonly forgotten: string[] = [];
  readonly renewed: string[] = [];
  up: (files: string[] | null) => void = () => {};

  whenReady(): Promise<string[] | null> {
    return new Promise((resolve) => {
      this.up = resolve;
    });
  }

  cancel(id: string): void {
    this.cancelled.push(id);
    this.up(null);
  }

  renew(ids: readonly string[]): void {
    this.renewed.push(...ids);
  }

  forget(ids: readonly string[]): void {
    this.forgotten.push(...ids);
  }
}

function setUp(answers: Answer[]) {
  const cart = new Cart();
  const sent: { text: string; client_id: string; files?: string[] }[] = [];
  const place = { now: "g1" };
  const room: { state: RoomState } = { state: { ...EMPTY_ROOM, selfId: "me" } };
  const request = (async (_name: string, message: { text: string; client_id: string }) => {
    sent.push(message);
    const answer = answers.shift() ?? success(null);
    return answer.ok ? success(posted(message)) : answer;
  }) as unknown as Request;
  const chat = new ChatBox(
    request,
    (action: RoomAction) => {
      room.state = reduce(room.state, action);
    },
    cart,
    () => place.now,
  );
  return { chat, sent, room, cart, place };
}

function posted(message: { text: string; client_id: string }) {
  return {
    id: `m-${message.client_id}`,
    participant_id: "me",
    name: "me",
    role: "student",
    text: message.text,
    at: "2026-03-10T10:00:00Z",
    client_id: message.client_id,
    to: "room",
    reply_to: "",
    reactions: [],
    is_deleted: false,
    files: [],
  };
}

const refuse = (code: string, params = {}): Answer => failure({ code, params });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("shows a line at once and replaces it by the server's", async () => {
  const { chat, room, sent } = setUp([]);
  chat.write("hello");
  expect(room.state.pending.map((line) => line.text)).toEqual(["hello"]);
  expect(sent[0]?.client_id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  await vi.runAllTimersAsync();
  expect(room.state.pending).toEqual([]);
  expect(room.state.chat.map((line) => line.text)).toEqual(["hello"]);
});

it("keeps a line without a connection and sends it at the next one, under the same name", async () => {
  const { chat, room, sent } = setUp([refuse("wire.away"), refuse("wire.timeout")]);
  chat.write("one");
  chat.write("two");
  await vi.runAllTimersAsync();
  expect(room.state.pending).toHaveLength(2);
  await chat.sendPending(room.state.pending);
  expect(sent.map((one) => one.text)).toEqual(["one", "two", "one", "two"]);
  expect(sent[2]?.client_id).toBe(sent[0]?.client_id);
  expect(room.state.pending).toEqual([]);
});

it("waits when it is too fast, and says so only when that does not help", async () => {
  const slow = refuse("rate.limited", { retry_ms: 500 });
  const { chat, room, sent } = setUp([slow, slow]);
  chat.write("quick");
  await vi.advanceTimersByTimeAsync(999);
  expect(room.state.chat).toEqual([]);
  await vi.advanceTimersByTimeAsync(2);
  expect(sent).toHaveLength(3);
  expect(room.state.chat).toHaveLength(1);
});

it("marks a line that was refused, which can be tried again or dropped", async () => {
  const { chat, room, sent } = setUp([refuse("right.missing"), refuse("right.missing")]);
  chat.write("hello");
  await vi.runAllTimersAsync();
  const line = room.state.pending[0];
  expect(line?.refusal).toBe("right.missing");
  await chat.sendPending(room.state.pending);
  expect(sent).toHaveLength(1);
  if (line) chat.retry(line);
  await vi.runAllTimersAsync();
  expect(sent).toHaveLength(2);
  const second = room.state.pending[0];
  if (second) chat.drop(second);
  expect(room.state.pending).toEqual([]);
});

it("fetches earlier lines once at a time, until there are none", async () => {
  const pages: Answer[] = [
    success({ messages: [{ ...posted({ text: "b", client_id: "c" }), id: "m2" }], has_more: true }),
    refuse("server.busy"),
    success({
      messages: [{ ...posted({ text: "a", client_id: "d" }), id: "m1" }],
      has_more: false,
    }),
  ];
  const asked: unknown[] = [];
  let state: RoomState = EMPTY_ROOM;
  const request = (async (_name: string, payload: unknown) => {
    asked.push(payload);
    return pages.shift();
  }) as unknown as Request;
  const apply = (action: RoomAction) => {
    state = reduce(state, action);
  };
  const chat = new ChatBox(request, apply, new Cart(), () => "");
  await Promise.all([chat.loadEarlier("m3"), chat.loadEarlier("m3")]);
  expect(asked).toEqual([{ before: "m3", limit: 50 }]);
  await chat.loadEarlier("m2");
  expect(chat.earlier.value).toBe("unknown");
  await chat.loadEarlier("m2");
  expect(chat.earlier.value).toBe("none");
  await chat.loadEarlier("m1");
  expect(asked).toHaveLength(3);
  expect(state.chat.map((one) => one.text)).toEqual(["a", "b"]);
});

it("shows a line with files at once and sends it when they are up, also after a new connection", async () => {
  const { chat, room, sent, cart } = setUp([]);
  chat.write("look", "room", "", ["u1", "u2"]);
  await vi.runAllTimersAsync();
  expect(room.state.pending).toMatchObject([{ text: "look", uploads: ["u1", "u2"], files: null }]);
  await chat.sendPending(room.state.pending);
  expect(sent).toEqual([]);
  cart.up(["f1", "f2"]);
  await vi.runAllTimersAsync();
  expect(sent).toMatchObject([{ text: "look", files: ["f1", "f2"] }]);
  expect(room.state.pending).toEqual([]);
  expect(cart.forgotten).toEqual(["u1", "u2"]);
});

it("takes one file out of a line on its way, and nothing is sent of one that is dropped", async () => {
  const { chat, room, sent, cart } = setUp([]);
  chat.write("", "room", "", ["u1", "u2"]);
  const first = room.state.pending[0];
  if (first) chat.detach(first, "u1");
  await vi.runAllTimersAsync();
  expect(room.state.pending).toMatchObject([{ uploads: ["u2"] }]);
  const second = room.state.pending[0];
  if (second) chat.drop(second);
  cart.up(["f2"]);
  await vi.runAllTimersAsync();
  expect(cart.cancelled).toEqual(["u1", "u2"]);
  expect(room.state.pending).toEqual([]);
  expect(sent).toEqual([]);
});

it("sends a line again that was refused, with the files that are up already", async () => {
  const { chat, room, sent, cart } = setUp([refuse("lock.files")]);
  chat.write("", "room", "", ["u1"]);
  cart.up(["f1"]);
  await vi.runAllTimersAsync();
  const line = room.state.pending[0];
  expect(line).toMatchObject({ refusal: "lock.files", files: ["f1"] });
  if (line) chat.retry(line);
  expect(cart.renewed).toEqual([]);
  cart.up(["f1"]);
  await vi.runAllTimersAsync();
  expect(sent).toHaveLength(2);
  expect(sent[1]?.files).toEqual(["f1"]);
});

it("sends nothing of one group to another, unless it is asked to", async () => {
  const { chat, room, sent, cart, place } = setUp([]);
  chat.write("for us", "group", "", ["u1"]);
  place.now = "g2";
  cart.up(["f1"]);
  await vi.runAllTimersAsync();
  const line = room.state.pending[0];
  expect(line).toMatchObject({ place: "g1", refusal: "chat.moved" });
  expect(sent).toEqual([]);
  if (line) chat.retry(line);
  cart.up(["f1"]);
  await vi.runAllTimersAsync();
  expect(sent).toHaveLength(1);
  expect(room.state.pending).toEqual([]);
});

it("sends files anew that the server did not keep", async () => {
  const { chat, room, cart } = setUp([refuse("file.unknown")]);
  chat.write("", "room", "", ["u1"]);
  cart.up(["f1"]);
  await vi.runAllTimersAsync();
  const line = room.state.pending[0];
  if (line) chat.retry(line);
  expect(cart.renewed).toEqual(["u1"]);
});

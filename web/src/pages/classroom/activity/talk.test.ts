import { signal } from "@preact/signals";
import { expect, it, vi } from "vitest";
import { failure, success } from "../../../result";
import { markOf, withActivity } from "../../../room/activity";
import { EMPTY_ROOM, type RoomState } from "../../../room/state";
import type { BoardPage, Participant } from "../../../wire/messages";
import { ActivityTalk } from "./talk";

const LIN = { id: "lin", role: "student", pen: "none" } as Participant;

function talk() {
  const room = signal<RoomState>({ ...EMPTY_ROOM, selfId: "lin", participants: [LIN] });
  const posted: unknown[] = [];
  const request = vi.fn(async (_name: string, _message: unknown) => success({}) as unknown);
  const post = vi.fn((word: unknown) => void posted.push(word));
  const one = new ActivityTalk("p", {
    room,
    request: request as never,
    post,
    now: () => 0,
  });
  const happens = (key: string, value: string, page_id = "p", by = "amara") => {
    const news = { type: "activity_changed" as const, page_id, key, value, by };
    room.value = { ...room.value, activities: withActivity(room.value.activities, news) };
  };
  const says = (rest: object) => one.hear({ data: { classroom: 1, ...rest } });
  return { room, posted, post, request, one, happens, says };
}

const AMARA = markOf("p", "amara");
const you = { id: markOf("p", "lin"), role: "student", may_set: false };

it("says nothing before it is asked, and then everything that is kept", () => {
  const { posted, happens, says } = talk();
  happens("count", "3");
  happens("other", "1", "q");
  expect(posted).toEqual([]);
  says({ type: "ready" });
  expect(posted).toEqual([{ classroom: 1, type: "hello", you, values: { count: 3 } }]);
});

it("tells what changes here, and of no other page", () => {
  const { posted, happens, says, room } = talk();
  says({ type: "ready" });
  happens("count", "4");
  happens("count", "5", "q");
  happens("bad", "{");
  const said = {
    type: "activity_said" as const,
    page_id: "p",
    name: "go",
    value: "1",
    by: "amara",
  };
  room.value = { ...room.value, activities: { ...room.value.activities, news: said } };
  says({ type: "get", key: "count" });
  says({ type: "get", key: "nothing" });
  expect(posted.slice(1)).toEqual([
    { classroom: 1, type: "changed", key: "count", value: 4, by: AMARA },
    { classroom: 1, type: "event", name: "go", value: 1, by: AMARA },
    { classroom: 1, type: "value", key: "count", value: 4 },
    { classroom: 1, type: "value", key: "nothing", value: null },
  ]);
});

it("says everything anew after a snapshot, and who one is when that changes", () => {
  const { posted, happens, says, room } = talk();
  says({ type: "ready" });
  happens("count", "4");
  const kept = [{ page_id: "p", values: [{ key: "count", value: "9" }] }];
  room.value = { ...room.value, activities: { kept, news: null } };
  room.value = { ...room.value, participants: [{ ...LIN, pen: "own" }] };
  room.value = { ...room.value, title: "something else" };
  expect(posted.slice(2)).toEqual([
    { classroom: 1, type: "hello", you, values: { count: 9 } },
    { classroom: 1, type: "you", you: { ...you, may_set: true } },
  ]);
});

it("says everything anew after each snapshot, also where nothing had happened before", () => {
  const { posted, says, room } = talk();
  says({ type: "ready" });
  const kept = [{ page_id: "p", values: [{ key: "count", value: "2" }] }];
  room.value = { ...room.value, activities: { kept, news: null } };
  expect(posted.slice(1)).toEqual([{ classroom: 1, type: "hello", you, values: { count: 2 } }]);
});

it("lets students set nothing on a locked page", () => {
  const { posted, says, room } = talk();
  says({ type: "ready" });
  const pages = [{ id: "p", is_locked: true } as BoardPage];
  for (const role of ["student", "host"] as const) {
    const participants = [{ ...LIN, role, pen: "own" as const }];
    room.value = { ...room.value, participants };
    room.value = { ...room.value, board: { ...room.value.board, pages } };
  }
  expect(posted.slice(1)).toEqual([
    { classroom: 1, type: "you", you: { ...you, may_set: true } },
    { classroom: 1, type: "you", you },
    { classroom: 1, type: "you", you: { ...you, role: "host", may_set: true } },
  ]);
});

it("asks the room for the frame, and tells it what was refused", async () => {
  const { posted, says, request } = talk();
  says({ type: "set", key: "count", value: 5 });
  says({ type: "event", name: "done" });
  expect(request.mock.calls).toEqual([
    ["activity.set", { page_id: "p", key: "count", value: "5" }],
    ["activity.event", { page_id: "p", name: "done", value: "null" }],
  ]);
  request.mockResolvedValueOnce(failure({ code: "pen.missing", params: {} }));
  says({ type: "set", key: "count", value: 6 });
  await vi.waitFor(() =>
    expect(posted).toEqual([{ classroom: 1, type: "refused", key: "count", code: "pen.missing" }]),
  );
});

it("tells of no one what is emptied by the class, and no copy who else is here", () => {
  const { posted, happens, says } = talk();
  says({ type: "ready" });
  happens("count", "4");
  happens("count", "null", "p", "");
  expect(posted.at(-1)).toEqual({
    ...{ classroom: 1, type: "changed", key: "count", value: null, by: null },
  });
  expect(JSON.stringify(posted)).not.toMatch(/lin|amara/);
});

it("has no value for what every object can do", () => {
  const { posted, says } = talk();
  says({ type: "get", key: "constructor" });
  says({ type: "get", key: "__proto__" });
  expect(posted).toEqual([
    { classroom: 1, type: "value", key: "constructor", value: null },
    { classroom: 1, type: "value", key: "__proto__", value: null },
  ]);
});

it("goes on after a word that cannot be handed on", () => {
  const { posted, happens, says, post } = talk();
  says({ type: "ready" });
  post.mockImplementationOnce(() => {
    throw new DOMException("too deep", "DataCloneError");
  });
  happens("deep", "[[1]]");
  happens("count", "1");
  expect(posted.slice(1)).toEqual([
    { classroom: 1, type: "changed", key: "count", value: 1, by: AMARA },
  ]);
});

it("drops what nobody could mean", () => {
  const { says, request, one } = talk();
  for (let count = 0; count < 1_000; count++) says({ type: "event", name: "x" });
  expect(request).toHaveBeenCalledTimes(40);
  const unread = vi.fn(() => ({}));
  one.hear({
    get data() {
      return unread();
    },
  });
  expect(unread, "what is dropped is not unpacked").not.toHaveBeenCalled();
  one.close();
});

import { expect, it } from "vitest";
import type { AsideBody, ChatMessage, FileCard } from "../wire/messages";
import { reduce } from "./reduce";
import { EMPTY_ROOM, type RoomState } from "./state";

const line = (id: string) => ({ id, participant_id: "amara", files: [] }) as unknown as ChatMessage;
const file = (id: string, at: string) => ({ id, at }) as FileCard;

function told(state: RoomState, event: AsideBody): RoomState {
  return reduce(state, { type: "told", event, clockMs: 0 });
}

it("puts what a group wrote and sent before one came into its place, once", () => {
  const before: RoomState = {
    ...EMPTY_ROOM,
    chat: [line("m1"), line("m4")],
    files: [file("f1", "2026-03-01T09:30:00.000Z"), file("f3", "2026-03-01T09:32:00.000Z")],
  };
  const state = told(before, {
    type: "earlier_told",
    messages: [line("m2"), line("m4")],
    files: [file("f2", "2026-03-01T09:31:00.000Z"), file("f3", "2026-03-01T09:32:00.000Z")],
  });
  expect(state.chat.map((one) => one.id)).toEqual(["m1", "m2", "m4"]);
  expect(state.files.map((one) => one.id)).toEqual(["f1", "f2", "f3"]);
  expect(state.seq).toBe(EMPTY_ROOM.seq);
});

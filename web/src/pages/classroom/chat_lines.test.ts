import { describe, expect, it } from "vitest";
import { EMPTY_ROOM } from "../../room/state";
import type { ChatMessage } from "../../wire/messages";
import { chatLines } from "./chat_lines";

function message(id: string, from: string, at: string, more: Partial<ChatMessage> = {}) {
  const plain: ChatMessage = {
    id,
    participant_id: from,
    name: from,
    role: "student",
    text: id,
    at,
    client_id: id,
    to: "room",
    reply_to: "",
    reactions: [],
    is_deleted: false,
    files: [],
  };
  return { ...plain, ...more };
}

describe("lines", () => {
  it("of one person within three minutes stand together", () => {
    const lines = chatLines({
      ...EMPTY_ROOM,
      chat: [
        message("m1", "lin", "2026-03-10T10:00:00Z"),
        message("m2", "lin", "2026-03-10T10:02:00Z"),
        message("m3", "amara", "2026-03-10T10:02:10Z"),
        message("m4", "lin", "2026-03-10T10:02:20Z"),
        message("m5", "lin", "2026-03-10T10:09:00Z"),
      ],
    });
    expect(lines.map((line) => line.more)).toEqual([false, true, false, false, false]);
  });

  it("for somebody else, or in answer, begin anew", () => {
    const at = "2026-03-10T10:00:00Z";
    const lines = chatLines({
      ...EMPTY_ROOM,
      chat: [
        message("m1", "lin", at),
        message("m2", "lin", at, { to: "to:me" }),
        message("m3", "lin", at, { to: "to:me" }),
        message("m4", "lin", at, { to: "to:me", reply_to: "m2" }),
      ],
    });
    expect(lines.map((line) => line.more)).toEqual([false, false, true, false]);
  });

  it("that are not sent yet come last and say so", () => {
    const pending = {
      at: "2026-03-10T10:01:00Z",
      to: "room",
      place: "",
      replyTo: "",
      uploads: [],
      files: [],
    };
    const lines = chatLines({
      ...EMPTY_ROOM,
      selfId: "me",
      chat: [message("m1", "lin", "2026-03-10T10:00:00Z")],
      pending: [
        { ...pending, clientId: "p", text: "hi", refusal: null },
        { ...pending, clientId: "q", text: "ho", refusal: "rate.limited" },
      ],
    });
    expect(lines.map((line) => line.state)).toEqual(["sent", "sending", "refused"]);
    expect(lines[2]?.more).toBe(true);
  });
});

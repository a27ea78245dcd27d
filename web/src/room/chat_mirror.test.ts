import { describe, expect, it } from "vitest";
import type { ChatMessage } from "../wire/messages";
import { withChange, withEarlier, withLine, withTail } from "./chat_mirror";

function line(number: number, text = `text ${number}`): ChatMessage {
  return {
    id: `m${number}`,
    participant_id: "lin",
    name: "Lin",
    role: "student",
    text,
    at: `2026-03-10T10:00:${String(number).padStart(2, "0")}Z`,
    client_id: `c${number}`,
    to: "room",
    reply_to: "",
    reactions: [],
    is_deleted: false,
    files: [],
  };
}

const ids = (lines: readonly ChatMessage[]) => lines.map((one) => one.id);

describe("the lines of the chat", () => {
  it("stand in the order of their numbers, each once", () => {
    const three = withLine(withLine([line(1), line(4)], line(3)), line(5));
    expect(ids(three)).toEqual(["m1", "m3", "m4", "m5"]);
    expect(withLine(three, line(3, "again"))).toBe(three);
  });

  it("keep what a snapshot's tail does not reach", () => {
    expect(ids(withTail([line(1), line(8)], [line(8), line(9)]))).toEqual(["m1", "m8", "m9"]);
    expect(withTail([line(1)], [])).toEqual([]);
  });

  it("grow upwards from the history", () => {
    expect(ids(withEarlier([line(5)], [line(3), line(4), line(5)]))).toEqual(["m3", "m4", "m5"]);
  });

  it("lose their text when they are deleted", () => {
    const change = { message_id: "m2", reactions: [], is_deleted: true, type: "chat_changed" };
    const [one, two] = withChange([line(1), line(2)], change as never);
    expect(one?.text).toBe("text 1");
    expect(two).toMatchObject({ text: "", is_deleted: true });
  });
});

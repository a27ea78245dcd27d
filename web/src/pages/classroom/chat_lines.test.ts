import { describe, expect, it } from "vitest";
import { EMPTY_ROOM } from "../../room/state";
import type { ChatMessage } from "../../wire/messages";
import { chatLines, textParts } from "./chat_lines";

function message(id: string, from: string, at: string): ChatMessage {
  return { id, participant_id: from, name: from, role: "student", text: id, at, client_id: id };
}

describe("lines", () => {
  it("of one person within three minutes stand together", () => {
    const lines = chatLines({
      ...EMPTY_ROOM,
      chat: [
        message("a", "lin", "2026-03-10T10:00:00Z"),
        message("b", "lin", "2026-03-10T10:02:00Z"),
        message("c", "amara", "2026-03-10T10:02:10Z"),
        message("d", "lin", "2026-03-10T10:02:20Z"),
        message("e", "lin", "2026-03-10T10:09:00Z"),
      ],
    });
    expect(lines.map((line) => line.more)).toEqual([false, true, false, false, false]);
  });

  it("that are not sent yet come last and say so", () => {
    const lines = chatLines({
      ...EMPTY_ROOM,
      selfId: "me",
      chat: [message("a", "lin", "2026-03-10T10:00:00Z")],
      pending: [
        { clientId: "p", text: "hi", at: "2026-03-10T10:01:00Z", refusal: null },
        { clientId: "q", text: "ho", at: "2026-03-10T10:01:01Z", refusal: "rate.limited" },
      ],
    });
    expect(lines.map((line) => line.state)).toEqual(["sent", "sending", "refused"]);
    expect(lines[2]?.more).toBe(true);
  });
});

describe("addresses in a text", () => {
  it("become links without the sentence's punctuation", () => {
    expect(textParts("See https://example.org/a?b=1, please.")).toEqual([
      { text: "See ", href: null },
      { text: "https://example.org/a?b=1", href: "https://example.org/a?b=1" },
      { text: ", please.", href: null },
    ]);
    expect(textParts("看 https://example.org/x。好")[1]?.href).toBe("https://example.org/x");
  });

  it("are http and https only", () => {
    for (const text of ["javascript:alert(1)", "data:text/html,x", "plain text"]) {
      expect(textParts(text)).toEqual([{ text, href: null }]);
    }
  });

  it("lose nothing of the text", () => {
    const text = "a http://b.c d https://e.f!";
    expect(
      textParts(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });
});

import { describe, expect, it } from "vitest";
import { cueAt, readCues } from "./captions";
import { type Entry, search } from "./search";
import { readTalk } from "./talk";

const ENTRIES: Entry[] = [
  { ms: 3, kind: "chat", text: "Où est l'École?", pid: "ann", id: "" },
  { ms: 1, kind: "slide", text: "The inscribed angle theorem", pid: "", id: "" },
  { ms: 2, kind: "board", text: "圆周角等于圆心角的一半", pid: "ben", id: "" },
];

describe("search", () => {
  it("finds words without case and accents, and says where they stand", () => {
    const [hit] = search(ENTRIES, "ecole");
    expect(hit?.ms).toBe(3);
    expect(hit?.text.slice(hit.from, hit.to)).toBe("École");
    expect(search(ENTRIES, "ANGLE theorem").map(({ ms }) => ms)).toEqual([1]);
    expect(search(ENTRIES, "angle circle")).toEqual([]);
  });

  it("finds Chinese by its characters", () => {
    const [hit] = search(ENTRIES, "圆心角");
    expect(hit?.text.slice(hit.from, hit.to)).toBe("圆心角");
  });

  it("finds nothing for nothing", () => {
    expect(search(ENTRIES, "  ")).toEqual([]);
  });
});

describe("captions", () => {
  const cues = readCues(
    "WEBVTT\n\nNOTE a note\n\n1\n00:01.000 --> 00:02.500 align:start\n<v Ann>Good &lt;morning&gt;\n\n01:00:00.000 --> 01:00:01.000\nlater\n",
  );

  it("are read from WebVTT", () => {
    expect(cues).toEqual([
      { from: 1_000, to: 2_500, text: "Good <morning>" },
      { from: 3_600_000, to: 3_601_000, text: "later" },
    ]);
    expect(cueAt(cues, 2_000)?.text).toBe("Good <morning>");
    expect(cueAt(cues, 2_500)).toBeNull();
  });

  it("do not let an escaped ampersand become a mark", () => {
    expect(readCues("00:01.000 --> 00:02.000\n&amp;lt;b&amp;gt;")[0]?.text).toBe("&lt;b&gt;");
  });
});

describe("chat", () => {
  it("has no line that was deleted, and none that cannot be read", () => {
    const lines = readTalk(
      [
        '{"ms": 5, "id": "a", "pid": "ann", "text": "hello", "reply_to": null}',
        '{"ms": 6, "id": "b", "pid": "ben", "text": "wrong"}',
        '{"ms": 9, "id": "b", "deleted": true}',
        '{"ms": 9, "id":',
      ].join("\n"),
    );
    expect(lines).toEqual([{ ms: 5, id: "a", pid: "ann", text: "hello", replyTo: "" }]);
  });
});

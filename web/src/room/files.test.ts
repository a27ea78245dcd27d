import { expect, it } from "vitest";
import type { FileCard } from "../wire/messages";
import { filesOf, isPicture, isPlayed, withFiles } from "./files";

function card(id: string, over: Partial<FileCard> = {}): FileCard {
  const plain = { id, name: `${id}.pdf`, kind: "application/pdf", bytes: 1, participant_id: "lin" };
  const at = "2026-03-10T10:00:00Z";
  return { ...plain, owner_name: "Lin", at, to: "room", width: null, height: null, ...over };
}

it("keeps the order in which files came, each once, and forgets what was removed", () => {
  const one = withFiles([], { type: "file_added", file: card("a") });
  const two = withFiles(one, { type: "file_added", file: card("b") });
  const again = withFiles(two, { type: "file_added", file: card("b") });
  expect(again.map((file) => file.id)).toEqual(["a", "b"]);
  const left = withFiles(again, { type: "file_removed", file_id: "a" });
  expect(left.map((file) => file.id)).toEqual(["b"]);
});

it("finds what came with a message, without what is gone, in the order of the message", () => {
  const known = [card("a"), card("b"), card("c")];
  expect(filesOf(known, ["c", "x", "a"]).map((file) => file.id)).toEqual(["c", "a"]);
});

it("knows what can be shown and what can be played", () => {
  expect(isPicture(card("a"))).toBe(false);
  expect(isPicture(card("a", { width: 10, height: 20 }))).toBe(true);
  expect(isPlayed(card("a", { kind: "audio/mpeg" }))).toBe("audio");
  expect(isPlayed(card("a", { kind: "video/webm" }))).toBe("video");
  expect(isPlayed(card("a"))).toBeNull();
});

/** Words on their way onto the page: two writers, page turns, erased items, limits. */
import { expect, test } from "vitest";
import { YPage } from "./page_doc";
import { openBoardView } from "./view";
import { boardTwin } from "./view_testing";
import { bothWrote } from "./view_writing";

function board() {
  const twin = boardTwin();
  const view = openBoardView(twin.ports, twin.parts);
  return { ...twin, view, doc: twin.open.value };
}

test.each([
  ["the cat sat", "the black cat sat", "the cat sat down", "the black cat sat down"],
  ["the cat sat", "the cat sat down", "the black cat sat", "the black cat sat down"],
  ["one two three", "one three", "one two three four", "one three four"],
  ["abc", "abc", "xyz", "xyz"],
  ["abc", "abcd", "abc", "abcd"],
  ["", "mine", "theirs", "minetheirs"],
])("%j, written as %j here and %j there, is %j", (base, ours, theirs, both) => {
  expect(bothWrote(base, ours, theirs)).toBe(both);
});

test("what somebody else wrote meanwhile stays", () => {
  const { view, doc } = board();
  view.insertCentred("note", "a b");
  const id = doc.ordered()[0]?.id ?? "";
  view.editItem(id);
  const other = new YPage("b/p1/0", { author: "other", clientId: 7 });
  doc.onUpdate((update) => other.apply(update));
  other.onUpdate((update) => doc.apply(update));
  doc.edit((edit) => edit.setText(id, "a b"));
  view.typing("a b c");
  doc.edit((edit) => edit.setText(id, "0 a b"));
  view.commitText(id, "a b c");
  expect(doc.items.get(id)?.text).toBe("0 a b c");
});

test("a page turn writes what stands in the editor onto the page it belongs to", () => {
  const { view, doc, classPage, link } = board();
  view.insertCentred("text");
  view.typing("half a sen");
  classPage.value = "p2";
  expect([view.pageId.value, view.editing.value]).toEqual(["p2", null]);
  expect(doc.ordered().map((item) => item.text)).toEqual(["half a sen"]);
  expect(link.docOf("b/p2/0").items.size).toBe(0);
});

test("with the pen the words are taken too", () => {
  const { view, doc, link } = board();
  view.insertCentred("text");
  view.typing("half");
  for (const channel of link.open) channel.pen.value = "none";
  expect([view.editing.value, doc.items.size]).toEqual([null, 0]);
  expect(view.notice.value?.code).toBe("pen.taken");
});

test("an item erased while it is written in comes back as one's own", () => {
  const { view, doc } = board();
  view.insertCentred("note", "old");
  const id = doc.ordered()[0]?.id ?? "";
  view.editItem(id);
  doc.edit((edit) => edit.remove(id));
  const now = view.editing.value;
  expect([now?.isNew, now?.id === id]).toEqual([true, false]);
  view.commitText(now?.id ?? "", "old and new");
  expect(doc.ordered().map((item) => item.text)).toEqual(["old and new"]);
});

test("too many words are told, and the editor stays open", () => {
  const { view, doc } = board();
  view.insertCentred("text");
  const id = view.editing.value?.id ?? "";
  view.commitText(id, "x".repeat(5_001));
  expect([view.notice.value?.code, view.editing.value?.id, doc.items.size]).toEqual([
    "text.long",
    id,
    0,
  ]);
});

test("the editor lies where the words will be, at every zoom", () => {
  const { view } = board();
  view.insertCentred("text");
  view.zoomTo(2);
  const frame = view.editorFrame.value;
  expect(frame?.matrix[0]).toBe(2);
  expect(frame).toMatchObject({ kind: "text", size: 24, paper: "", w: 480 });
});

test("a text without a drawn box is as wide as its words, and breaks long lines", () => {
  const { view, doc } = board();
  view.insertCentred("text", "short");
  view.insertCentred("text", "word ".repeat(40));
  const [first, second] = doc.ordered();
  expect(first?.t === "text" && [first.w, first.h]).toEqual([53, 32]);
  expect(second?.t === "text" && second.w).toBeLessThanOrEqual(480);
  expect(second?.t === "text" && second.h).toBeGreaterThan(100);
});

test("a text that is as wide as its words grows with them when it is written on", () => {
  const { view, doc } = board();
  view.insertCentred("text", "short");
  const id = doc.ordered()[0]?.id ?? "";
  view.editItem(id);
  expect(view.editorFrame.value?.w).toBe(480);
  view.commitText(id, "short and a bit longer");
  const grown = doc.items.get(id);
  expect(grown?.t === "text" && grown.w).toBeGreaterThanOrEqual(220);
  expect(grown?.t === "text" && [grown.h, grown.text]).toEqual([32, "short and a bit longer"]);
  view.undo();
  const back = doc.items.get(id);
  expect(back?.t === "text" && [back.w, back.text]).toEqual([53, "short"]);
});

test("a text whose box was drawn or pulled keeps its width", () => {
  const { view, doc } = board();
  view.insertCentred("text", "short");
  const id = doc.ordered()[0]?.id ?? "";
  doc.edit((edit) => edit.patch(id, { bw: 120 }));
  view.editItem(id);
  view.commitText(id, "short and a bit longer");
  const kept = doc.items.get(id);
  expect(kept?.t === "text" && kept.w).toBe(120);
});

test("an emptied text goes, an emptied note stays as paper", () => {
  const { view, doc } = board();
  view.insertCentred("text", "a");
  view.insertCentred("note", "b");
  for (const { id } of [...doc.ordered()]) {
    view.editItem(id);
    view.commitText(id, "");
  }
  expect(doc.ordered().map(({ t, text }) => [t, text])).toEqual([["note", ""]]);
});

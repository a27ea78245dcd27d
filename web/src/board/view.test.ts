/** The view as a whole: pages, rights, writing, copies, exports, as the pages of the app use it. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { YPage } from "./page_doc";
import { pack } from "./points";
import { openBoardView } from "./view";
import { boardTwin, browserTwin, HostTwin, page } from "./view_testing";

const rect = {
  t: "rect" as const,
  x: 10,
  y: 10,
  w: 50,
  h: 40,
  c: "#1d1c1a",
  sw: 3,
  ds: 0 as const,
};
const filled = { ...rect, fill: "#ffffff" };

beforeEach(() => {
  for (const [name, value] of Object.entries(browserTwin())) vi.stubGlobal(name, value);
});
afterEach(() => vi.unstubAllGlobals());

function open(pen: "none" | "own" | "all" = "all") {
  const twin = boardTwin();
  twin.link.pen = pen;
  const view = openBoardView(twin.ports, twin.parts);
  return { ...twin, view };
}

function withOthersItem(board: ReturnType<typeof open>): string {
  const other = new YPage("b/p1/0", { author: "other", clientId: 77 });
  let id = "";
  other.onUpdate((update) => board.open.value.apply(update));
  other.edit((edit) => {
    id = edit.insert(filled);
  });
  return id;
}

test("the class's page is open for writing, and what is drawn is listed", () => {
  const { view, link, open: doc } = open();
  expect(link.open.map(({ docId, mode }) => [docId, mode])).toEqual([["b/p1/0", "write"]]);
  expect([view.pageId.value, view.pageState.value, view.pen.value]).toEqual(["p1", "ready", "all"]);
  doc.value.edit((edit) => edit.insert(filled));
  expect(view.items.value).toHaveLength(1);
  expect([view.mayUndo.value, view.mayRedo.value]).toEqual([true, false]);
  view.undo();
  expect([view.items.value.length, view.mayUndo.value, view.mayRedo.value]).toEqual([
    0,
    false,
    true,
  ]);
});

test("at most six channels are open, the longest unused page goes first", () => {
  const board = open();
  const { view, link, pages } = board;
  pages.value = Array.from({ length: 12 }, (_, n) => page(`p${n + 1}`));
  for (let n = 2; n <= 12; n += 1) view.lookAt(`p${n}`);
  expect(link.open).toHaveLength(6);
  expect(link.open.map((channel) => channel.docId)).not.toContain("b/p1/0");
  view.lookAt("p11");
  expect(link.channels).toHaveLength(12);
});

test("a cleared page is opened anew, a removed one is left", () => {
  const { view, link, pages, classPage } = open();
  pages.value = [page("p1", { epoch: 1 }), page("p2")];
  expect(link.open.map((channel) => channel.docId)).toEqual(["b/p1/1"]);
  view.lookAt("p2");
  pages.value = [page("p1", { epoch: 1 })];
  expect([view.pageId.value, view.notice.value?.code]).toEqual([classPage.value, "page.gone"]);
});

test("a thumbnail opens its page for looking and is painted again after a change", () => {
  const { view, link, clock, painted } = open();
  const stop = view.thumbnail("p2", {} as HTMLCanvasElement);
  clock.advance(10);
  expect(link.open.at(-1)).toMatchObject({ docId: "b/p2/0", mode: "look" });
  link.docOf("b/p2/0").edit((edit) => edit.insert(filled));
  link.docOf("b/p2/0").edit((edit) => edit.insert(filled));
  clock.advance(2_000);
  expect(painted).toEqual(["b/p2/0", "b/p2/0"]);
  stop();
  link.docOf("b/p2/0").edit((edit) => edit.insert(filled));
  clock.advance(2_000);
  expect(painted).toHaveLength(2);
  view.lookAt("p2");
  expect(link.open.map(({ mode }) => mode)).toEqual(["write", "write"]);
});

test("who leads turns the class's page, others only look", () => {
  const student = open();
  student.view.openPage("p2");
  expect([student.turned, student.view.following.value]).toEqual([[], false]);
  student.view.backToClass();
  expect(student.view.pageId.value).toBe("p1");
  const teacher = open();
  teacher.isLeader.value = true;
  teacher.view.turnBy(1);
  expect([teacher.turned, teacher.view.following.value]).toEqual([["p2"], true]);
  expect(teacher.view.pageId.value).toBe("p2");
});

test("the pictures under the pages beside the one looked at are fetched before somebody turns", () => {
  const { view, pages, ahead } = open();
  expect(view.backdrop.value).toBe("none");
  pages.value = ["p1", "p2", "p3"].map((id) => page(id, { backdrop: `/slides/${id}` }));
  expect(ahead.slice(-2)).toEqual(["/slides/p1", "/slides/p2"]);
  expect(view.backdrop.value).toBe("ready");
  view.openPage("p2");
  expect(ahead.slice(-3)).toEqual(["/slides/p2", "/slides/p3", "/slides/p1"]);
});

test("without the pen nothing is changed, and that is said", () => {
  const { view, open: doc } = open("none");
  view.insertCentred("rect");
  expect([doc.value.items.size, view.notice.value?.code]).toEqual([0, "pen.missing"]);
  expect([view.mayUndo.value, view.maySelectionChange.value]).toEqual([false, false]);
});

test("on a locked page it is the lock that is named", () => {
  const { view, pages } = open("none");
  pages.value = pages.value.map((one) => ({ ...one, isLocked: true }));
  view.insertCentred("note", "x");
  expect(view.notice.value?.code).toBe("page.locked");
});

test("with one's own pen others' items are looked at and not changed", () => {
  const board = open("own");
  const { view, open: doc } = board;
  const id = withOthersItem(board);
  view.select([id]);
  expect([view.selection.value, view.maySelectionChange.value]).toEqual([[id], false]);
  view.nudge(5, 5);
  view.removeItem(id);
  view.restyle({ colour: "#c0392b" });
  expect(doc.value.items.get(id)).toMatchObject({ c: "#1d1c1a", m: [1, 0, 0, 1, 0, 0] });
  expect(view.notice.value).toMatchObject({ code: "item.foreign", serial: 3 });
  view.selectAll();
  expect(view.selection.value).toEqual([]);
});

test("shapes, texts and formulas come into the middle by keyboard alone", () => {
  const { view, open: doc } = open();
  for (const kind of ["rect", "arrow"] as const) view.insertCentred(kind);
  view.insertCentred("note", "Which one?");
  view.insertCentred("tex", "\\frac{1}{2}");
  const [first, , note, formula] = doc.value.ordered();
  expect(first?.t === "rect" && [first.w, first.h]).toEqual([240, 140]);
  expect(note).toMatchObject({ t: "note", text: "Which one?" });
  expect(formula).toMatchObject({ t: "tex", src: "\\frac{1}{2}" });
  expect(view.selection.value).toEqual([formula?.id]);
  view.nudge(10, -1);
  expect(doc.value.ordered()[3]?.m).toEqual([1, 0, 0, 1, 10, -1]);
});

test("a new text is on the page only with its words, in one step of undo", () => {
  const { view, open: doc } = open();
  view.insertCentred("text");
  const now = view.editing.value;
  expect(now).toMatchObject({ kind: "text", isNew: true, words: "" });
  view.typing("Hel");
  expect(doc.value.items.size).toBe(0);
  view.commitText(now?.id ?? "", "Hello");
  expect([view.editing.value, doc.value.ordered()[0]?.text]).toEqual([null, "Hello"]);
  view.undo();
  expect(doc.value.items.size).toBe(0);
  view.insertCentred("text");
  view.commitText(view.editing.value?.id ?? "", "  ");
  expect([doc.value.items.size, doc.value.mayUndo]).toEqual([0, false]);
});

test("copies lie beside the original and each other, duplicates too", () => {
  const { view, open: doc } = open();
  view.insertCentred("rect");
  view.copy();
  view.duplicate();
  expect(doc.value.ordered().map((item) => item.m[4])).toEqual([0, 20]);
  expect(view.selection.value).toEqual([doc.value.ordered()[1]?.id]);
  view.cut();
  expect(doc.value.items.size).toBe(1);
});

test("an image is no larger than sixty per cent of the view", async () => {
  const { view, open: doc } = open();
  view.attach(new HostTwin().element);
  view.zoomTo(1);
  expect(await view.insertImage(new Blob(["x"], { type: "text/html" }))).toBe(false);
  expect(view.notice.value?.code).toBe("image.kind");
  expect(await view.insertImage(new Blob(["x"], { type: "image/png" }))).toBe(true);
  const image = doc.value.ordered()[0];
  expect(image?.t === "img" && [image.asset, image.w, image.h]).toEqual(["asset1", 768, 192]);
  expect(view.busy.value).toBeNull();
});

test("a refusal by the server is told with its reason", () => {
  const { view, link } = open();
  link.open[0]?.hearDenied("item.foreign", 2);
  expect(view.notice.value).toMatchObject({
    code: "edit.refused",
    params: { reason: "item.foreign", lost: 2 },
  });
});

test("a board goes into a file and comes back as new pages", async () => {
  const { view, open: doc, link, pages } = open();
  const d = pack([{ x: 1, y: 2, p: 3 }]);
  doc.value.edit((edit) => {
    edit.insert({ t: "pen", c: "#1d1c1a", w: 4, o: 1, s: 1, d });
    const id = edit.insert({ t: "img", x: 0, y: 0, w: 9, h: 9, asset: "old" });
    edit.patch(id, { m: [2, 0, 0, 2, 5, 5] });
  });
  const file = await view.exportBoardFile();
  if (!file.ok) throw new Error(file.error);
  const restored = await view.restore(file.value);
  expect(restored).toEqual({ ok: true, value: 3 });
  expect(pages.value).toHaveLength(6);
  const copy = link.docOf("b/new3/0").ordered();
  expect(copy.map((item) => item.t)).toEqual(["pen", "img"]);
  expect(copy[1]).toMatchObject({ asset: "asset1", m: [2, 0, 0, 2, 5, 5] });
  expect((await view.restore(new Blob(["no"]))).ok).toBe(false);
  expect(view.busy.value).toBeNull();
});

test("a reserved page is looked at without turning the class's, and is not in the row", () => {
  const { view, pages, turned, isLeader } = open();
  isLeader.value = true;
  pages.value = [page("p1"), page("r", { isReserved: true }), page("p2")];
  view.openPage("r");
  expect([view.pageId.value, turned, view.following.value]).toEqual(["r", [], false]);
  view.turnBy(1);
  expect(view.pageId.value).toBe("r");
  view.openPage("p1");
  view.turnBy(1);
  expect([view.pageId.value, turned]).toEqual(["p2", ["p2"]]);
});

test("the board's file has the class's pages only, pictures those that are named", async () => {
  const { view, pages, link } = open();
  pages.value = [page("p1"), page("r", { isReserved: true }), page("s", { isReserved: true })];
  const file = await view.exportBoardFile();
  if (!file.ok) throw new Error(file.error);
  expect(link.channels.map(({ docId }) => docId)).toEqual(["b/p1/0"]);
  const made = await view.exportPictures("svg", ["s", "gone", "r"]);
  if (!made.ok) throw new Error(made.error);
  expect(made.value).toHaveLength(2);
  const looks = link.channels.flatMap(({ docId, mode }) => (mode === "look" ? [docId] : []));
  expect(looks).toEqual(["b/s/0", "b/r/0"]);
});

test("a small picture is painted a moment after a change, and says that there was one", () => {
  const { view, link, painted, clock } = open();
  let told = 0;
  const stop = view.thumbnail("p2", {} as HTMLCanvasElement, {
    pauseMs: 400,
    told: () => {
      told += 1;
    },
  });
  clock.advance(1);
  link.docOf("b/p2/0").edit((edit) => edit.insert(filled));
  clock.advance(390);
  expect([painted.length, told]).toEqual([1, 1]);
  clock.advance(20);
  expect(painted.length).toBe(2);
  stop();
});

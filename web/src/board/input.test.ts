/** The board on the screen: pointer events, keys, the pen taken in the middle, others' presence. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { YPage } from "./page_doc";
import { unpack } from "./points";
import { openBoardView } from "./view";
import { boardTwin, browserTwin, HostTwin } from "./view_testing";

beforeEach(() => {
  for (const [name, value] of Object.entries(browserTwin())) vi.stubGlobal(name, value);
});
afterEach(() => vi.unstubAllGlobals());

function board() {
  const twin = boardTwin();
  const view = openBoardView(twin.ports, twin.parts);
  const host = new HostTwin();
  const detach = view.attach(host.element);
  // Board units and px are the same.
  view.zoomTo(1);
  view.panBy(view.camera.value.x, view.camera.value.y);
  view.pick("pen");
  const channel = twin.link.open[0];
  if (!channel) throw new Error("no page is open");
  const pointer = (name: string, x: number, y: number, more: object = {}) =>
    host.send(`pointer${name}`, {
      ...{ clientX: x, clientY: y, pointerId: 1, pointerType: "mouse", button: 0, buttons: 1 },
      ...{ pressure: 0.5, shiftKey: false, altKey: false, ...more },
    });
  const key = (name: string, more: object = {}) =>
    host.send("keydown", {
      ...{ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more },
    });
  return { ...twin, view, host, channel, detach, pointer, key };
}

const inkOf = (page: YPage) =>
  page.ordered().map((item) => ("d" in item ? unpack(item.d).map(({ x, y }) => [x, y]) : []));

test("the points between two frames are drawn, predicted ones are not kept", () => {
  const { pointer, open } = board();
  const at = (x: number) => ({ clientX: x, clientY: 10, pointerType: "mouse", timeStamp: 0 });
  pointer("down", 0, 10);
  pointer("move", 30, 10, {
    getCoalescedEvents: () => [at(10), at(20), at(30)],
    getPredictedEvents: () => [at(90)],
  });
  pointer("up", 30, 10);
  expect(inkOf(open.value)).toEqual([
    [
      [0, 10],
      [10, 10],
      [20, 10],
      [30, 10],
    ],
  ]);
});

test("a quick stroke ends where the pointer was lifted, with the pressure it had", () => {
  const { pointer, open } = board();
  const pen = { pointerType: "pen", pointerId: 5 };
  pointer("down", 0, 10, { ...pen, pressure: 0.2 });
  pointer("move", 30, 10, { ...pen, pressure: 0.4 });
  pointer("up", 80, 10, { ...pen, pressure: 0 });
  const item = open.value.ordered()[0];
  expect(item && "d" in item && unpack(item.d).at(-1)).toEqual({ x: 80, y: 10, p: 102 });
});

test("the ring of the list view goes with its item", () => {
  const { view, renderer } = board();
  view.insertCentred("rect");
  const id = view.items.value[0]?.id ?? "";
  view.focusItem(id);
  const ring = () => {
    const shape = renderer.live.shapes.get("focus");
    return shape?.kind === "marquee" ? shape.rect.x : null;
  };
  const x = ring() ?? 0;
  view.moveItem(id, 40, 0);
  expect(ring()).toBeCloseTo(x + 40);
  view.removeItem(id);
  expect([ring(), view.focused.value]).toEqual([null, null]);
});

test("where the browser coalesces nothing the event itself counts", () => {
  const { pointer, open } = board();
  pointer("down", 0, 10);
  pointer("move", 30, 10, { getCoalescedEvents: () => [] });
  pointer("move", 60, 10);
  pointer("up", 60, 10);
  expect(inkOf(open.value)[0]).toHaveLength(3);
});

test("a stylus draws with its pressure and switches pen mode on: a finger pans", () => {
  const { pointer, open, view } = board();
  const pen = { pointerType: "pen", pointerId: 5 };
  pointer("down", 0, 0, { ...pen, pressure: 0.25, at: 0 });
  pointer("move", 50, 0, { ...pen, pressure: 1, at: 10 });
  pointer("up", 50, 0, { ...pen, at: 20 });
  expect(open.value.ordered()[0]).toMatchObject({ s: 0 });
  expect(view.penMode.value).toBe(true);
  const finger = { pointerType: "touch", pointerId: 6 };
  const { x } = view.camera.value;
  pointer("down", 500, 300, { ...finger, at: 5_000 });
  pointer("move", 400, 300, { ...finger, at: 5_010 });
  pointer("up", 400, 300, { ...finger, at: 5_020 });
  expect(view.camera.value.x - x).toBeCloseTo(100);
  expect(open.value.items.size).toBe(1);
});

test("the pen taken in the middle of a stroke: nothing is written, and it is said", () => {
  const { pointer, open, view, channel, renderer } = board();
  pointer("down", 0, 0);
  pointer("move", 50, 0);
  channel.pen.value = "none";
  pointer("move", 60, 0);
  pointer("up", 60, 0);
  expect([open.value.items.size, view.notice.value?.code]).toEqual([0, "pen.taken"]);
  expect([...renderer.live.shapes.keys()]).toEqual([]);
  expect(channel.previews.at(-1)?.[1]).toBeNull();
  pointer("down", 0, 0);
  pointer("move", 50, 0);
  pointer("up", 50, 0);
  expect(open.value.items.size).toBe(0);
});

test("the pen taken while nothing is drawn says nothing here", () => {
  const { view, channel } = board();
  channel.pen.value = "none";
  expect(view.notice.value).toBeNull();
});

test("a refused edit brings a new document and drops the stroke that was begun on the old", () => {
  const { pointer, channel, view } = board();
  pointer("down", 0, 0);
  pointer("move", 50, 0);
  const fresh = new YPage("b/p1/0", { author: "me", clientId: 9 });
  channel.doc.value = fresh;
  pointer("move", 60, 0);
  pointer("up", 60, 0);
  expect([fresh.items.size, view.items.value.length]).toEqual([0, 0]);
  pointer("down", 0, 0);
  pointer("move", 50, 0);
  pointer("up", 50, 0);
  expect(fresh.items.size).toBe(1);
});

test("Escape drops the stroke, a letter picks a tool, Shift alone changes what is drawn", () => {
  const { pointer, key, open, view } = board();
  pointer("down", 0, 0);
  pointer("move", 50, 0);
  expect(key("Escape").defaultPrevented).toBe(true);
  pointer("up", 50, 0);
  expect(open.value.items.size).toBe(0);
  expect(key("Escape").defaultPrevented).toBe(false);
  key("r");
  expect(view.tool.value).toBe("rect");
  pointer("down", 0, 0);
  pointer("move", 50, 20);
  key("Shift", { shiftKey: true });
  pointer("up", 50, 20, { shiftKey: true });
  expect(open.value.ordered()[0]).toMatchObject({ w: 50, h: 50 });
});

test("Enter closes a polygon, and the room keeps the letters of those who may not draw", () => {
  const { pointer, key, open, channel } = board();
  key("g");
  for (const [x, y] of [
    [0, 0],
    [90, 0],
    [50, 80],
  ] as const) {
    pointer("down", x, y, { at: x * 100 });
    pointer("up", x, y);
  }
  expect(key("Enter").defaultPrevented).toBe(true);
  expect(open.value.ordered()[0]?.t).toBe("poly");
  channel.pen.value = "none";
  expect(key("p").defaultPrevented).toBe(false);
});

test("the space bar and the wheel pan, with Ctrl the wheel zooms at the pointer", () => {
  const { pointer, key, host, view, open } = board();
  const start = view.camera.value;
  key(" ");
  pointer("down", 100, 100);
  pointer("move", 80, 100);
  pointer("up", 80, 100);
  expect([view.camera.value.x - start.x, open.value.items.size]).toEqual([20, 0]);
  const wheel = { deltaX: 0, deltaY: 30, deltaMode: 0, clientX: 200, clientY: 100 };
  host.send("wheel", { ...wheel, ctrlKey: false });
  expect(view.camera.value.y - start.y).toBeCloseTo(30);
  const under = { ...view.camera.value };
  host.send("wheel", { ...wheel, deltaY: -100, ctrlKey: true });
  const { x, y, scale } = view.camera.value;
  expect(scale).toBeGreaterThan(1);
  expect(x + 200 / scale).toBeCloseTo(under.x + 200);
  expect(y + 100 / scale).toBeCloseTo(under.y + 100);
});

test("the ruler is moved by its body and turned by its grip, and nothing is drawn", () => {
  const { pointer, view, open } = board();
  view.toggleAid("ruler");
  const { x = 0, y = 0 } = view.aid.value ?? {};
  pointer("down", x, y);
  pointer("move", x + 30, y + 40);
  pointer("up", x + 30, y + 40);
  expect(view.aid.value).toMatchObject({ x: x + 30, y: y + 40 });
  pointer("down", x + 30 + 370, y + 40);
  pointer("move", x + 30, y + 40 + 370, { shiftKey: true });
  pointer("up", x + 30, y + 40 + 370);
  expect(view.aid.value?.angle).toBeCloseTo(Math.PI / 2);
  expect(open.value.items.size).toBe(0);
});

test("others' strokes are shown while they are drawn and give way to the item", () => {
  const { channel, renderer, open, link } = board();
  link.peers.value = [{ peer: 4, participantId: "x", name: "Lin", author: "lin" }];
  const draft = { t: "line" as const, x: 0, y: 0, w: 9, h: 9, c: "#1d1c1a", sw: 3, ds: 0 as const };
  channel.hearPreview(4, "99-1", { kind: "draft", draft });
  expect([...renderer.live.shapes.keys()]).toEqual(["peer.4.99-1"]);
  const theirs = new YPage("b/p1/0", { author: "lin", clientId: 99 });
  theirs.onUpdate((update) => open.value.apply(update));
  theirs.edit((edit) => edit.insert(draft, { id: "99-1" }));
  expect(renderer.live.shapes.size).toBe(0);
  channel.hearPreview(4, "99-2", { kind: "move", ids: ["99-1"], m: [1, 0, 0, 1, 5, 5] });
  expect(renderer.hidden).toEqual(["99-1"]);
  theirs.edit((edit) => edit.patch("99-1", { m: [1, 0, 0, 1, 5, 5] }));
  expect([renderer.hidden, renderer.live.shapes.size]).toEqual([[], 0]);
  channel.hearPreview(4, "99-3", { kind: "draft", draft });
  link.peers.value = [];
  expect(renderer.live.shapes.size).toBe(0);
});

test("cursors stand where others point, with their names, and rest only ten seconds", () => {
  const { channel, view, link, clock } = board();
  link.peers.value = [{ peer: 4, participantId: "x", name: "Lin", author: "lin" }];
  channel.hearCursor(4, { x: 100, y: 50 });
  view.zoomTo(2);
  const { x, y } = view.camera.value;
  const at = { x: (100 - x) * 2, y: (50 - y) * 2 };
  expect(view.cursors.value).toMatchObject([{ peer: 4, name: "Lin", ...at }]);
  clock.advance(9_000);
  expect(view.cursors.value).toHaveLength(1);
  clock.advance(2_000);
  expect(view.cursors.value).toEqual([]);
});

test("one's own pointer is told, and its leaving", () => {
  const { pointer, channel, host } = board();
  pointer("move", 40, 30, { buttons: 0 });
  host.send("pointerleave", {});
  expect(channel.cursors.slice(-2)).toMatchObject([{ x: 40, y: 30 }, null]);
});

test("out of the element nothing is heard any more", () => {
  const { pointer, detach, open } = board();
  pointer("down", 0, 0);
  detach();
  pointer("move", 50, 0);
  pointer("up", 50, 0);
  expect(open.value.items.size).toBe(0);
});

/** The view over a shared screen: nobody moves it by hand, it has few tools, and its ink goes. */
import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FADE_MS, STAY_MS } from "./fading";
import type { Camera } from "./model";
import { YPage } from "./page_doc";
import { pack } from "./points";
import { openBoardView } from "./view";
import { boardTwin, browserTwin, HostTwin, page } from "./view_testing";

const stroke = {
  ...{ t: "pen" as const, c: "#112233", w: 3, o: 1, s: 0 as const },
  d: pack([{ x: 1, y: 2, p: 128 }]),
};
const SEEN: Camera = { x: 0, y: 0, scale: 0.6 };

beforeEach(() => {
  for (const [name, value] of Object.entries(browserTwin())) vi.stubGlobal(name, value);
});
afterEach(() => vi.unstubAllGlobals());

function open(pen: "none" | "own" | "all" = "own") {
  const twin = boardTwin();
  twin.link.pen = pen;
  twin.pages.value = [page("p1", { kind: "ink", width: null, height: null })];
  twin.presenter.value = null;
  const camera = signal(SEEN);
  const fades = signal(true);
  const tools = ["select", "pen"] as const;
  const ports = { ...twin.ports, fixedCamera: camera, fades, tools };
  const view = openBoardView(ports, twin.parts);
  const host = new HostTwin();
  const keys = new HostTwin();
  view.attach(host.element, keys.element);
  const doc = twin.link.docOf("b/p1/0");
  return { ...twin, view, host, keys, fixed: camera, fades, doc };
}

function draws(doc: YPage): string {
  let id = "";
  doc.edit((edit) => {
    id = edit.insert(stroke);
  });
  return id;
}

/** Somebody else's stroke. */
function othersStroke(doc: YPage): string {
  const other = new YPage("b/p1/0", { author: "other", clientId: 77 });
  other.onUpdate((update) => doc.apply(update));
  return draws(other);
}

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test("the view stands where what lies below it says, whatever a hand does", () => {
  const { view, fixed, host, renderer } = open();
  host.send("wheel", {
    deltaMode: 0,
    deltaX: 0,
    deltaY: 90,
    ctrlKey: true,
    clientX: 5,
    clientY: 5,
  });
  host.send("wheel", { deltaMode: 0, deltaX: 0, deltaY: 90 });
  view.zoomBy(2);
  view.panBy(10, 10);
  view.fit();
  view.backToClass();
  renderer.size.value = { w: 300, h: 200 };
  expect(view.camera.value).toEqual(SEEN);
  fixed.value = { x: 0, y: 0, scale: 0.2 };
  expect(renderer.camera.value.scale).toBe(0.2);
});

test("it tells nobody where it looks, and follows nobody", () => {
  const { link, clock, peers, view } = { ...open(), peers: signal([]) };
  link.peers.value = [{ peer: 2, participantId: "teacher", name: "Wu", author: "wu" }];
  link.hearView(2, "p1", { x: 500, y: 500, w: 100, h: 100 });
  clock.advance(1_000);
  expect([link.views, view.camera.value, peers.value]).toEqual([[], SEEN, []]);
});

test("keys of tools it has not and of the view are left to the room", () => {
  const { view, keys } = open();
  for (const key of ["d", "g", "+", "0", " ", "PageDown", "u"]) {
    const event = keys.send("keydown", { ...plain, key });
    expect([key, event.defaultPrevented]).toEqual([key, false]);
  }
  expect(view.tool.value).toBe("pen");
  expect(keys.send("keydown", { ...plain, key: "v" }).defaultPrevented).toBe(true);
  view.pick("note");
  expect(view.tool.value).toBe("select");
});

test("ink fades after its time and its author removes it", () => {
  const { doc, clock, renderer, view } = open();
  const mine = draws(doc);
  clock.advance(STAY_MS - 1);
  expect([renderer.hidden, renderer.live.shapes.size]).toEqual([[], 0]);
  clock.advance(1);
  expect(renderer.hidden).toEqual([mine]);
  expect(renderer.live.shapes.get(`fading.${mine}`)).toMatchObject({ from: STAY_MS, ms: FADE_MS });
  clock.advance(FADE_MS);
  expect([doc.items.size, renderer.live.shapes.size, renderer.hidden]).toEqual([0, 0, []]);
  expect(view.mayUndo.value, "what went by itself is no step").toBe(false);
});

test("others' ink is hidden, and removed by them", () => {
  const { doc, clock, renderer } = open();
  const theirs = othersStroke(doc);
  clock.advance(60_000);
  expect([[...doc.items.keys()], renderer.hidden]).toEqual([[theirs], [theirs]]);
});

test("who may change everything clears away what somebody left", () => {
  const { doc, clock } = open("all");
  othersStroke(doc);
  clock.advance(STAY_MS + FADE_MS + 2_999);
  expect(doc.items.size).toBe(1);
  clock.advance(1);
  expect(doc.items.size).toBe(0);
});

test("what is there goes from the moment on when ink begins to fade, and stays when it ends", () => {
  const { doc, clock, fades, renderer } = open();
  fades.value = false;
  const old = draws(doc);
  clock.advance(60_000);
  expect(renderer.hidden).toEqual([]);
  fades.value = true;
  clock.advance(STAY_MS);
  expect(renderer.hidden).toEqual([old]);
  fades.value = false;
  expect([renderer.hidden, renderer.live.shapes.size]).toEqual([[], 0]);
  clock.advance(60_000);
  expect(doc.items.size).toBe(1);
});

test("what was changed has its time anew", () => {
  const { doc, clock, renderer } = open();
  const id = draws(doc);
  clock.advance(STAY_MS - 100);
  doc.edit((edit) => edit.patch(id, { m: [1, 0, 0, 1, 5, 5] }));
  clock.advance(STAY_MS - 100);
  expect(renderer.hidden).toEqual([]);
  clock.advance(100);
  expect(renderer.hidden).toEqual([id]);
});

test("without a pen nothing is removed, and with one again it is", () => {
  const { doc, clock, link } = open();
  draws(doc);
  for (const channel of link.channels) channel.pen.value = "none";
  clock.advance(STAY_MS + FADE_MS);
  expect(doc.items.size).toBe(1);
  for (const channel of link.channels) channel.pen.value = "own";
  expect(doc.items.size).toBe(0);
});

test("with reduced motion it goes at once", () => {
  const twin = boardTwin();
  twin.parts.reducesMotion = () => true;
  openBoardView({ ...twin.ports, fades: signal(true) }, twin.parts).attach(new HostTwin().element);
  const id = draws(twin.link.docOf("b/p1/0"));
  twin.clock.advance(STAY_MS);
  expect([twin.renderer.hidden, twin.renderer.live.shapes.size]).toEqual([[id], 0]);
});

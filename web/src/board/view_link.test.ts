/** Two views on real links and documents: seen while drawn, merged, and the pen taken away. */
import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LinkRoom, later, soon } from "./testing/link_room";
import { openBoardView } from "./view";
import { boardTwin, browserTwin, HostTwin, page } from "./view_testing";

let room: LinkRoom;

beforeEach(() => {
  vi.useFakeTimers();
  for (const [name, value] of Object.entries(browserTwin())) vi.stubGlobal(name, value);
  room = new LinkRoom();
});
afterEach(() => {
  room.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function seat(author: string) {
  const twin = boardTwin();
  const ports = {
    ...twin.ports,
    link: room.linkOf(author),
    boardId: signal("board"),
    pages: signal([page("page")]),
    classPage: signal("page"),
  };
  const view = openBoardView(ports, twin.parts);
  const host = new HostTwin();
  view.attach(host.element);
  view.pick("pen");
  await soon();
  const pointer = (name: string, x: number, y: number) =>
    host.send(`pointer${name}`, {
      ...{ clientX: x, clientY: y, pointerId: 1, pointerType: "mouse", button: 0, buttons: 1 },
      ...{ pressure: 0.5, shiftKey: false, altKey: false },
    });
  return { view, pointer, renderer: twin.renderer };
}

test("a stroke is seen while it is drawn, and then is on the page", async () => {
  const alice = await seat("alice");
  const bob = await seat("bob");
  alice.pointer("down", 100, 100);
  alice.pointer("move", 200, 150);
  await soon();
  const [preview] = bob.renderer.live.shapes.values();
  expect(preview?.kind === "draft" && preview.draft.t).toBe("pen");
  expect(bob.view.cursors.value).toMatchObject([{ name: "ALICE" }]);
  alice.pointer("up", 200, 150);
  await soon();
  expect(bob.renderer.live.shapes.size).toBe(0);
  expect(bob.view.items.value.map((item) => item.by)).toEqual(["alice"]);
  expect([alice.view.unsaved.value, alice.view.isOwn(alice.view.items.value[0] as never)]).toEqual([
    0,
    true,
  ]);
});

test("each undoes their own work", async () => {
  const alice = await seat("alice");
  const bob = await seat("bob");
  alice.view.insertCentred("rect");
  await soon();
  bob.view.insertCentred("note", "mine");
  await soon();
  alice.view.undo();
  await soon();
  expect(bob.view.items.value.map((item) => item.t)).toEqual(["note"]);
  expect([alice.view.mayUndo.value, bob.view.mayUndo.value]).toEqual([false, true]);
});

test("the pen taken in the middle of a stroke leaves nothing on anybody's page", async () => {
  const alice = await seat("alice");
  const bob = await seat("bob");
  bob.pointer("down", 100, 100);
  bob.pointer("move", 200, 150);
  await soon();
  room.twin.setPen("bob", "none");
  await soon();
  bob.pointer("move", 250, 150);
  bob.pointer("up", 250, 150);
  await later();
  expect([bob.view.pen.value, bob.view.notice.value?.code]).toEqual(["none", "pen.taken"]);
  expect([bob.view.items.value.length, alice.view.items.value.length]).toEqual([0, 0]);
  expect(alice.renderer.live.shapes.size).toBe(0);
});

test("with the lesser pen nothing done before can be taken back", async () => {
  const bob = await seat("bob");
  room.twin.setPen("bob", "all");
  await soon();
  bob.view.insertCentred("rect");
  await soon();
  expect(bob.view.mayUndo.value).toBe(true);
  room.twin.setPen("bob", "own");
  await soon();
  expect(bob.view.mayUndo.value).toBe(false);
  expect(bob.view.items.value.length).toBe(1);
});

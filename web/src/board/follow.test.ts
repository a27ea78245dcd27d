/** Following the presenter's page and view, going one's own way, and presenting. */
import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { cameraShowing, viewOf } from "./camera";
import { Follow, GLIDE_MS } from "./follow";
import type { Camera, Peer, Rect } from "./model";
import { Clock } from "./view_testing";

const TEACHER: Peer = { peer: 1, participantId: "teacher", name: "Amara", author: "a" };
const STUDENT: Peer = { peer: 2, participantId: "student", name: "Tomás", author: "t" };

function seat(selfId: string) {
  const clock = new Clock();
  const sent: { pageId: string; view: Rect; at: number }[] = [];
  let hear: (peer: number, pageId: string, view: Rect) => void = () => {};
  const ports = {
    link: {
      sendView: (pageId: string, view: Rect) => sent.push({ pageId, view, at: clock.now() }),
      onView: (listener: typeof hear) => {
        hear = listener;
        return () => {};
      },
    },
    peers: signal<readonly Peer[]>([TEACHER, STUDENT]),
    classPage: signal("p1"),
    shape: signal("1280 720"),
    presenter: signal<string | null>("teacher"),
    selfId: signal(selfId),
    pageId: signal(""),
    camera: signal<Camera>({ x: 0, y: 0, scale: 1 }),
    size: signal({ w: 1000, h: 500 }),
    fitted: () => ({ x: -1, y: -1, scale: 0.5 }),
    now: () => clock.now(),
    after: clock.after,
    frame: clock.frame,
  };
  const follow = new Follow(ports);
  return { ports, follow, clock, sent, hear: (...told: Parameters<typeof hear>) => hear(...told) };
}

const VIEW = { x: 100, y: 50, w: 400, h: 400 };

test("the class's page is shown, and turns with it", () => {
  const { ports } = seat("student");
  expect([ports.pageId.value, ports.camera.value.scale]).toEqual(["p1", 0.5]);
  ports.classPage.value = "p2";
  expect(ports.pageId.value).toBe("p2");
});

test("a page that changes its shape is shown whole again, unless somebody moved the view", () => {
  const { ports, follow } = seat("student");
  ports.camera.value = { x: 3, y: 3, scale: 3 };
  ports.shape.value = "1280 960";
  expect(ports.camera.value.scale).toBe(0.5);
  follow.movedByHand();
  ports.camera.value = { x: 3, y: 3, scale: 3 };
  ports.shape.value = "1280 720";
  expect(ports.camera.value.scale).toBe(3);
});

test("the presenter's view is fitted within a tenth of a second", () => {
  const { ports, clock, hear } = seat("student");
  hear(1, "p1", VIEW);
  clock.advance(GLIDE_MS / 2);
  const target = cameraShowing(VIEW, ports.size.value);
  expect(ports.camera.value).not.toEqual(target);
  clock.advance(GLIDE_MS);
  expect(ports.camera.value).toEqual(target);
  const seen = viewOf(target, ports.size.value);
  expect(seen.x).toBeLessThanOrEqual(VIEW.x);
  expect(seen.x + seen.w).toBeGreaterThanOrEqual(VIEW.x + VIEW.w);
  expect(seen.h).toBeCloseTo(VIEW.h);
});

test("another size of the window shows the same", () => {
  const { ports, clock, hear } = seat("student");
  hear(1, "p1", VIEW);
  clock.advance(500);
  ports.size.value = { w: 300, h: 600 };
  expect(ports.camera.value).toEqual(cameraShowing(VIEW, { w: 300, h: 600 }));
});

test("views of those who do not present are not followed", () => {
  const { ports, clock, hear } = seat("other");
  hear(2, "p1", VIEW);
  clock.advance(500);
  expect(ports.camera.value.scale).toBe(0.5);
});

test("one's own pan breaks off, even in the middle of a glide, and back returns", () => {
  const { ports, follow, clock, hear } = seat("student");
  hear(1, "p1", VIEW);
  clock.advance(GLIDE_MS / 2);
  follow.movedByHand();
  const mine = { x: 7, y: 7, scale: 3 };
  ports.camera.value = mine;
  clock.advance(500);
  hear(1, "p1", { ...VIEW, x: 900 });
  ports.classPage.value = "p2";
  clock.advance(500);
  expect([follow.following.value, ports.pageId.value, ports.camera.value]).toEqual([
    false,
    "p1",
    mine,
  ]);
  hear(1, "p2", VIEW);
  follow.back();
  clock.advance(500);
  expect([follow.following.value, ports.pageId.value]).toEqual([true, "p2"]);
  expect(ports.camera.value).toEqual(cameraShowing(VIEW, ports.size.value));
});

test("looking at another page breaks off, looking at the class's page joins again", () => {
  const { ports, follow } = seat("student");
  follow.turnedByHand("p3");
  expect([follow.following.value, ports.pageId.value]).toEqual([false, "p3"]);
  follow.turnedByHand("p1");
  expect(follow.following.value).toBe(true);
});

test("where nobody presents a pan does not leave the class", () => {
  const { ports, follow } = seat("student");
  ports.presenter.value = null;
  follow.movedByHand();
  expect(follow.following.value).toBe(true);
});

test("who presents sends the view at most ten times a second, and the last one surely", () => {
  const { ports, follow, clock, sent } = seat("teacher");
  expect(follow.isPresenting.value).toBe(true);
  clock.advance(1_000);
  sent.length = 0;
  for (let n = 1; n <= 100; n += 1) {
    ports.camera.value = { x: n, y: 0, scale: 1 };
    clock.advance(10);
  }
  clock.advance(200);
  expect(sent.length).toBeGreaterThan(5);
  expect(sent.length).toBeLessThanOrEqual(11);
  expect(sent.at(-1)).toMatchObject({ pageId: "p1", view: { x: 100, w: 1000, h: 500 } });
  follow.movedByHand();
  expect(follow.following.value).toBe(true);
});

test("a newcomer is told the view, and who only looks sends none", () => {
  const teacher = seat("teacher");
  teacher.clock.advance(1_000);
  teacher.sent.length = 0;
  teacher.ports.peers.value = [...teacher.ports.peers.value, { ...STUDENT, peer: 3 }];
  teacher.clock.advance(200);
  expect(teacher.sent).toHaveLength(1);
  const student = seat("student");
  student.ports.camera.value = { x: 5, y: 5, scale: 1 };
  student.clock.advance(1_000);
  expect(student.sent).toEqual([]);
});

test("a view that shows all of the page still does in another size", () => {
  const { ports, follow } = seat("teacher");
  ports.camera.value = { x: 3, y: 3, scale: 2 };
  ports.size.value = { w: 500, h: 500 };
  expect(ports.camera.value.scale).toBe(0.5);
  follow.movedByHand();
  ports.camera.value = { x: 3, y: 3, scale: 2 };
  ports.size.value = { w: 900, h: 500 };
  expect(ports.camera.value.scale).toBe(2);
});

/** What pointers mean together: strokes, pans, pinches, palms. */
import { expect, test } from "vitest";
import { type Circumstances, Gestures, type PointerKind } from "./gestures";

function hand(circumstances: Partial<Circumstances> = {}) {
  const told: string[] = [];
  const say = (what: string) => told.push(what);
  const gestures = new Gestures(
    {
      begin: (id, erases) => say(`begin ${id}${erases ? " erases" : ""}`),
      end: (id) => say(`end ${id}`),
      cancel: (id) => say(`cancel ${id}`),
      pan: (dx, dy) => say(`pan ${dx} ${dy}`),
      pinch: (factor, at) => say(`pinch ${factor.toFixed(2)} at ${at.x} ${at.y}`),
      stylusSeen: () => say("stylus"),
    },
    () => ({ mayPress: true, pans: false, penMode: false, ...circumstances }),
  );
  const fact = (kind: PointerKind, id: number, x: number, y: number, at = 0, button = 0) => ({
    ...{ kind, id, x, y, at, button },
  });
  return { told, gestures, fact };
}

test("a mouse draws with its left button, pans with the middle one, and not with the right", () => {
  const { told, gestures, fact } = hand();
  gestures.down(fact("mouse", 1, 0, 0));
  expect(gestures.move(fact("mouse", 1, 5, 5))).toBe(true);
  gestures.up(1);
  gestures.down(fact("mouse", 1, 0, 0, 0, 1));
  expect(gestures.move(fact("mouse", 1, 5, 7))).toBe(false);
  gestures.up(1);
  gestures.down(fact("mouse", 1, 0, 0, 0, 2));
  gestures.move(fact("mouse", 1, 5, 7));
  gestures.up(1);
  expect(told).toEqual(["begin 1", "end 1", "pan 5 7"]);
});

test("without the pen, with the hand or the space bar a press pans", () => {
  for (const circumstances of [{ mayPress: false }, { pans: true }]) {
    const { told, gestures, fact } = hand(circumstances);
    gestures.down(fact("mouse", 1, 0, 0));
    gestures.move(fact("mouse", 1, 3, 4));
    gestures.up(1);
    expect(told).toEqual(["pan 3 4"]);
  }
});

test("one finger draws, and pans in pen mode", () => {
  const drawing = hand();
  drawing.gestures.down(drawing.fact("touch", 1, 0, 0));
  drawing.gestures.move(drawing.fact("touch", 1, 30, 0));
  drawing.gestures.up(1);
  expect(drawing.told).toEqual(["begin 1", "end 1"]);
  const panning = hand({ penMode: true });
  panning.gestures.down(panning.fact("touch", 1, 0, 0));
  panning.gestures.move(panning.fact("touch", 1, 30, 0));
  panning.gestures.up(1);
  expect(panning.told).toEqual(["pan 30 0"]);
});

test("a second finger makes a pinch of what had hardly begun", () => {
  const { told, gestures, fact } = hand();
  gestures.down(fact("touch", 1, 100, 100));
  gestures.down(fact("touch", 2, 200, 100));
  gestures.move(fact("touch", 2, 300, 100));
  gestures.up(2);
  expect(told).toEqual(["begin 1", "cancel 1", "pan 50 0", "pinch 2.00 at 200 100"]);
});

test("a stroke well under way is kept when the second finger comes", () => {
  const { told, gestures, fact } = hand();
  gestures.down(fact("touch", 1, 0, 0));
  gestures.move(fact("touch", 1, 60, 0));
  gestures.down(fact("touch", 2, 200, 100));
  expect(told).toEqual(["begin 1", "end 1"]);
});

test("two fingers pinch in pen mode and without the pen too, and a third means nothing", () => {
  for (const circumstances of [{ penMode: true }, { mayPress: false }]) {
    const { told, gestures, fact } = hand(circumstances);
    gestures.down(fact("touch", 1, 0, 0));
    gestures.down(fact("touch", 2, 100, 0));
    gestures.down(fact("touch", 3, 500, 500));
    gestures.move(fact("touch", 3, 600, 600));
    gestures.move(fact("touch", 1, 50, 0));
    expect(told).toEqual(["pan 25 0", "pinch 0.50 at 75 0"]);
  }
});

test("the finger that stays after a pinch pans and never draws", () => {
  const { told, gestures, fact } = hand();
  gestures.down(fact("touch", 1, 0, 0));
  gestures.down(fact("touch", 2, 100, 0));
  gestures.up(2);
  told.length = 0;
  gestures.move(fact("touch", 1, 10, 10));
  gestures.up(1);
  expect(told).toEqual(["pan 10 10"]);
});

test("a touch within two seconds of the stylus is a palm", () => {
  const { told, gestures, fact } = hand();
  gestures.down(fact("pen", 9, 0, 0, 1_000));
  gestures.up(9);
  gestures.move(fact("pen", 9, 5, 5, 1_500));
  told.length = 0;
  gestures.down(fact("touch", 1, 50, 50, 3_400));
  gestures.move(fact("touch", 1, 90, 90, 3_450));
  gestures.up(1);
  expect(told).toEqual([]);
  gestures.down(fact("touch", 1, 50, 50, 3_600));
  expect(told).toEqual(["begin 1"]);
});

test("a palm that came before the stylus leaves nothing", () => {
  const { told, gestures, fact } = hand();
  gestures.down(fact("touch", 1, 0, 0, 0));
  gestures.move(fact("touch", 1, 90, 0, 10));
  gestures.down(fact("pen", 2, 50, 50, 20));
  gestures.move(fact("touch", 1, 120, 0, 30));
  gestures.up(1);
  gestures.up(2);
  expect(told).toEqual(["begin 1", "stylus", "cancel 1", "begin 2", "end 2"]);
});

test("the stylus's other end erases", () => {
  const { told, gestures, fact } = hand();
  gestures.down(fact("pen", 2, 0, 0, 0, 5));
  expect(told).toEqual(["stylus", "begin 2 erases"]);
});

test("a press that is dropped means nothing until it is let go", () => {
  const { told, gestures, fact } = hand();
  gestures.down(fact("mouse", 1, 0, 0));
  gestures.dropPress();
  expect(gestures.move(fact("mouse", 1, 5, 5))).toBe(false);
  gestures.up(1);
  expect(told).toEqual(["begin 1", "cancel 1"]);
});

test("a pointer that the system takes away cancels the stroke", () => {
  const { told, gestures, fact } = hand();
  gestures.down(fact("touch", 1, 0, 0));
  gestures.cancel(1);
  gestures.up(1);
  expect(told).toEqual(["begin 1", "cancel 1"]);
});

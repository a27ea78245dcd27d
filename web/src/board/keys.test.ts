/** The table of keys: no key twice, every tool within reach, and whose a key is. */
import { expect, test } from "vitest";
import { arrowStep, BOARD_KEYS, boardKeyOf } from "./keys";
import { rowFor } from "./view_acts";
import { TOOLS } from "./view_types";

const press = (key: string, held: string[] = []) => ({
  key,
  ctrlKey: held.includes("ctrl"),
  metaKey: held.includes("meta"),
  altKey: held.includes("alt"),
  shiftKey: held.includes("shift"),
});

test("no key stands twice in the table", () => {
  const names = BOARD_KEYS.map((row) => `${row.ctrl ?? false} ${row.shift ?? false} ${row.key}`);
  expect(new Set(names).size).toBe(names.length);
});

test("every tool but the eraser's kinds has a letter, and every row does something", () => {
  const tools = BOARD_KEYS.flatMap((row) => row.tool ?? []);
  expect(new Set(tools)).toEqual(new Set(TOOLS));
  for (const row of BOARD_KEYS)
    expect((row.tool === undefined) !== (row.act === undefined)).toBe(true);
});

test.each([
  ["p", [], "pen"],
  ["P", [], "pen"],
  ["p", ["ctrl"], undefined],
  ["p", ["alt"], undefined],
  ["P", ["shift"], undefined],
])("%s with %o is %s", (key, held, tool) => {
  expect(boardKeyOf(press(key, held))?.tool).toBe(tool);
});

test.each([
  ["z", ["ctrl"], "undo"],
  ["z", ["meta"], "undo"],
  ["Z", ["ctrl", "shift"], "redo"],
  ["y", ["ctrl"], "redo"],
  ["+", ["shift"], "zoom_in"],
  ["ArrowUp", ["shift"], "nudge"],
  ["Backspace", [], "remove"],
])("%s with %o is %s", (key, held, act) => {
  expect(boardKeyOf(press(key, held))?.act).toBe(act);
});

test("who may not draw keeps the room's letters and can look around", () => {
  const here = { mayDraw: false, singleKeys: true, onBoard: true };
  expect(rowFor(press("p"), here)).toBeNull();
  expect(rowFor(press("Delete"), here)).toBeNull();
  expect(rowFor(press("0"), here)?.act).toBe("fit");
  expect(rowFor(press("p"), { ...here, mayDraw: true })?.tool).toBe("pen");
});

test("single keys can be switched off; buttons keep their own keys", () => {
  const here = { mayDraw: true, singleKeys: true, onBoard: true };
  expect(rowFor(press("p"), { ...here, singleKeys: false })).toBeNull();
  expect(rowFor(press("z", ["ctrl"]), { ...here, singleKeys: false })?.act).toBe("undo");
  for (const key of [" ", "Enter", "ArrowLeft", "PageDown"]) {
    expect(rowFor(press(key), { ...here, onBoard: false })).toBeNull();
    expect(rowFor(press(key), here)).not.toBeNull();
  }
});

test("arrows step by one, with Shift by ten", () => {
  expect(arrowStep(press("ArrowLeft"))).toEqual({ dx: -1, dy: 0 });
  expect(arrowStep(press("ArrowDown", ["shift"]))).toEqual({ dx: 0, dy: 10 });
});

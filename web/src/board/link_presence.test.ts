import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Draft, Preview } from "./model";
import { pack, unpack } from "./points";
import type { BoardTwin } from "./testing/board_twin";
import { ids, ink, LinkRoom, soon } from "./testing/link_room";

let room: LinkRoom;
let twin: BoardTwin;
const pageOf = (author: string) => room.pageOf(author);

beforeEach(() => {
  vi.useFakeTimers();
  room = new LinkRoom();
  twin = room.twin;
});
afterEach(() => {
  room.close();
  vi.useRealTimers();
});

describe("others", () => {
  it("are seen while they draw, until the item is there", async () => {
    const { page: alice } = await pageOf("alice");
    const { page: bob } = await pageOf("bob");
    const seen: [string, Preview | null][] = [];
    bob.onPreview((_, key, preview) => seen.push([key, preview]));
    const key = alice.doc.value?.newId() ?? "";
    const points = [{ x: 0, y: 0, p: 100 }];
    for (let n = 1; n < 60; n += 1) {
      points.push({ x: n, y: n, p: 100 });
      alice.sendPreview(key, { kind: "draft", draft: { ...ink, d: pack(points) } as Draft });
      await vi.advanceTimersByTimeAsync(8);
    }
    await soon();
    await soon();
    const last = seen.at(-1)?.[1];
    expect(seen.length).toBeLessThan(20);
    expect(last?.kind === "draft" && "d" in last.draft && unpack(last.draft.d)).toEqual(points);
    alice.doc.value?.edit((edit) => edit.insert(ink, { id: key }));
    alice.sendPreview(key, null);
    await soon();
    expect(seen.at(-1)).toEqual([key, null]);
    expect(ids(bob)).toEqual([key]);
  });

  it("vanish with their previews and cursors when they leave", async () => {
    const { page: alice } = await pageOf("alice");
    const { page: bob } = await pageOf("bob");
    const seen: unknown[] = [];
    bob.onPreview((peer, key, preview) => seen.push([peer, key, preview?.kind ?? null]));
    bob.onCursor((peer, at) => seen.push([peer, at]));
    alice.sendPreview("1-1", { kind: "move", ids: ["1-1"], m: [1, 0, 0, 1, 5, 5] });
    alice.sendCursor({ x: 3.4, y: -7 });
    await soon();
    twin.isReachable = false;
    twin.cut("alice");
    await soon();
    expect(seen).toEqual([
      [1, "1-1", "move"],
      [1, { x: 3, y: -7 }],
      [1, "1-1", null],
      [1, null],
    ]);
  });

  it("see laser and view", async () => {
    const { page: alice, link } = await pageOf("alice");
    const { page: bob, link: bobs } = await pageOf("bob");
    const seen: unknown[] = [];
    bob.onLaser((peer, points) => seen.push([peer, points]));
    bobs.onView((peer, pageId, rect) => seen.push([peer, pageId, rect]));
    alice.sendLaser([
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ]);
    link.sendView("page", { x: 1.4, y: 2, w: 1280, h: 720 });
    await soon();
    expect(seen).toEqual([
      [
        1,
        [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
        ],
      ],
      [1, "page", { x: 1, y: 2, w: 1280, h: 720 }],
    ]);
  });

  it("and faults of the server are told, and that they are over", async () => {
    const { link } = await pageOf("alice");
    twin.say(twin.peerOf("alice"), { type: "fault", code: "board.not_saved" });
    await soon();
    expect(link.fault.value).toBe("board.not_saved");
    twin.say(twin.peerOf("alice"), { type: "fault", code: "board.saved" });
    await soon();
    expect(link.fault.value).toBe(null);
  });
});

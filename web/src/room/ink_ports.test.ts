import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { BoardPorts } from "../board/view_ports";
import { inkPorts } from "./ink_ports";
import { EMPTY_ROOM } from "./state";

const base = { link: {}, turnPage: () => {} } as unknown as BoardPorts;

function facts(id: string) {
  const at = { placement: "", slide: 0, step: 0, isSeen: true, epoch: 0, backdrop: "" };
  return {
    ...{ id, name: "", paper: "plain" as const, width: null, height: null, isLocked: false },
    ...{ ...at, kind: "ink" as const },
  };
}

describe("the view over a shared screen", () => {
  const room = signal({ ...EMPTY_ROOM, ink: { ...EMPTY_ROOM.ink } });
  const pages = signal([facts("i1"), facts("old")]);
  const camera = signal({ x: 0, y: 0, scale: 0.5 });
  const ports = inkPorts(base, room, pages, { camera });

  it("has the one page of the share, and none before", () => {
    expect([ports.pages.value, ports.classPage.value]).toEqual([[], ""]);
    room.value = { ...room.value, ink: { ...room.value.ink, page_id: "i1", look: "fade" } };
    expect(ports.pages.value.map((page) => page.id)).toEqual(["i1"]);
    expect([ports.classPage.value, ports.fades?.value]).toEqual(["i1", true]);
  });

  it("has nothing of another screen where only our own is shown", () => {
    const own = inkPorts(base, room, pages, { camera, isOwn: true });
    room.value = { ...room.value, selfId: "me", ink: { ...room.value.ink, share_of: "wu" } };
    expect([own.pages.value, own.classPage.value]).toEqual([[], ""]);
    room.value = { ...room.value, ink: { ...room.value.ink, share_of: "me" } };
    expect(own.classPage.value).toBe("i1");
  });

  it("leads nobody and follows nobody, whoever presents the board", () => {
    room.value = { ...room.value, board: { ...room.value.board, presenter: "wu" } };
    expect([ports.isLeader.value, ports.presenter.value]).toEqual([false, null]);
    expect(ports.fixedCamera).toBe(camera);
  });
});

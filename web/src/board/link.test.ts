import { effect } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Draft } from "./model";
import type { OpenPage } from "./open_page";
import { pack } from "./points";
import type { BoardTwin } from "./testing/board_twin";
import { DOC, draw, ids, ink, LinkRoom, later, soon } from "./testing/link_room";

let room: LinkRoom;
let twin: BoardTwin;
const linkOf = (author: string) => room.linkOf(author);
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

describe("a page", () => {
  it("opens, and what one draws the other sees and the server keeps", async () => {
    const { page: alice, link } = await pageOf("alice");
    const { page: bob } = await pageOf("bob");
    expect(link.state.value).toBe("up");
    expect(link.author.value).toBe("alice");
    expect(link.peers.value.map((peer) => peer.author)).toEqual(["alice", "bob"]);
    expect(link.authors.value.get("bob")).toBe("BOB");
    expect([alice.state.value, alice.pen.value]).toEqual(["ready", "all"]);
    const id = draw(alice);
    expect(alice.unsaved.value).toBe(1);
    await soon();
    expect(alice.unsaved.value).toBe(0);
    expect(ids(bob)).toEqual([id]);
    expect(twin.ids(DOC)).toEqual([id]);
  });

  it("counts as unsaved what is not on the server's disk", async () => {
    const { page, link } = await pageOf("alice");
    twin.isSaving = false;
    draw(page);
    draw(page);
    await soon();
    expect([page.unsaved.value, link.unsaved.value]).toEqual([2, 2]);
    twin.commit();
    await soon();
    expect([page.unsaved.value, link.unsaved.value]).toEqual([0, 0]);
  });

  it("splits what is too large for one message, and it stays one step of undo", async () => {
    const { page: alice } = await pageOf("alice");
    const { page: bob } = await pageOf("bob");
    const points = Array.from({ length: 900 }, (_, n) => ({ x: n * 9, y: n % 40, p: n % 256 }));
    const long = { ...ink, d: pack(points) } as Draft;
    const steps = () => twin.peerOf("alice").heard.filter((frame) => frame.type === "update");
    alice.doc.value?.edit((edit) => {
      for (let n = 0; n < 100; n += 1) edit.insert(long);
    });
    await soon();
    expect(steps().length).toBeGreaterThan(3);
    expect(ids(bob).length).toBe(100);
    alice.doc.value?.undo();
    await soon();
    expect(ids(bob).length).toBe(0);
    alice.doc.value?.redo();
    await soon();
    expect(ids(bob).length).toBe(100);
    alice.doc.value?.edit((edit) => {
      for (const id of ids(alice)) edit.remove(id);
    });
    alice.doc.value?.undo();
    await soon();
    expect([ids(bob).length, twin.ids(DOC).length]).toEqual([100, 100]);
    expect(alice.unsaved.value).toBe(0);
  });

  it("waits for a free channel when eight are open to write", async () => {
    const link = linkOf("alice");
    const open = (n: number, mode: "look" | "write") => {
      twin.add(`board/p${n}/0`);
      return link.openPage(`board/p${n}/0`, { mode });
    };
    const pages = Array.from({ length: 9 }, (_, n) => open(n, "write"));
    const look = open(9, "look");
    await soon();
    expect(pages.map((page) => page.state.value)).toEqual([...Array(8).fill("ready"), "opening"]);
    expect([look.state.value, look.pen.value]).toEqual(["ready", "none"]);
    pages[0]?.close();
    await soon();
    expect(pages[8]?.state.value).toBe("ready");
  });

  it("waits for a free channel when forty are open, and for answers when many are asked for", async () => {
    const link = linkOf("alice");
    const pages = Array.from({ length: 41 }, (_, n) => {
      twin.add(`board/p${n}/0`);
      return link.openPage(`board/p${n}/0`, { mode: "look" });
    });
    const asked = () => twin.peerOf("alice").heard.filter(({ type }) => type === "open").length;
    await vi.advanceTimersByTimeAsync(0);
    for (let n = 0; n < 40; n += 1) await soon();
    const states = pages.map((page) => page.state.value);
    expect(states).toEqual([...Array(40).fill("ready"), "opening"]);
    expect(asked()).toBe(40);
    pages[0]?.close();
    await soon();
    expect(pages[40]?.state.value).toBe("ready");
  });

  it("comes before those that are only looked at", async () => {
    const link = linkOf("alice");
    const looks = Array.from({ length: 7 }, (_, n) => {
      twin.add(`board/p${n}/0`);
      return link.openPage(`board/p${n}/0`, { mode: "look" });
    });
    twin.add("board/mine/0");
    const mine = link.openPage("board/mine/0", { mode: "write" });
    await soon();
    const opened = twin
      .peerOf("alice")
      .heard.flatMap((frame) => (frame.type === "open" ? [frame.docId] : []));
    expect(opened.indexOf("board/mine/0")).toBeLessThan(opened.indexOf("board/p6/0"));
    expect([mine.state.value, ...looks.map((page) => page.state.value)]).toEqual(
      Array(8).fill("ready"),
    );
  });
});

describe("without network", () => {
  it("one works on, and it merges on return", async () => {
    const { page: alice, link } = await pageOf("alice");
    const { page: bob } = await pageOf("bob");
    const first = draw(alice);
    await soon();
    const document = alice.doc.value;
    twin.isReachable = false;
    twin.cut("alice");
    await later();
    expect([link.state.value, alice.state.value]).toEqual(["down", "away"]);
    const offline = [draw(alice), draw(alice)];
    alice.doc.value?.edit((edit) => edit.patch(first, { c: "#00ff00" }));
    const his = draw(bob);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(alice.unsaved.value).toBe(3);
    twin.isReachable = true;
    await later();
    expect(alice.doc.value).toBe(document);
    expect(alice.unsaved.value).toBe(0);
    expect(new Set(ids(alice))).toEqual(new Set([first, his, ...offline]));
    expect(JSON.stringify(bob.doc.value?.ordered())).toBe(
      JSON.stringify(alice.doc.value?.ordered()),
    );
    alice.doc.value?.undo();
    await soon();
    expect(bob.doc.value?.items.get(first)).toMatchObject({ c: "#112233" });
  });

  it("sends again in order, with the numbers it had", async () => {
    const { page } = await pageOf("alice");
    twin.isSaving = false;
    draw(page);
    draw(page);
    await soon();
    twin.cut("alice");
    draw(page);
    await later();
    const numbers = twin
      .peerOf("alice")
      .heard.flatMap((frame) => (frame.type === "update" ? [frame.no] : []));
    expect(numbers).toEqual([1, 2, 3]);
    twin.commit();
    await soon();
    expect(page.unsaved.value).toBe(0);
    expect(twin.ids(DOC).length).toBe(3);
  });

  it("keeps below the rate when much has to be sent", async () => {
    const { page } = await pageOf("alice");
    twin.isReachable = false;
    twin.cut();
    await soon();
    for (let n = 0; n < 1_100; n += 1) draw(page);
    twin.isReachable = true;
    await vi.advanceTimersByTimeAsync(600);
    expect(twin.ids(DOC).length).toBeLessThan(1_090);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(twin.ids(DOC).length).toBe(1_100);
    expect(page.unsaved.value).toBe(0);
  });

  it("notices a connection on which nothing comes any more", async () => {
    const { page, link } = await pageOf("alice");
    twin.silence("alice");
    draw(page);
    await vi.advanceTimersByTimeAsync(14_000);
    expect(link.state.value).toBe("up");
    expect(page.unsaved.value).toBe(0);
  });

  it("says so when the server lost what it had acknowledged", async () => {
    const { page } = await pageOf("alice");
    const told: unknown[] = [];
    page.onDenied((code, lost) => told.push([code, lost]));
    draw(page);
    await soon();
    twin.add(DOC);
    twin.cut();
    await later();
    expect(told).toEqual([["update.gap", 0]]);
    expect([page.state.value, ids(page)]).toEqual(["ready", []]);
    draw(page);
    await soon();
    expect(twin.ids(DOC)).toEqual(ids(page));
  });
});

describe("a denial", () => {
  it("makes the document anew, under another client id and channel", async () => {
    const { page: alice } = await pageOf("alice");
    const { page: bob } = await pageOf("bob");
    const told: unknown[] = [];
    alice.onDenied((code, lost) => told.push([code, lost]));
    const kept = draw(alice);
    await soon();
    const before = alice.doc.value;
    twin.denyNext = "schema.value";
    draw(alice);
    draw(alice);
    await soon();
    expect(told).toEqual([["schema.value", 2]]);
    expect(alice.doc.value).not.toBe(before);
    expect(alice.doc.value?.clientId).not.toBe(before?.clientId);
    expect([ids(alice), ids(bob), alice.unsaved.value]).toEqual([[kept], [kept], 0]);
    expect(alice.doc.value?.mayUndo).toBe(false);
    const next = draw(alice);
    await soon();
    expect(ids(bob)).toEqual([kept, next]);
    expect(alice.unsaved.value).toBe(0);
  });

  it("tells of what is drawn before the new document is there", async () => {
    const { page } = await pageOf("alice");
    const told: unknown[] = [];
    page.onDenied((code, lost) => {
      told.push([code, lost]);
      if (told.length === 1) draw(page);
    });
    twin.denyNext = "schema.value";
    draw(page);
    await soon();
    expect(told).toEqual([
      ["schema.value", 1],
      ["page.reopening", 1],
    ]);
    expect([page.state.value, page.unsaved.value]).toEqual(["ready", 0]);
  });

  it("after the pen was taken away keeps what the server has", async () => {
    const { page } = await pageOf("alice");
    const told: unknown[] = [];
    page.onDenied((code, lost) => told.push([code, lost]));
    twin.isSaving = false;
    const known = draw(page);
    await soon();
    twin.setPen("alice", "none");
    twin.isReachable = false;
    twin.cut("alice");
    draw(page);
    await soon();
    twin.isReachable = true;
    await later();
    expect(page.pen.value).toBe("none");
    expect(told).toEqual([["pen.missing", 1]]);
    expect([ids(page), page.unsaved.value]).toEqual([[known], 0]);
  });

  it("of an opening with somebody else's client id is healed in silence", async () => {
    const link = linkOf("alice");
    twin.refuseOpen = "client.taken";
    const page = link.openPage(DOC, { mode: "write" });
    await vi.advanceTimersByTimeAsync(4);
    twin.refuseOpen = null;
    await soon();
    expect(page.state.value).toBe("ready");
  });
});

describe("a page that is gone", () => {
  it("is refused with what was lost", async () => {
    const { page, link } = await pageOf("alice");
    const told: unknown[] = [];
    page.onDenied((code, lost) => told.push([code, lost]));
    twin.isReachable = false;
    twin.cut();
    await soon();
    draw(page);
    twin.remove(DOC);
    twin.add("board/page/1");
    twin.isReachable = true;
    await later();
    expect([page.state.value, page.refusal.value]).toEqual(["refused", "page.unknown"]);
    expect(told).toEqual([["page.unknown", 1]]);
    const next = link.openPage("board/page/1", { mode: "write" });
    page.close();
    await soon();
    expect(next.state.value).toBe("ready");
    twin.remove("board/page/1");
    await soon();
    expect([next.state.value, next.refusal.value]).toEqual(["refused", "page.gone"]);
  });

  it("is asked for again when the server cannot open it just now", async () => {
    const link = linkOf("alice");
    twin.refuseOpen = "board.unavailable";
    const page = link.openPage(DOC, { mode: "write" });
    await soon();
    expect(page.state.value).toBe("opening");
    twin.refuseOpen = null;
    await later();
    expect(page.state.value).toBe("ready");
  });
});

describe("closing", () => {
  it("waits until everything is saved, and may be taken back", async () => {
    const { page, link } = await pageOf("alice");
    twin.isSaving = false;
    const id = draw(page);
    page.close();
    expect(link.unsaved.value).toBe(1);
    expect(link.openPage(DOC, { mode: "write" })).toBe(page);
    page.close();
    await soon();
    twin.commit();
    await soon();
    expect(link.unsaved.value).toBe(0);
    expect(twin.ids(DOC)).toEqual([id]);
    expect(twin.peerOf("alice").channels.size).toBe(0);
    const again = link.openPage(DOC, { mode: "write" });
    await soon();
    expect([again === page, ids(again)]).toEqual([false, [id]]);
  });
});
it("may be used within an effect, which does not run again because of it", async () => {
  const link = linkOf("alice");
  let runs = 0;
  let page: OpenPage | null = null;
  const stop = effect(() => {
    runs += 1;
    page?.close();
    page = link.openPage(DOC, { mode: "write" });
    page.sendCursor({ x: 1, y: 1 });
  });
  await soon();
  expect([runs, twin.peerOf("alice").channels.size]).toEqual([1, 1]);
  stop();
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { success } from "../result";
import { BoardLink } from "./link";
import type { Draft } from "./model";
import { inflate } from "./open_page_inflate";
import { pack } from "./points";
import { BoardTwin } from "./testing/board_twin";

const DOC = "board/page/0";
const ink: Draft = {
  ...{ t: "pen", c: "#112233", w: 3, o: 1, s: 0 },
  d: pack([{ x: 1, y: 2, p: 128 }]),
} as Draft;

/** RFC 1951 by one stored block, which is no smaller, but a deflate. */
function stored(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  const head = [1, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff];
  return new Uint8Array([...head, ...bytes]);
}

let twin: BoardTwin;
const links: BoardLink[] = [];

beforeEach(() => {
  twin = new BoardTwin(DOC);
  twin.deflate = stored;
});
afterEach(() => {
  for (const link of links.splice(0)) link.close();
});

function open(author: string) {
  const link = new BoardLink({
    ticket: async () => success(twin.ticketOf(author)),
    plug: twin.plug,
  });
  links.push(link);
  link.open();
  return link.openPage(DOC, { mode: "write" });
}

describe("a deflated state", () => {
  it("is unpacked, and what comes meanwhile waits for it", async () => {
    const alice = open("alice");
    await vi.waitFor(() => expect(alice.state.value).toBe("ready"));
    for (let n = 0; n < 50; n += 1) alice.doc.value?.edit((edit) => edit.insert(ink));
    await vi.waitFor(() => expect(alice.unsaved.value).toBe(0));
    const bob = open("bob");
    // Drawn just after bob's opening was answered: it comes while the state is being unpacked.
    await twin.onOpened(() => alice.doc.value?.edit((edit) => edit.insert(ink)));
    await vi.waitFor(() => expect(bob.doc.value?.items.size).toBe(51));
    expect(bob.doc.value?.ordered()).toEqual(alice.doc.value?.ordered());
  });

  it("may be an older one, with our own updates behind it", async () => {
    const page = open("alice");
    await vi.waitFor(() => expect(page.state.value).toBe("ready"));
    const denied: string[] = [];
    page.onDenied((code) => denied.push(code));
    const document = page.doc.value;
    const since: Uint8Array[] = [];
    document?.onUpdate((update) => since.push(update));
    for (let n = 0; n < 3; n += 1) document?.edit((edit) => edit.insert(ink));
    await vi.waitFor(() => expect(page.unsaved.value).toBe(0));
    twin.imprint = { vector: new Uint8Array([0]), update: new Uint8Array([0, 0]), since };
    twin.cut();
    document?.edit((edit) => edit.insert(ink));
    await vi.waitFor(() => expect(page.state.value).toBe("away"));
    await vi.waitFor(() => expect(page.unsaved.value).toBe(0), 4_000);
    expect([denied, page.doc.value === document]).toEqual([[], true]);
    expect(twin.ids(DOC).length).toBe(4);
  });

  it("that is none is asked for again", async () => {
    twin.deflate = () => new Uint8Array([7, 7, 7]);
    const page = open("alice");
    await twin.onOpened(() => {
      twin.deflate = stored;
    });
    expect(page.state.value).toBe("opening");
    await vi.waitFor(() => expect(page.state.value).toBe("ready"), 4_000);
  });
});

it("bytes that are no deflate are refused", async () => {
  await expect(inflate(new Uint8Array([7, 7]))).rejects.toThrow();
  expect(await inflate(stored(new Uint8Array([1, 2, 3])))).toEqual(new Uint8Array([1, 2, 3]));
});

it("takes the page anew, without a word, when its authors are told or no more", async () => {
  const page = open("alice");
  await vi.waitFor(() => expect(page.state.value).toBe("ready"));
  page.doc.value?.edit((edit) => edit.insert(ink));
  await vi.waitFor(() => expect(page.unsaved.value).toBe(0));
  const denied: string[] = [];
  page.onDenied((code) => denied.push(code));
  const before = page.doc.value;
  for (const peer of twin.peers) {
    for (const channel of [...peer.channels.keys()]) {
      peer.channels.delete(channel);
      twin.say(peer, { type: "deny", channel, no: 0, code: "page.authors" });
    }
  }
  await vi.waitFor(() => expect(page.doc.value).not.toBe(before));
  expect([page.state.value, page.doc.value?.items.size, denied]).toEqual(["ready", 1, []]);
});

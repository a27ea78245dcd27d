import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failure, success } from "../result";
import type { NewDeck } from "../wire/decks";
import type { Problem } from "../wire/http";
import { DeckSending } from "./deck_sending";

type Fault = ReturnType<typeof failure<Problem>>;
const refused = (code: string, status: number): Fault =>
  failure({ code, status, params: {}, retryAfterS: null });

/** A server that makes a deck when the last byte of the last file has come. */
class Server {
  readonly announced: NewDeck[] = [];
  readonly gone: string[] = [];
  readonly made: string[] = [];
  /** Of each upload: what came of each file. */
  readonly have = new Map<string, number[]>();
  /** The next answers to pieces; null lets it pass. */
  faults: (Fault | null)[] = [];
  beginning: Fault | null = null;
  /** The answer is lost after the piece has come. */
  isDeaf = false;

  sending = new DeckSending({
    door: {
      begin: async (deck) => {
        this.announced.push(deck);
        if (this.beginning) return this.beginning;
        const upload_id = `up${this.announced.length}`;
        this.have.set(
          upload_id,
          deck.sources.map(() => 0),
        );
        const pieces = deck.sources.map((_one, index) => ({ index, offset: 0 }));
        return success({ upload_id, pieces, piece_max: 4 });
      },
      piece: async (id, index, offset, body, { told, signal }) => {
        const have = this.have.get(id);
        if (signal.aborted) return refused("network.offline", 0);
        if (!have) return refused("upload.unknown", 404);
        const fault = this.faults.shift();
        if (fault) return fault;
        told(body.size);
        have[index] = offset + body.size;
        if (this.isDeaf) {
          this.isDeaf = false;
          return refused("network.offline", 0);
        }
        return this.standing(id, index);
      },
      look: async (id, index) => this.standing(id, index),
      discard: async (id) => {
        this.gone.push(id);
        this.have.delete(id);
      },
    },
    made: (id) => void this.made.push(id),
    now: () => Date.now(),
  });

  standing(id: string, index: number) {
    const have = this.have.get(id) ?? [];
    const sizes = this.announced[Number(id.slice(2)) - 1]?.sources.map((one) => one.bytes) ?? [];
    const is_ready = sizes.every((size, at) => have[at] === size);
    return success({ offset: have[index] ?? 0, is_ready, deck_id: is_ready ? `deck ${id}` : "" });
  }

  states(): string[] {
    return this.sending.list.value.map((one) => one.upload.state);
  }
}

const file = (name: string, bytes = 10) => new File(["x".repeat(bytes)], name);
const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);

let server: Server;
beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
});
afterEach(() => void vi.useRealTimers());

describe("decks on their way", () => {
  it("are one each, and go when they are made", async () => {
    server.sending.add([[file("a.pdf")], [file("b.pdf")]], { folder_id: "f" });
    expect(server.states()).toEqual(["sending", "sending"]);
    await passes(10);
    expect(server.announced.map((one) => [one.sources, one.folder_id])).toEqual([
      [[{ name: "a.pdf", bytes: 10 }], "f"],
      [[{ name: "b.pdf", bytes: 10 }], "f"],
    ]);
    expect(server.made).toEqual(["deck up1", "deck up2"]);
    expect(server.sending.list.value).toEqual([]);
    expect(server.gone).toEqual([]);
  });

  it("of more pictures than are sent at once are announced once, in their order", async () => {
    const names = ["1.png", "2.png", "3.png", "4.png", "5.png"];
    server.sending.add([names.map((name) => file(name))], {});
    const [row] = server.sending.list.value;
    expect([row?.files, row?.upload.bytes, row?.upload.name]).toEqual([5, 50, "1.png"]);
    await passes(10);
    expect(server.announced).toHaveLength(1);
    expect(server.announced[0]?.sources.map((one) => one.name)).toEqual(names);
    expect(server.made).toEqual(["deck up1"]);
    expect(server.sending.list.value).toEqual([]);
  });

  it("are made also when the last answer is lost", async () => {
    server.isDeaf = true;
    server.sending.add([[file("a.pdf", 3)]], { deck_id: "old" });
    await passes(10);
    expect(server.states()).toEqual(["lost"]);
    await passes(1_000);
    expect(server.announced[0]?.deck_id).toBe("old");
    expect(server.made).toEqual(["deck up1"]);
  });

  it("go on where they were after a pause", async () => {
    server.faults = [null, refused("server.error", 500)];
    server.sending.add([[file("a.pdf")]], {});
    await passes(10);
    server.sending.pause("d1");
    expect(server.states()).toEqual(["paused"]);
    await passes(60_000);
    expect(server.states()).toEqual(["paused"]);
    server.sending.resume("d1");
    await passes(10);
    expect(server.announced).toHaveLength(1);
    expect(server.made).toEqual(["deck up1"]);
  });

  it("say why the server will not have them, and are tried again as a whole", async () => {
    server.faults = [null, null, null, refused("deck.encrypted", 422)];
    server.sending.add(
      [[file("1.png", 4), file("2.png", 4), file("3.png", 4), file("4.png", 4)]],
      {},
    );
    await passes(2_000);
    expect(server.states()).toEqual(["failed"]);
    expect(server.sending.list.value[0]?.upload.refusal?.code).toBe("deck.encrypted");
    expect(server.gone).toContain("up1");
    server.sending.resume("d1");
    await passes(2_000);
    expect(server.announced).toHaveLength(2);
    expect(server.made).toEqual(["deck up2"]);
    expect(server.gone).not.toContain("up2");
  });

  it("that are refused at the door are announced anew", async () => {
    server.beginning = refused("deck.quota", 409);
    server.sending.add([[file("1.png"), file("2.png")]], {});
    await passes(10);
    expect(server.states()).toEqual(["failed"]);
    server.beginning = null;
    server.sending.resume("d1");
    await passes(10);
    expect(server.made).toHaveLength(1);
    expect(server.sending.list.value).toEqual([]);
  });

  it("that are taken out are given up once", async () => {
    server.faults = [null, refused("server.error", 500)];
    server.sending.add([[file("a.pdf")]], {});
    await passes(10);
    server.sending.cancel("d1");
    await passes(60_000);
    expect(server.gone).toEqual(["up1"]);
    expect(server.sending.list.value).toEqual([]);
    expect(server.made).toEqual([]);
  });
});

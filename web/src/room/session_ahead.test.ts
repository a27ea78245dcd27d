import { signal } from "@preact/signals";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { failure, success } from "../result";
import { PROTOCOL_VERSION, type Refusal } from "../wire/messages";

/** The socket and the call of a session that only looks at the door; the test is the server. */
const server = {
  asked: [] as [string, unknown][],
  notices: new Map<string, (notice: unknown) => void>(),
  up: () => {},
  refuse: (_refusal: Refusal) => {},
  wire: { link: signal("connecting"), opened: 0, closed: 0, braced: 0 },
  call: { prepares: true, prepared: 0, offered: {} as object },
};

vi.mock("../wire/socket", () => ({
  mayAskAgain: () => false,
  Wire: class {
    link = server.wire.link;
    #ups: (() => void)[] = [];
    #refusals: ((refusal: Refusal) => void)[] = [];
    onUp(listener: () => void) {
      this.#ups.push(listener);
      server.up = () => {
        for (const one of [...this.#ups]) one();
      };
    }
    onRefused(listener: (refusal: Refusal) => void) {
      this.#refusals.push(listener);
      server.refuse = (refusal) => {
        for (const one of [...this.#refusals]) one(refusal);
      };
    }
    on(name: string, listener: (notice: unknown) => void) {
      server.notices.set(name, listener);
    }
    open() {
      server.wire.opened += 1;
    }
    brace() {
      server.wire.braced += 1;
    }
    close() {
      server.wire.closed += 1;
      server.wire.link.value = "closed";
    }
    request = async (name: string, message: unknown) => {
      server.asked.push([name, message]);
      return failure({ code: "wire.away", params: {} });
    };
  },
}));

vi.mock("../media/call", () => ({
  Call: class {
    producers = { want: async () => success(undefined) };
    capabilities = async () => (server.call.prepares ? null : { codecs: [] });
    prepare = async () => {
      server.call.prepared += 1;
      return server.call.prepares;
    };
    offer = () => server.call.offered;
    close() {}
  },
}));

vi.mock("./pulse", () => ({
  Pulse: class {
    online = signal(true);
    start() {}
    stop() {}
  },
}));

const { Session } = await import("./session");

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

async function connect() {
  server.wire.link.value = "up";
  server.up();
  await settled();
}

beforeEach(() => {
  server.asked = [];
  server.wire.link.value = "connecting";
  Object.assign(server.wire, { opened: 0, closed: 0, braced: 0 });
  Object.assign(server.call, { prepares: true, prepared: 0, offered: {} });
});

describe("in front of the door", () => {
  async function prepared() {
    const session = new Session({ token: "token", tab: "tab" }, Promise.resolve({}));
    const ready = session.prepare();
    await connect();
    return { session, ready: await ready };
  }

  it("connects and makes the paths, and joins by one request when it is opened", async () => {
    server.call.offered = { produce: [{ source: "microphone" }], pictures: 4 };
    const { session, ready } = await prepared();
    expect(ready && session.isPrepared()).toBe(true);
    expect([server.call.prepared, server.asked]).toEqual([1, []]);
    session.open();
    await settled();
    expect(server.asked).toEqual([
      [
        "room.join",
        {
          rtp_capabilities: null,
          client_version: PROTOCOL_VERSION,
          produce: [{ source: "microphone" }],
          pictures: 4,
        },
      ],
    ]);
    expect([server.wire.opened, server.wire.braced]).toEqual([1, 1]);
  });

  it("does not join when the socket comes back meanwhile, but when it is opened without one", async () => {
    const { session } = await prepared();
    await connect();
    expect(server.asked).toEqual([]);
    server.wire.link.value = "down";
    session.open();
    await settled();
    expect(server.asked).toEqual([]);
    await connect();
    expect(server.asked).toHaveLength(1);
  });

  it("is closed where nothing can be prepared", async () => {
    server.call.prepares = false;
    const { session, ready } = await prepared();
    expect(ready || session.isPrepared()).toBe(false);
    expect(server.wire.closed).toBe(1);
  });

  it("goes on when somebody opens it before the paths are made", async () => {
    server.call.prepares = false;
    const session = new Session({ token: "token", tab: "tab" }, Promise.resolve({}));
    const ready = session.prepare();
    expect(session.isPrepared()).toBe(true);
    session.open();
    await connect();
    expect(await ready).toBe(false);
    expect(server.wire.closed).toBe(0);
    expect(server.asked).toHaveLength(1);
  });

  it("is no use any more once another tab has the seat, or the server refused it", async () => {
    const { session } = await prepared();
    server.notices.get("seat.replaced")?.({});
    expect(session.isPrepared()).toBe(false);
    const other = new Session({ token: "token", tab: "tab" }, Promise.resolve({}));
    const ready = other.prepare();
    server.refuse({ code: "seat.taken", params: {} });
    expect(await ready).toBe(false);
    expect(other.isPrepared()).toBe(false);
  });
});

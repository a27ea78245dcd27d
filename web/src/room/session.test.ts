import { signal } from "@preact/signals";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { failure, type Result, success } from "../result";
import { PROTOCOL_VERSION, type Refusal, type RoomSnapshot, type Welcome } from "../wire/messages";
import { EMPTY_ROOM } from "./state";

type Answer = Result<unknown, Refusal>;

/** The socket and the call, as far as a session touches them; the test is the server. */
const server = {
  asked: [] as [string, unknown][],
  answers: {} as Record<string, Answer>,
  notices: new Map<string, (notice: unknown) => void>(),
  up: () => {},
  refuse: (_refusal: Refusal) => {},
  wire: { link: signal("connecting"), opened: [] as boolean[], closed: 0, renewed: 0 },
  call: { welcomed: 0, closed: 0, had: false },
};

vi.mock("../wire/socket", () => ({
  Wire: class {
    link = server.wire.link;
    onUp(listener: () => void) {
      server.up = listener;
    }
    onRefused(listener: (refusal: Refusal) => void) {
      server.refuse = listener;
    }
    on(name: string, listener: (notice: unknown) => void) {
      server.notices.set(name, listener);
    }
    open(takeover: boolean) {
      server.wire.opened.push(takeover);
    }
    close() {
      server.wire.closed += 1;
    }
    renew() {
      server.wire.renewed += 1;
    }
    request = async (name: string, message: unknown) => {
      server.asked.push([name, message]);
      return server.answers[name] ?? success({});
    };
  },
}));

vi.mock("../media/call", () => ({
  Call: class {
    producers = { want: async () => success(undefined) };
    capabilities = async () => (server.call.had ? null : { codecs: [] });
    offer = () => [];
    welcomed = async () => {
      server.call.welcomed += 1;
      server.call.had = true;
    };
    close() {
      server.call.closed += 1;
    }
  },
}));

vi.mock("./pulse", () => ({
  Pulse: class {
    online = signal(true);
    start() {}
    stop() {}
  },
}));

vi.mock("./clock_watch", () => ({
  ClockWatch: class {
    start() {}
    stop() {}
  },
}));

const { Session } = await import("./session");

function snapshot(over: Partial<RoomSnapshot> = {}): RoomSnapshot {
  return {
    seq: 1,
    clock_ms: 0,
    lesson_id: "l1",
    room_id: "room",
    code: "kfm-qtw-xyz",
    title: "Inscribed angles",
    started_at: "2026-03-10T10:00:00Z",
    participants: [],
    chat: [],
    stage: { screen_of: null, board: false },
    board: { id: "b", pages: [], page_id: "p1", presenter: null, everyone: "none", placements: [] },
    floor: EMPTY_ROOM.floor,
    hands: [],
    asked: [],
    ask: EMPTY_ROOM.ask,
    aids: { timer: null, stars: [] },
    groups: EMPTY_ROOM.groups,
    reserved: EMPTY_ROOM.reserved,
    wall: EMPTY_ROOM.wall,
    ink: { page_id: "", share_of: null, look: "stay", is_open: true },
    recording: EMPTY_ROOM.recording.facts,
    recording_terms: EMPTY_ROOM.recording.terms,
    own_consent: null,
    files: [],
    films: [],
    activities: [],
    door: { lobby: false, locked: false },
    lobby: null,
    ...over,
  };
}

function welcome(over: Partial<Welcome> = {}): Answer {
  const rights = {
    may_speak: true,
    may_show_camera: true,
    may_share: true,
    may_chat: true,
    may_end: false,
    may_lead_board: false,
  };
  return success({ protocol: PROTOCOL_VERSION, self_id: "me", rights, room: snapshot(), ...over });
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

async function inside() {
  const session = new Session({ token: "token", tab: "tab" }, Promise.resolve({}));
  session.open();
  await connect();
  return session;
}

async function connect() {
  server.wire.link.value = "up";
  server.up();
  await settled();
}

beforeEach(() => {
  server.asked = [];
  server.answers = { "room.join": welcome() };
  server.wire.link.value = "connecting";
  Object.assign(server.wire, { opened: [], closed: 0, renewed: 0 });
  Object.assign(server.call, { welcomed: 0, closed: 0, had: false });
});

describe("joining", () => {
  it("tells what we can receive, and is inside with the welcome", async () => {
    const session = await inside();
    expect(server.asked[0]).toEqual([
      "room.join",
      { rtp_capabilities: { codecs: [] }, client_version: PROTOCOL_VERSION },
    ]);
    expect(session.standing.value).toEqual({ is: "inside" });
    expect(session.room.value.title).toBe("Inscribed angles");
    expect(server.call.welcomed).toBe(1);
  });

  it("says at once when the connection goes, and joins again without new media", async () => {
    const session = await inside();
    server.wire.link.value = "down";
    expect(session.standing.value).toEqual({ is: "reconnecting" });
    await connect();
    expect(server.asked[1]).toMatchObject(["room.join", { rtp_capabilities: null }]);
    expect(session.standing.value).toEqual({ is: "inside" });
  });

  it("sends what was written while it was away", async () => {
    const session = await inside();
    server.answers["chat.post"] = failure({ code: "wire.away", params: {} });
    session.chat.write("hello");
    await settled();
    await connect();
    expect(server.asked.filter(([name]) => name === "chat.post")).toHaveLength(2);
  });

  it("renews a socket that does not answer the join", async () => {
    server.answers["room.join"] = failure({ code: "wire.timeout", params: {} });
    await inside();
    expect(server.wire.renewed).toBe(1);
  });

  it("asks to reload when the server speaks another protocol", async () => {
    server.answers["room.join"] = welcome({ protocol: PROTOCOL_VERSION + 1 });
    const session = await inside();
    expect(session.standing.value).toMatchObject({
      is: "refused",
      refusal: { code: "protocol.mismatch" },
    });
  });
});

describe("the lobby", () => {
  const waits = async () => {
    server.answers["room.join"] = failure({ code: "lobby.waiting", params: {} });
    const session = await inside();
    expect(session.standing.value).toEqual({ is: "waiting" });
    expect(server.wire.closed).toBe(0);
    return session;
  };

  it("lets us in", async () => {
    const session = await waits();
    server.answers["room.join"] = welcome();
    server.notices.get("lobby.admitted")?.({});
    await settled();
    expect(session.standing.value).toEqual({ is: "inside" });
  });

  it("turns us away", async () => {
    const session = await waits();
    server.notices.get("lobby.turned_away")?.({});
    expect(session.standing.value).toMatchObject({ refusal: { code: "lobby.refused" } });
    expect(server.wire.closed).toBe(1);
  });

  it("is no place for who was removed", async () => {
    const session = await inside();
    server.notices.get("seat.removed")?.({});
    expect(session.standing.value).toMatchObject({ refusal: { code: "seat.removed" } });
  });
});

describe("the room's events", () => {
  const event = (seq: number, body: object) =>
    server.notices.get("room.events")?.({ entries: [{ seq, clock_ms: 0, event: body }] });

  it("ask for a snapshot when one is missing", async () => {
    const session = await inside();
    server.answers["room.sync"] = success(snapshot({ seq: 9, title: "Circles" }));
    event(5, { type: "stage_changed", stage: { screen_of: "x", board: false } });
    event(6, { type: "stage_changed", stage: { screen_of: "y", board: false } });
    await settled();
    expect(server.asked.filter(([name]) => name === "room.sync")).toHaveLength(1);
    expect(session.room.value).toMatchObject({ seq: 9, title: "Circles", stale: false });
  });

  it("are asked anew when our role changed", async () => {
    const me = (role: string) => ({ id: "me", role, media: {} });
    server.answers["room.join"] = welcome({
      room: snapshot({ participants: [me("student")] as unknown as RoomSnapshot["participants"] }),
    });
    server.answers["room.sync"] = success(snapshot({ seq: 3 }));
    await inside();
    event(2, { type: "participant_changed", participant: me("assistant") });
    await settled();
    expect(server.asked.filter(([name]) => name === "room.sync")).toHaveLength(1);
  });

  it("switch our own devices off when somebody silenced us", async () => {
    const session = await inside();
    const off = vi.spyOn(session.microphone, "set").mockResolvedValue();
    const stop = vi.spyOn(session.share, "stop").mockReturnValue();
    const silenced = { type: "silenced", sources: ["microphone", "screen"], why: "locked" };
    server.notices.get("room.aside")?.({ clock_ms: 5, event: silenced });
    expect(off).toHaveBeenCalledWith(false);
    expect(stop).toHaveBeenCalledOnce();
    expect(session.silenced.value).toMatchObject({ why: "locked" });
    expect(session.room.value).toMatchObject({ seq: 1, stale: false });
  });

  it("end the seat with the room", async () => {
    const session = await inside();
    event(2, { type: "room_ended", by: "amara" });
    expect(session.standing.value).toEqual({ is: "ended" });
    expect(server.wire.closed).toBe(1);
    expect(server.call.closed).toBe(1);
  });

  it("ring who speaks, and nobody after a reset", async () => {
    const session = await inside();
    server.notices.get("media.speakers")?.({ participant_ids: ["a"], dominant: "a" });
    expect([...session.speakers.value]).toEqual(["a"]);
    server.notices.get("media.speakers")?.({ participant_ids: ["me"], dominant: "me" });
    expect(session.dominant.value).toBe("a");
    server.notices.get("media.reset")?.({ epoch: "e" });
    expect(session.speakers.value.size).toBe(0);
  });
});

describe("another tab", () => {
  it("has the seat: we may take it over", async () => {
    const session = new Session({ token: "token", tab: "tab" }, Promise.resolve({}));
    session.open();
    server.refuse({ code: "seat.taken", params: {} });
    expect(session.standing.value).toEqual({ is: "taken" });
    expect(server.call.closed).toBe(0);
    session.open(true);
    expect(server.wire.opened).toEqual([false, true]);
    await connect();
    expect(session.standing.value).toEqual({ is: "inside" });
  });

  it("has the seat: we may leave it there", () => {
    const session = new Session({ token: "token", tab: "tab" }, Promise.resolve({}));
    session.open();
    server.refuse({ code: "seat.taken", params: {} });
    session.giveWay();
    expect(session.standing.value).toEqual({ is: "replaced" });
    expect(server.wire.closed).toBe(1);
  });

  it("took the seat from us", async () => {
    const session = await inside();
    server.notices.get("seat.replaced")?.({});
    expect(session.standing.value).toEqual({ is: "replaced" });
    server.refuse({ code: "seat.taken", params: {} });
    expect(session.standing.value).toEqual({ is: "replaced" });
  });
});

describe("going", () => {
  it("leaves, even when nobody answers", async () => {
    const session = await inside();
    server.answers["room.leave"] = failure({ code: "wire.timeout", params: {} });
    await session.leave();
    expect(session.standing.value).toEqual({ is: "left" });
  });

  it("does not end a class it may not end", async () => {
    const session = await inside();
    server.answers["room.end"] = failure({ code: "right.missing", params: {} });
    expect((await session.end()).ok).toBe(false);
    expect(session.standing.value).toEqual({ is: "inside" });
  });

  it("shows why a seat was refused", () => {
    const session = new Session({ token: "token", tab: "tab" }, Promise.resolve({}));
    session.open();
    server.refuse({ code: "seat.expired", params: {} });
    expect(session.standing.value).toMatchObject({ is: "refused" });
    expect(server.wire.closed).toBe(1);
  });
});

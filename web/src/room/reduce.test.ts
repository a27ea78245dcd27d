import { describe, expect, it } from "vitest";
import type { ChatMessage, Participant, RoomSnapshot, Welcome } from "../wire/messages";
import { type RoomAction, reduce } from "./reduce";
import { EMPTY_ROOM, inSeatOrder, type RoomState } from "./state";

function person(id: string, over: Partial<Participant> = {}): Participant {
  return {
    id,
    name: id,
    role: "student",
    connection: "here",
    media: {
      microphone: "off",
      camera: "off",
      screen: "off",
      screen_audio: "off",
      screen_mode: "text",
    },
    pen: "none",
    joined_at: "2026-03-10T10:00:00Z",
    on_stage: null,
    group: "",
    chat_muted: false,
    enrolled: false,
    ...over,
  };
}

function line(id: string, from: string, over: Partial<ChatMessage> = {}): ChatMessage {
  return {
    id,
    participant_id: from,
    name: from,
    role: "student",
    text: `text of ${id}`,
    at: `2026-03-10T10:00:0${id.slice(-1)}Z`,
    client_id: `c-${id}`,
    to: "room",
    reply_to: "",
    reactions: [],
    is_deleted: false,
    files: [],
    ...over,
  };
}

function snapshot(over: Partial<RoomSnapshot> = {}): RoomSnapshot {
  return {
    seq: 5,
    clock_ms: 61_000,
    lesson_id: "l1",
    room_id: "room",
    code: "kfm-qtw-xyz",
    title: "Inscribed angles",
    started_at: "2026-03-10T10:00:00Z",
    participants: [person("amara", { role: "host" }), person("lin")],
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

function welcome(room = snapshot()): Welcome {
  return {
    protocol: 1,
    self_id: "lin",
    rights: {
      ...EMPTY_ROOM.rights,
      may_speak: true,
      may_show_camera: true,
      may_share: true,
      may_chat: true,
    },
    room,
    media: null,
    kept_media: null,
    media_error: null,
  };
}

function run(...actions: RoomAction[]): RoomState {
  return actions.reduce(reduce, EMPTY_ROOM);
}

const inside: RoomAction = { type: "welcomed", welcome: welcome(), at: 1_000 };

describe("joining", () => {
  it("takes over the snapshot, who we are and what we may", () => {
    const state = run(inside);
    expect(state.selfId).toBe("lin");
    expect(state.title).toBe("Inscribed angles");
    expect(state.rights.may_share).toBe(true);
    expect(state.participants.map((one) => one.id)).toEqual(["amara", "lin"]);
  });
});

describe("events", () => {
  it("applies them in order", () => {
    const state = run(
      inside,
      {
        type: "happened",
        notice: {
          seq: 6,
          clock_ms: 0,
          event: { type: "participant_joined", participant: person("tomas") },
        },
      },
      {
        type: "happened",
        notice: {
          seq: 7,
          clock_ms: 0,
          event: { type: "stage_changed", stage: { screen_of: "amara", board: false } },
        },
      },
      {
        type: "happened",
        notice: {
          seq: 8,
          clock_ms: 0,
          event: { type: "participant_left", participant_id: "amara", reason: "left" },
        },
      },
    );
    expect(state.participants.map((one) => one.id)).toEqual(["lin", "tomas"]);
    expect(state.stage.screen_of).toBe("amara");
    expect(state.seq).toBe(8);
  });

  it("ignores one that was seen before", () => {
    const state = run(inside, {
      type: "happened",
      notice: {
        seq: 5,
        clock_ms: 0,
        event: { type: "participant_left", participant_id: "lin", reason: "left" },
      },
    });
    expect(state.participants).toHaveLength(2);
    expect(state.stale).toBe(false);
  });

  it("takes what is told aside and new rights without a number", () => {
    const told = run(
      inside,
      {
        type: "told",
        clockMs: 62_000,
        event: {
          type: "silenced",
          participant_id: "lin",
          sources: ["microphone"],
          by: null,
          why: "locked",
        },
      },
      { type: "rights", rights: { ...welcome().rights, may_speak: false } },
    );
    expect([told.seq, told.stale]).toEqual([5, false]);
    expect(told.rights.may_speak).toBe(false);
    expect(told.clock).toMatchObject({ ms: 61_000, at: 1_000 });
  });

  it("knows the door, and staff who waits", () => {
    const door = { lobby: true, locked: false };
    const waiting = [
      { participant_id: "bo", name: "Bo", role: "student", since_ms: 5, enrolled: false } as const,
    ];
    const state = run(
      inside,
      {
        type: "happened",
        notice: { seq: 6, clock_ms: 0, event: { type: "door_changed", door } },
      },
      {
        type: "told",
        clockMs: 0,
        event: { type: "lobby_changed", lobby: { waiting: [...waiting] } },
      },
    );
    expect(state.door).toEqual(door);
    expect(state.lobby?.waiting).toEqual(waiting);
  });

  it("is stale after a gap until a snapshot comes", () => {
    const gap = run(inside, {
      type: "happened",
      notice: { seq: 7, clock_ms: 0, event: { type: "room_ended", by: "amara" } },
    });
    expect(gap.stale).toBe(true);
    expect(gap.endedBy).toBeNull();
    const after = reduce(gap, {
      type: "happened",
      notice: { seq: 6, clock_ms: 0, event: { type: "room_ended", by: "amara" } },
    });
    expect(after).toBe(gap);
    const synced = reduce(gap, { type: "synced", room: snapshot({ seq: 9 }), at: 0 });
    expect(synced.stale).toBe(false);
    expect(synced.seq).toBe(9);
  });

  it("changes a person without moving the place", () => {
    const state = run(inside, {
      type: "happened",
      notice: {
        seq: 6,
        clock_ms: 0,
        event: {
          type: "participant_changed",
          participant: person("amara", { role: "host", connection: "away" }),
        },
      },
    });
    expect(state.participants[0]?.connection).toBe("away");
    expect(state.participants.map((one) => one.id)).toEqual(["amara", "lin"]);
  });

  it("takes the whole board with every change of it", () => {
    const board = {
      id: "b",
      pages: [
        {
          id: "p1",
          name: "Angles",
          paper: "grid" as const,
          width: 1280,
          height: 720,
          is_locked: false,
          epoch: 1,
          may_unclear: true,
          kind: "page" as const,
          ...{ backdrop: "", placement: "", slide: 0, step: 0, is_seen: true },
        },
      ],
      page_id: "p1",
      presenter: "amara",
      everyone: "own" as const,
      placements: [],
    };
    const state = run(
      inside,
      {
        type: "happened",
        notice: { seq: 6, clock_ms: 0, event: { type: "board_changed", board } },
      },
      {
        type: "happened",
        notice: {
          seq: 7,
          clock_ms: 0,
          event: { type: "stage_changed", stage: { screen_of: null, board: true } },
        },
      },
    );
    expect(run(inside).board.pages).toEqual([]);
    expect(state.board).toEqual(board);
    expect(state.stage.board).toBe(true);
  });

  it("remembers who ended the room", () => {
    const state = run(inside, {
      type: "happened",
      notice: { seq: 6, clock_ms: 0, event: { type: "room_ended", by: "amara" } },
    });
    expect(state.endedBy).toBe("amara");
  });
});

describe("a private line", () => {
  it("comes aside, changes aside, and takes no number", () => {
    const secret = line("m3", "amara", { to: "to:lin" });
    const state = run(
      inside,
      { type: "told", event: { type: "chat_told", message: secret }, clockMs: 0 },
      {
        type: "told",
        event: {
          type: "chat_changed",
          message_id: "m3",
          reactions: [{ reaction: "like", participant_ids: ["lin"] }],
          is_deleted: false,
        },
        clockMs: 0,
      },
    );
    expect(state.seq).toBe(5);
    expect(state.chat).toMatchObject([{ id: "m3", reactions: [{ reaction: "like" }] }]);
  });
});

describe("chat", () => {
  const write: RoomAction = {
    type: "chat_written",
    clientId: "c-m1",
    text: "hello",
    at: "t",
    to: "room",
    place: "",
    replyTo: "",
    uploads: [],
    files: [],
  };
  const mine = line("m1", "lin");

  it("replaces the optimistic line by the acknowledged one, once", () => {
    const state = run(
      inside,
      write,
      { type: "chat_accepted", message: mine },
      {
        type: "happened",
        notice: { seq: 6, clock_ms: 0, event: { type: "chat_posted", message: mine } },
      },
    );
    expect(state.pending).toEqual([]);
    expect(state.chat).toEqual([mine]);
  });

  it("keeps an unsent line through a reconnect and drops it when the snapshot has it", () => {
    const kept = run(inside, write, { type: "welcomed", welcome: welcome(), at: 1_000 });
    expect(kept.pending).toHaveLength(1);
    const arrived = reduce(kept, {
      type: "welcomed",
      at: 0,
      welcome: welcome(snapshot({ chat: [mine] })),
    });
    expect(arrived.pending).toEqual([]);
    expect(arrived.chat).toEqual([mine]);
  });

  it("does not take another's line with the same client id for ours", () => {
    const state = run(inside, write, {
      type: "welcomed",
      at: 0,
      welcome: welcome(snapshot({ chat: [line("m1", "amara")] })),
    });
    expect(state.pending).toHaveLength(1);
  });

  it("says why a line was refused and lets it go", () => {
    const state = run(inside, write, {
      type: "chat_refused",
      clientId: "c-m1",
      code: "rate.limited",
    });
    expect(state.pending[0]?.refusal).toBe("rate.limited");
    expect(reduce(state, { type: "chat_dropped", clientId: "c-m1" }).pending).toEqual([]);
  });

  it("keeps what is older than the tail of a snapshot", () => {
    const old = run({
      type: "welcomed",
      at: 0,
      welcome: welcome(snapshot({ chat: [line("m1", "amara"), line("m2", "amara")] })),
    });
    const state = reduce(old, {
      type: "synced",
      room: snapshot({ chat: [line("m2", "amara"), line("m3", "amara")] }),
      at: 0,
    });
    expect(state.chat.map((one) => one.id)).toEqual(["m1", "m2", "m3"]);
  });
});

it("seats the host first, then by arrival, and never by speech", () => {
  const order = inSeatOrder([
    person("late", { joined_at: "2026-03-10T10:02:00Z" }),
    person("early", { joined_at: "2026-03-10T10:01:00Z" }),
    person("teacher", { role: "host", joined_at: "2026-03-10T10:03:00Z" }),
  ]);
  expect(order.map((one) => one.id)).toEqual(["teacher", "early", "late"]);
});

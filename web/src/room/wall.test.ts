import { describe, expect, it } from "vitest";
import type { BoardPage, Participant, WallTile } from "../wire/messages";
import { reduce } from "./reduce";
import { EMPTY_ROOM, type RoomState } from "./state";
import { boardIsHere, boardsOf, hidesNames, neighbourOf, pageToLookAt } from "./wall";

const tile = (page_id: string, over: Partial<WallTile> = {}): WallTile => ({
  participant_id: `of-${page_id}`,
  page_id,
  name: page_id.toUpperCase(),
  mark: "none",
  marked_ms: 0,
  group_id: "",
  ...over,
});
const page = (id: string): BoardPage => ({
  id,
  name: "",
  paper: "dots",
  width: 1280,
  height: 720,
  is_locked: false,
  epoch: 0,
  may_unclear: false,
  kind: "page",
  backdrop: "",
  placement: "",
  slide: 0,
  step: 0,
  is_seen: true,
});

function room(over: Partial<RoomState> = {}): RoomState {
  return { ...EMPTY_ROOM, board: { ...EMPTY_ROOM.board, page_id: "p1" }, ...over };
}

const staff = { ...EMPTY_ROOM.rights, may_group: true };
const open = { ...EMPTY_ROOM.wall, wall: { ...EMPTY_ROOM.wall.wall, is_on: true } };

describe("the page one looks at", () => {
  it("is the one that is shown, else one's own, else the class's", () => {
    expect(pageToLookAt(room())).toBe("p1");
    expect(pageToLookAt(room({ reserved: { pages: [], own: "w1", shown: "" } }))).toBe("w1");
    expect(pageToLookAt(room({ reserved: { pages: [], own: "w1", shown: "w2" } }))).toBe("w2");
  });

  it("lies on the stage whatever the class has there", () => {
    expect(boardIsHere(room())).toBe(false);
    expect(boardIsHere(room({ stage: { screen_of: null, board: true } }))).toBe(true);
    expect(boardIsHere(room({ reserved: { pages: [], own: "w1", shown: "" } }))).toBe(true);
    expect(boardIsHere(room({ reserved: { pages: [], own: "", shown: "w2" } }))).toBe(true);
    expect([
      boardIsHere(room({ wall: open })),
      boardIsHere(room({ wall: open, rights: staff })),
    ]).toEqual([false, true]);
  });

  it("names nobody when it is another's and shown without the name", () => {
    const shown = { pages: [], own: "w1", shown: "w2" };
    const named = { ...open, wall: { ...open.wall, shown_name: "Lin" } };
    expect(hidesNames(room({ wall: open, reserved: shown }))).toBe(true);
    expect(hidesNames(room({ wall: named, reserved: shown }))).toBe(false);
    expect(hidesNames(room({ wall: open, reserved: { ...shown, own: "w2" } }))).toBe(false);
    expect(hidesNames(room({ wall: open, reserved: { ...shown, shown: "" } }))).toBe(false);
    expect(hidesNames(room({ wall: open, reserved: shown, rights: staff }))).toBe(false);
  });
});

describe("all boards", () => {
  const tiles = [tile("a"), tile("b", { mark: "stuck" }), tile("c", { mark: "done" })];
  const here = { id: "of-a", connection: "here" } as Participant;
  const full = room({ wall: { ...open, tiles }, participants: [here] });
  const names = (which: "everyone" | "help" | "done") =>
    boardsOf(full, which).map((board) => board.tile.name);

  it("are those of everyone, of who needs help, or of who is done", () => {
    expect([names("everyone"), names("help"), names("done")]).toEqual([
      ["A", "B", "C"],
      ["B"],
      ["C"],
    ]);
    expect(boardsOf(full, "everyone").map((board) => board.people)).toEqual([[here], [], []]);
  });

  it("say who has a hand up, and at which place", () => {
    const hands = [
      { participant_id: "somebody", raised_ms: 1 },
      { participant_id: "of-b", raised_ms: 2 },
    ];
    const boards = boardsOf({ ...full, hands }, "everyone");
    expect(boards.map((board) => board.hand)).toEqual([0, 2, 0]);
  });

  it("of groups have all their people, and the first of their hands", () => {
    const [own, other] = [tile("o", { group_id: "g1" }), tile("f", { group_id: "g2" })];
    const groups = {
      ...EMPTY_ROOM.groups,
      members: [
        { participant_id: "of-a", group_id: "g1" },
        { participant_id: "of-z", group_id: "g1" },
      ],
    };
    const hands = [
      { participant_id: "of-a", raised_ms: 1 },
      { participant_id: "of-z", raised_ms: 2 },
    ];
    const at = room({
      wall: { ...open, tiles: [own, other] },
      participants: [here],
      groups,
      hands,
    });
    expect(boardsOf(at, "everyone")).toEqual([
      { tile: own, people: [here], hand: 1 },
      { tile: other, people: [], hand: 0 },
    ]);
  });

  it("follow one another in a ring", () => {
    expect(["a", "b", "c"].map((id) => neighbourOf(full, id, 1))).toEqual(["b", "c", "a"]);
    expect(neighbourOf(full, "a", -1)).toBe("c");
  });
});

describe("what the server tells of it", () => {
  it("is kept, and a mark goes with the wall", () => {
    let state = reduce(room(), {
      type: "reserved",
      reserved: { pages: [page("w1")], own: "w1", shown: "" },
    });
    expect(state.reserved.own).toBe("w1");
    state = happens(state, { type: "wall_changed", wall: open.wall });
    state = happens(state, { type: "tile_marked", mark: "done" });
    state = happens(state, { type: "wall_tiles", tiles: [tile("w1")] });
    expect([state.wall.wall.is_on, state.wall.mark, state.wall.tiles.length]).toEqual([
      true,
      "done",
      1,
    ]);
    state = happens(state, { type: "wall_changed", wall: EMPTY_ROOM.wall.wall });
    expect(state.wall.mark).toBe("none");
  });
});

function happens(
  state: RoomState,
  event:
    | { type: "wall_changed"; wall: RoomState["wall"]["wall"] }
    | { type: "tile_marked"; mark: RoomState["wall"]["mark"] }
    | { type: "wall_tiles"; tiles: WallTile[] },
): RoomState {
  if (event.type !== "wall_changed") return reduce(state, { type: "told", event, clockMs: 0 });
  const notice = { seq: state.seq + 1, clock_ms: 0, event };
  return reduce(state, { type: "happened", notice });
}

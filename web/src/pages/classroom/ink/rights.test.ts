import { signal } from "@preact/signals";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { InkState } from "../../../room/ink";
import { EMPTY_ROOM } from "../../../room/state";
import type { InkChanged, Participant, Pen } from "../../../wire/messages";
import type { Desk } from "../desk";
import { followInk } from "./follow_ink";
import { mayDrawOnScreen, mayOrderInk } from "./rights";

const said: string[] = [];
vi.mock("../../../ui/live", () => ({
  announce: (words: string) => said.push(`said ${words}`),
  toast: (words: string) => said.push(`shown ${words}`),
}));
beforeEach(() => {
  said.length = 0;
});

/** Me, and Lin, whose screen is shared. */
function deskOf({ pen = "none" as Pen, leads = false, shares = false, open = true } = {}) {
  const rights = { ...EMPTY_ROOM.rights, may_lead_board: leads };
  const people = [
    { id: "me", name: "Me", role: leads ? "host" : "student", pen },
    { id: "lin", name: "Lin", role: "student", pen: "none" },
  ] as Participant[];
  const ink: InkState = {
    ...EMPTY_ROOM.ink,
    ...{ page_id: "i1", share_of: shares ? "me" : "lin", is_open: open },
  };
  const room = signal({ ...EMPTY_ROOM, selfId: "me", rights, ink, participants: people });
  const desk = {
    room,
    self: signal(people[0]),
    presenter: signal<Participant | undefined>(people[shares ? 0 : 1]),
    content: signal<string | null>("screen"),
    view: signal("focus"),
    drawing: signal(true),
  };
  return { ...desk, desk: desk as unknown as Desk };
}

describe("who is offered the pen", () => {
  it("is whoever has one, shares or leads, while the screen is large on the stage", () => {
    expect(mayDrawOnScreen(deskOf().desk)).toBe(false);
    expect(mayDrawOnScreen(deskOf({ pen: "own" }).desk)).toBe(true);
    expect(mayDrawOnScreen(deskOf({ shares: true }).desk)).toBe(true);
    expect(mayDrawOnScreen(deskOf({ leads: true, pen: "all" }).desk)).toBe(true);
    for (const [content, view] of [
      ["board", "focus"],
      [null, "focus"],
      ["screen", "gallery"],
    ] as const) {
      const one = deskOf({ leads: true, pen: "all" });
      one.content.value = content;
      one.view.value = view;
      expect(mayDrawOnScreen(one.desk)).toBe(false);
    }
  });

  it("is staff and whoever shares alone while it is closed", () => {
    expect(mayDrawOnScreen(deskOf({ pen: "own", open: false }).desk)).toBe(false);
    expect(mayDrawOnScreen(deskOf({ shares: true, open: false }).desk)).toBe(true);
    expect(mayDrawOnScreen(deskOf({ leads: true, pen: "all", open: false }).desk)).toBe(true);
    expect(mayOrderInk(deskOf({ pen: "all" }).desk)).toBe(false);
    expect(mayOrderInk(deskOf({ shares: true }).desk)).toBe(true);
  });
});

describe("what is told of it", () => {
  const happened = (desk: ReturnType<typeof deskOf>, over: Partial<InkChanged>) => {
    const { news: _news, ...ink } = desk.room.value.ink;
    const news: InkChanged = {
      ...{ type: "ink_changed", ink, deed: "begun", by: "lin", page_id: "" },
      ...over,
    };
    desk.room.value = { ...desk.room.value, ink: { ...news.ink, news } };
  };

  it("puts the pen down when it may not be used any more", () => {
    const one = deskOf({ pen: "own" });
    const stop = followInk(one.desk);
    expect(one.drawing.value).toBe(true);
    one.room.value = { ...one.room.value, ink: { ...one.room.value.ink, is_open: false } };
    expect(one.drawing.value).toBe(false);
    stop();
  });

  it("says to whoever shares that somebody draws, where it can be seen", () => {
    const yours = deskOf({ shares: true });
    followInk(yours.desk);
    happened(yours, {});
    const others = deskOf();
    followInk(others.desk);
    happened(others, {});
    happened(others, { by: "me" });
    expect(said).toEqual([
      expect.stringMatching(/^shown Lin draws on your screen/u),
      expect.stringMatching(/^said Lin draws/u),
    ]);
  });

  it("says each deed once, and that it ended not at all: the screen is gone", () => {
    const one = deskOf();
    const stop = followInk(one.desk);
    happened(one, { deed: "cleared" });
    one.room.value = { ...one.room.value };
    happened(one, { deed: "frozen", page_id: "f1" });
    happened(one, { deed: "ended", by: null });
    expect(said.map((words) => words.split(" ")[0])).toEqual(["said", "said"]);
    stop();
  });
});

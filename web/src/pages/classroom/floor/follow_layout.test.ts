import { computed, signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { EMPTY_ROOM, type RoomState } from "../../../room/state";
import type { Floor } from "../../../wire/messages";
import type { Desk } from "../desk";
import type { View } from "../layout";
import { followLayout } from "./follow_layout";

/** A desk with what the layout needs; `asked` is what was told to the room. */
function deskOf(selfId: string, floor: Partial<Floor> = {}) {
  const rights = { ...EMPTY_ROOM.rights, may_order: selfId === "wu" };
  const room = signal<RoomState>({
    ...EMPTY_ROOM,
    selfId,
    rights,
    floor: { ...EMPTY_ROOM.floor, ...floor },
  });
  const chosen = signal<View>("gallery");
  const asked: unknown[] = [];
  const answer = { ok: true };
  const desk = {
    room,
    view: computed(() => chosen.value),
    setView: (view: View) => {
      chosen.value = view;
    },
    session: {
      wire: {
        request: (_name: string, payload: unknown) => {
          asked.push(payload);
          return Promise.resolve(answer);
        },
      },
    },
  } as unknown as Desk;
  const hears = (part: Partial<Floor>) => {
    room.value = { ...room.value, floor: { ...room.value.floor, ...part } };
  };
  return { desk, chosen, asked, answer, hears, end: followLayout(desk) };
}

const layout = (view: View, at_ms: number, by = "wu") => ({ view, by, at_ms });

describe("a layout for everyone", () => {
  it("is taken over once, and again when it is chosen again", () => {
    const { chosen, hears, end } = deskOf("lin");
    hears({ layout: layout("side", 5) });
    expect(chosen.value).toBe("side");
    chosen.value = "focus";
    hears({ layout: layout("side", 5), focus: true });
    expect(chosen.value, "their own choice stays").toBe("focus");
    hears({ layout: layout("side", 6) });
    expect(chosen.value).toBe("side");
    hears({ layout: null });
    expect(chosen.value).toBe("side");
    end();
  });

  it("is there for whoever comes late", () => {
    const { chosen, end } = deskOf("lin", { layout: layout("focus", 5) });
    expect(chosen.value).toBe("focus");
    end();
  });

  it("is led by the own layout of whoever is followed", async () => {
    const { chosen, asked, answer, hears, end } = deskOf("wu", {
      layout: layout("gallery", 5),
      leader: "wu",
    });
    expect(asked).toEqual([]);
    chosen.value = "side";
    hears({ focus: true });
    expect(asked).toEqual([{ view: "side", leads: true }]);
    hears({ layout: layout("side", 6) });
    // What came onto the stage ended it; the leader's is told anew.
    answer.ok = false;
    hears({ layout: null });
    expect(asked).toHaveLength(2);
    await Promise.resolve();
    hears({ focus: false });
    expect(asked, "what was not taken is told again").toHaveLength(3);
    hears({ leader: null });
    chosen.value = "focus";
    expect(asked).toHaveLength(3);
    end();
  });

  it("does not move whoever leads back to what they have left already", () => {
    const { chosen, hears, end } = deskOf("wu", { layout: layout("gallery", 5), leader: "wu" });
    chosen.value = "side";
    hears({ layout: layout("focus", 6) });
    expect(chosen.value).toBe("side");
    end();
  });
});

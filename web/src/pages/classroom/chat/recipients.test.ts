import { describe, expect, it } from "vitest";
import { EMPTY_ROOM, type RoomState } from "../../../room/state";
import type { ChatMessage, Participant, Role } from "../../../wire/messages";
import { answerTo, audienceNote, circlesOf, peopleFor, recipientOf } from "./recipients";
import { chatNews } from "./say_chat";

function person(id: string, role: Role, over: Partial<Participant> = {}): Participant {
  return {
    id,
    name: id,
    role,
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

type Rights = Partial<RoomState["rights"]>;

function room(self: Participant, rights: Rights, others: Participant[] = []): RoomState {
  return {
    ...EMPTY_ROOM,
    selfId: self.id,
    rights: { ...EMPTY_ROOM.rights, ...rights },
    participants: [self, person("wu", "host"), person("yue", "student"), ...others],
  };
}

const ids = (people: Participant[]) => people.map((one) => one.id);

describe("to whom one may write", () => {
  it("a student writes to all, the teachers, and classmates only when it is allowed", () => {
    const plain = room(person("li", "student"), { may_chat: true });
    expect(circlesOf(plain)).toEqual(["room", "staff"]);
    expect(ids(peopleFor(plain))).toEqual(["wu"]);
    const whispering = room(person("li", "student"), { may_chat: true, may_whisper: true });
    expect(ids(peopleFor(whispering))).toEqual(["wu", "yue"]);
  });

  it("in a locked chat the teachers stay; muted, nobody", () => {
    const locked = room(person("li", "student", { group: "g1" }), {});
    expect(circlesOf(locked)).toEqual(["staff"]);
    const muted = room(person("li", "student", { chat_muted: true }), {});
    expect([circlesOf(muted), peopleFor(muted)]).toEqual([[], []]);
    expect(circlesOf(room(person("li", "observer"), {}))).toEqual([]);
  });

  it("groups are written to from inside, and by the teacher to all of them", () => {
    const inside = room(person("li", "student", { group: "g1" }), { may_chat: true });
    expect(circlesOf(inside)).toEqual(["room", "group", "staff"]);
    const rights = { may_chat: true, may_order: true };
    const grouped = [person("zoe", "student", { group: "g2" })];
    expect(circlesOf(room(person("ada", "assistant"), rights, grouped))).toContain("groups");
    expect(circlesOf(room(person("ada", "assistant"), rights))).not.toContain("groups");
  });

  it("never becomes everybody because the person has left", () => {
    const state = room(person("li", "student"), { may_chat: true });
    expect(recipientOf(state, "gone")).toBeNull();
    expect(recipientOf(state, "group")).toBe("room");
    expect(recipientOf(state, "wu")).toBe("wu");
  });
});

function message(to: string, from = "wu"): ChatMessage {
  return {
    id: "m1",
    participant_id: from,
    name: from,
    role: "host",
    text: "the secret",
    at: "2026-03-10T10:00:00Z",
    client_id: "c",
    to,
    reply_to: "",
    reactions: [],
    is_deleted: false,
    files: [],
  };
}

describe("a private line", () => {
  const state = room(person("li", "student"), { may_chat: true });

  it("says for whom it is, and is answered the same way", () => {
    expect(audienceNote(state, "room")).toBeNull();
    expect(audienceNote(state, "to:li")).toBe("Only to you");
    expect(audienceNote(state, "to:wu")).toBe("Only to wu");
    expect(audienceNote(state, "to:gone")).toBe("Only to somebody who has left");
    expect(answerTo(state, message("to:li"))).toBe("wu");
    expect(answerTo(state, message("to:wu", "li"))).toBe("wu");
    expect(answerTo(state, message("group:g1"))).toBe("group");
    expect(answerTo(state, message("staff"))).toBe("staff");
  });

  it("is announced as private, without its words while one's own screen is seen", () => {
    expect(chatNews(state, message("to:li"))).toBe("wu wrote to you privately: the secret");
    const sharing = room(person("li", "student"), {});
    const [self, ...others] = sharing.participants;
    const shown = {
      ...sharing,
      participants: [
        { ...(self as Participant), media: { ...(self as Participant).media, screen: "live" } },
        ...others,
      ],
    } as RoomState;
    for (const to of ["to:li", "staff"]) {
      expect(chatNews(shown, message(to))).not.toContain("the secret");
    }
    expect(chatNews(shown, message("room"))).toContain("the secret");
  });
});

import { beforeEach, describe, expect, it, vi } from "vitest";

const door = {
  asked: [] as { name: string; agreed: string; existing?: string }[],
  is: true,
  sessions: [] as { token: string; closed: number; standing: boolean }[],
};

vi.mock("../wire/api", () => ({
  takeSeat: async (_code: string, ask: (typeof door.asked)[number]) => {
    door.asked.push(ask);
    if (!door.is) return { ok: false, error: { code: "room.full" } };
    return { ok: true, value: { seat_token: `t${door.asked.length}` } };
  },
}));
vi.mock("../wire/seats", () => ({ lastSeat: () => null, tabId: () => "tab" }));
vi.mock("../room/session", () => ({
  Session: class {
    closed = 0;
    standing = true;
    token: string;
    constructor(seat: { token: string }) {
      this.token = seat.token;
      door.sessions.push(this);
    }
    prepare = async () => this.standing;
    isPrepared = () => this.standing && this.closed === 0;
    close() {
      this.closed += 1;
    }
  },
}));

const { forgetPrepared, prepareFor, takePrepared } = await import("./ahead");

const LI = { code: "abc", name: "Li", agreed: "" };

beforeEach(() => {
  forgetPrepared();
  Object.assign(door, { asked: [], is: true, sessions: [] });
});

describe("a seat prepared", () => {
  it("is taken once, by whom it is for", async () => {
    await prepareFor(LI, {});
    await prepareFor({ ...LI }, {});
    expect(door.asked).toHaveLength(1);
    const taken = takePrepared({ ...LI });
    expect(taken?.grant.seat_token).toBe("t1");
    expect(takePrepared(LI)).toBeNull();
    expect(door.sessions[0]?.closed).toBe(0);
  });

  it("is not for another name, nor without the yes it was made with", async () => {
    await prepareFor({ ...LI, agreed: "text-1" }, {});
    expect(takePrepared(LI)).toBeNull();
    expect(door.sessions[0]?.closed).toBe(1);
  });

  it("stays the same person when the name changes", async () => {
    await prepareFor(LI, {});
    await prepareFor({ ...LI, name: "Lina" }, {});
    expect(door.asked[1]).toMatchObject({ name: "Lina", existing: "t1" });
    expect(door.sessions.map((one) => one.closed)).toEqual([1, 0]);
    expect(takePrepared({ ...LI, name: "Lina" })?.grant.seat_token).toBe("t2");
  });

  it("is nothing where the door says no, or the server lost it", async () => {
    door.is = false;
    await prepareFor(LI, {});
    expect(takePrepared(LI)).toBeNull();
    door.is = true;
    await prepareFor(LI, {});
    const [session] = door.sessions;
    if (session) session.standing = false;
    expect(takePrepared(LI)).toBeNull();
  });

  it("ends after nine minutes, and when the door is left", async () => {
    vi.useFakeTimers();
    await prepareFor(LI, {});
    vi.advanceTimersByTime(9 * 60_000);
    vi.useRealTimers();
    expect(door.sessions[0]?.closed).toBe(1);
    await prepareFor(LI, {});
    forgetPrepared();
    expect(door.sessions[1]?.closed).toBe(1);
  });
});

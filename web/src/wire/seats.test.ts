import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Seat } from "./seats";

class Store {
  readonly kept = new Map<string, string>();
  get length(): number {
    return this.kept.size;
  }
  key(index: number): string | null {
    return [...this.kept.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }
  removeItem(key: string): void {
    this.kept.delete(key);
  }
}

const seat: Seat = {
  token: "t",
  participantId: "p",
  role: "student",
  name: "Lin",
  microphoneOn: true,
  cameraOn: false,
};

let leave: () => void;

/** A page load: the module starts anew over the storage that is there. */
async function load() {
  vi.resetModules();
  const listeners = new Map<string, () => void>();
  vi.stubGlobal("addEventListener", (name: string, run: () => void) => listeners.set(name, run));
  leave = () => listeners.get("pagehide")?.();
  return import("./seats");
}

beforeEach(() => {
  vi.stubGlobal("sessionStorage", new Store());
  vi.stubGlobal("localStorage", new Store());
});

describe("seats", () => {
  it("lead back after a refresh and are remembered after leaving", async () => {
    const seats = await load();
    seats.saveSeat("abc", seat);
    seats.updateSeat("abc", { cameraOn: true });
    expect(seats.tabSeat("abc")?.cameraOn).toBe(true);
    seats.leaveSeat("abc");
    expect(seats.tabSeat("abc")).toBeNull();
    expect(seats.lastSeat("abc")?.name).toBe("Lin");
    seats.forgetSeat("abc");
    expect(seats.lastSeat("abc")).toBeNull();
  });

  it("are all forgotten when somebody signs out", async () => {
    const seats = await load();
    seats.saveSeat("abc", seat);
    seats.saveSeat("def", seat);
    seats.saveName("Lin");
    localStorage.setItem("classroom.theme", "dark");
    seats.forgetAllSeats();
    expect([seats.lastSeat("abc"), seats.tabSeat("abc"), seats.lastSeat("def")]).toEqual([
      null,
      null,
      null,
    ]);
    expect([localStorage.length, sessionStorage.length]).toEqual([2, 0]);
    expect(seats.lastName()).toBe("Lin");
    vi.stubGlobal("localStorage", undefined);
    expect(() => seats.forgetAllSeats()).not.toThrow();
  });

  it("survive rubbish and a storage that refuses", async () => {
    const seats = await load();
    sessionStorage.setItem("classroom.seat.abc", "{oops");
    expect(seats.tabSeat("abc")).toBeNull();
    sessionStorage.setItem("classroom.seat.abc", '{"name":"no token"}');
    expect(seats.tabSeat("abc")).toBeNull();
    vi.stubGlobal("sessionStorage", {
      getItem: () => {
        throw new Error("forbidden");
      },
    });
    expect(seats.tabSeat("abc")).toBeNull();
  });
});

describe("the seat a report is read with", () => {
  it("is known in other tabs, and gone when somebody signs out", async () => {
    (await load()).saveReportSeat("lesson", "token");
    expect((await load()).reportSeat("lesson")).toBe("token");
    expect((await load()).reportSeat("another")).toBeNull();
    (await load()).forgetAllSeats();
    expect((await load()).reportSeat("lesson")).toBeNull();
  });
});

describe("tabId", () => {
  it("outlives a refresh", async () => {
    const first = (await load()).tabId();
    leave();
    expect((await load()).tabId()).toBe(first);
  });

  it("is new in a duplicated tab, whose original is still there", async () => {
    const first = (await load()).tabId();
    expect((await load()).tabId()).not.toBe(first);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failure, success } from "../result";
import type { Problem } from "../wire/http";
import { isChecked, partOf, Speed, secondsLeft, TURNS, turned, type Upload } from "./upload";
import { Uploads } from "./uploads";

const KIB = 1024;

function problem(code: string, status = 0, params = {}, retryAfterS: number | null = null) {
  return failure<Problem>({ code, status, params, retryAfterS });
}

/** A server that takes pieces; the test says what goes wrong next. */
class Door {
  readonly have = new Map<string, string>();
  readonly discarded: string[] = [];
  readonly asked: string[] = [];
  /** One a request; null lets it pass. */
  faults: (ReturnType<typeof problem> | null)[] = [];
  /** So long a piece takes. */
  pieceMs = 0;
  underway = 0;
  most = 0;
  checksLeft = 0;
  sizes = new Map<string, number>();
  pieceMax = 4 * KIB * KIB;

  uploads = new Uploads({
    begin: async ({ name, bytes }) => {
      this.asked.push(`begin ${name}`);
      const fault = this.faults.shift();
      if (fault) return fault;
      const file_id = `f${this.sizes.size + 1}`;
      this.sizes.set(file_id, bytes);
      this.have.set(file_id, "");
      return success({ file_id, offset: 0, piece_max: this.pieceMax });
    },
    piece: async (fileId, offset, body, { told, signal }) => {
      this.asked.push(`piece ${fileId} ${offset} ${body.size}`);
      this.underway += 1;
      this.most = Math.max(this.most, this.underway);
      told(body.size / 2);
      if (this.pieceMs) await new Promise((resolve) => setTimeout(resolve, this.pieceMs));
      this.underway -= 1;
      if (signal.aborted) return problem("network.offline");
      const fault = this.faults.shift();
      if (fault) return fault;
      const got = this.have.get(fileId) ?? "";
      if (got.length !== offset) return problem("upload.offset", 409, { offset: got.length });
      this.have.set(fileId, got + (await body.text()));
      return this.standing(fileId);
    },
    look: async (fileId) => {
      this.asked.push(`look ${fileId}`);
      return this.faults.shift() ?? this.standing(fileId);
    },
    discard: (fileId) => void this.discarded.push(fileId),
    now: () => Date.now(),
  });

  standing(fileId: string) {
    const offset = this.have.get(fileId)?.length ?? 0;
    const isWhole = offset === this.sizes.get(fileId);
    if (isWhole && this.checksLeft > 0) {
      this.checksLeft -= 1;
      return success({ offset, is_ready: false });
    }
    return success({ offset, is_ready: isWhole });
  }

  send(bytes: number, name = "a.txt"): string {
    return this.uploads.add([new File(["x".repeat(bytes)], name)])[0] ?? "";
  }

  states(): string[] {
    return this.uploads.list.value.map((one) => one.state);
  }
}

let door: Door;
beforeEach(() => {
  vi.useFakeTimers();
  door = new Door();
});
afterEach(() => void vi.useRealTimers());

/** Lets everything happen that needs no more than so much time. */
const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("a file that is sent", () => {
  it("goes in pieces that grow while they are quick, and is ready", async () => {
    const id = door.send(2_000 * KIB);
    await passes(1);
    expect(door.uploads.get(id)).toMatchObject({ state: "ready", done: 2_000 * KIB, fileId: "f1" });
    expect(door.asked).toEqual([
      "begin a.txt",
      "piece f1 0 524288",
      "piece f1 524288 1048576",
      "piece f1 1572864 475136",
    ]);
  });

  it("never sends more than the server takes in one piece", async () => {
    door.pieceMax = 100 * KIB;
    door.send(250 * KIB);
    await passes(1);
    expect(door.asked.slice(1)).toEqual([
      "piece f1 0 102400",
      "piece f1 102400 102400",
      "piece f1 204800 51200",
    ]);
  });

  it("goes two at once; the others wait for their turn", async () => {
    door.pieceMs = 100;
    for (const name of ["a", "b", "c"]) door.send(10, name);
    await passes(50);
    expect(door.states()).toEqual(["sending", "sending", "waiting"]);
    await passes(200);
    expect(door.states()).toEqual(["ready", "ready", "ready"]);
    expect(door.most).toBe(2);
  });

  it("tells how far it is, how fast, and that it is being checked", async () => {
    door.pieceMs = 1_000;
    door.checksLeft = 1;
    const id = door.send(600 * KIB);
    const told = () => door.uploads.get(id) as Upload;
    await passes(1_500);
    expect(partOf(told())).toBeGreaterThan(0.8);
    expect(told().speed).toBeGreaterThan(100 * KIB);
    expect(secondsLeft(told())).toBe(1);
    await passes(600);
    expect(isChecked(told())).toBe(true);
    await passes(700);
    expect(told().state).toBe("ready");
    expect(secondsLeft(told())).toBeNull();
  });
});

describe("what goes wrong", () => {
  it("goes on after a lost network where the server is", async () => {
    door.faults = [problem("network.offline"), null, problem("network.offline")];
    const id = door.send(1_000 * KIB);
    await passes(10);
    expect(door.uploads.get(id)?.state).toBe("lost");
    await passes(3_500);
    expect(door.uploads.get(id)?.state).toBe("ready");
    // The announcement was lost first, then it came through and a piece was lost.
    expect(door.asked).toEqual([
      "begin a.txt",
      "begin a.txt",
      "piece f1 0 524288",
      "look f1",
      "piece f1 0 262144",
      "piece f1 262144 524288",
      "piece f1 786432 237568",
    ]);
    expect(door.have.get("f1")).toHaveLength(1_000 * KIB);
  });

  it("does not wait any longer once the network is back", async () => {
    door.faults = [problem("network.offline"), problem("server.error", 502)];
    door.send(10);
    await passes(1_500);
    expect(door.states()).toEqual(["lost"]);
    door.uploads.wake();
    await passes(1);
    expect(door.states()).toEqual(["ready"]);
  });

  it("takes the server's word for where it is", async () => {
    door.pieceMs = 10;
    door.send(600 * KIB);
    await passes(15);
    // A cut request arrived after all.
    door.have.set("f1", "x".repeat(524_288 + 1_000));
    await passes(100);
    expect(door.states()).toEqual(["ready"]);
    expect(door.have.get("f1")).toHaveLength(600 * KIB);
    expect(door.asked.at(-1)).toBe(`piece f1 525288 ${600 * KIB - 525_288}`);
  });

  it("waits as long as the server says", async () => {
    door.faults = [problem("rate.limited", 429, {}, 20)];
    door.send(10);
    await passes(19_000);
    expect(door.states()).toEqual(["lost"]);
    await passes(2_000);
    expect(door.states()).toEqual(["ready"]);
  });

  it("gives up on a server that fails again and again, not on a network that is away", async () => {
    door.faults = Array.from({ length: 20 }, () => problem("network.offline"));
    door.send(10);
    await passes(180_000);
    expect(door.states()).toEqual(["lost"]);
    door.faults = Array.from({ length: 20 }, () => problem("server.error", 500));
    await passes(180_000);
    expect(door.states()).toEqual(["failed"]);
    door.faults = [];
    door.uploads.resume("u1");
    await passes(1);
    expect(door.states()).toEqual(["ready"]);
  });

  it("goes on when the class takes us back, as after a restart of the server", async () => {
    const lost = Array.from({ length: 20 }, () => problem("room.not_joined", 403));
    door.faults = [null, null, problem("network.offline"), ...lost];
    const id = door.send(1_000 * KIB);
    await passes(60_000);
    expect(door.uploads.get(id)).toMatchObject({ state: "lost", fileId: "f1" });
    door.faults = [];
    door.uploads.wake();
    await passes(1);
    expect(door.states()).toEqual(["ready"]);
    expect(door.discarded).toEqual([]);
    expect(door.asked.filter((one) => one.startsWith("begin"))).toHaveLength(1);
  });

  it("throws nothing away for a lock in the middle, and goes on from there", async () => {
    door.faults = [null, null, problem("lock.files", 403)];
    const id = door.send(1_000 * KIB);
    await passes(1);
    expect(door.uploads.get(id)).toMatchObject({
      state: "failed",
      refusal: { code: "lock.files" },
    });
    door.uploads.resume(id);
    await passes(1);
    expect(door.states()).toEqual(["ready"]);
    expect(door.asked.filter((one) => one.startsWith("piece f1 0 "))).toHaveLength(1);
  });

  it("says why the server will not have it, and announces it anew when it is tried again", async () => {
    door.faults = [problem("file.type", 415)];
    const id = door.send(10);
    await passes(1);
    expect(door.uploads.get(id)).toMatchObject({ state: "failed", refusal: { code: "file.type" } });
    door.uploads.resume(id);
    await passes(1);
    expect(door.states()).toEqual(["ready"]);
    expect(door.asked.filter((one) => one.startsWith("begin"))).toHaveLength(2);
  });

  it("leaves nothing of what did not pass the check, nor asks again for it", async () => {
    door.faults = [null, problem("file.bomb", 422)];
    const id = door.send(10);
    await passes(60_000);
    expect(door.uploads.get(id)).toMatchObject({ state: "failed", fileId: "", done: 0 });
    expect(door.discarded).toEqual(["f1"]);
    expect(door.asked).toHaveLength(2);
  });

  it("keeps what was sent when the fault is not the file's, and has it checked again", async () => {
    door.faults = [null, null, problem("file.not_scanned", 503)];
    door.checksLeft = 1;
    const id = door.send(10);
    await passes(60_000);
    expect(door.uploads.get(id)?.refusal?.code).toBe("file.not_scanned");
    door.uploads.resume(id);
    await passes(1);
    expect(door.states()).toEqual(["ready"]);
    expect(door.discarded).toEqual([]);
    expect(door.asked.filter((one) => one.startsWith("piece"))).toHaveLength(1);
  });

  it("does not send a file with nothing in it, nor one that was changed meanwhile", async () => {
    door.send(0);
    await passes(1);
    expect(door.uploads.get("u1")?.refusal?.code).toBe("file.empty");
    expect(door.asked).toEqual([]);
    door.faults = [problem("network.offline")];
    const file = new File(["abc"], "b.txt");
    Object.assign(file, {
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }),
    });
    door.uploads.add([file]);
    await passes(1);
    expect(door.uploads.get("u2")?.refusal?.code).toBe("file.changed");
  });
});

describe("a person's hand", () => {
  it("pauses in the middle and goes on from what the server has", async () => {
    door.pieceMs = 100;
    const id = door.send(1_000 * KIB);
    await passes(150);
    door.uploads.pause(id);
    await passes(10_000);
    expect(door.states()).toEqual(["paused"]);
    const so_far = door.asked.length;
    door.uploads.resume(id);
    await passes(500);
    expect(door.states()).toEqual(["ready"]);
    expect(door.asked[so_far]).toBe("look f1");
  });

  it("cancels: the server is told, the next one begins, and whoever waits for it hears it", async () => {
    door.pieceMs = 100;
    const [a, b, c] = [door.send(10, "a"), door.send(10, "b"), door.send(10, "c")];
    const all = door.uploads.whenReady([a, b, c]);
    await passes(10);
    door.uploads.cancel(a);
    await passes(200);
    expect(door.discarded).toEqual(["f1"]);
    expect(await all).toBeNull();
    expect(await door.uploads.whenReady([b, c])).toEqual(["f2", "f3"]);
  });

  it("leaves nothing behind when it is cancelled while it is announced", async () => {
    const id = door.send(10);
    door.uploads.cancel(id);
    await passes(1);
    expect(door.discarded).toEqual(["f1"]);
    expect(door.uploads.list.value).toEqual([]);
  });

  it("sends anew what was there and is gone", async () => {
    const id = door.send(10);
    await passes(1);
    door.uploads.renew([id, "unknown"]);
    expect(door.states()).toEqual(["sending"]);
    await passes(1);
    expect(door.uploads.get(id)).toMatchObject({ state: "ready", fileId: "f2" });
    expect(door.discarded).toEqual(["f1"]);
  });

  it("stops everything when the page is left", async () => {
    door.pieceMs = 100;
    door.send(5_000 * KIB);
    await passes(10);
    door.uploads.close();
    const so_far = door.asked.length;
    await passes(60_000);
    expect(door.asked).toHaveLength(so_far);
  });
});

it("changes nothing by a turn that is not in its row", () => {
  const upload = { state: "ready" } as Upload;
  for (const turn of ["start", "finish", "lose", "refuse", "pause", "resume"] as const) {
    expect(turned(upload, turn)).toBe(upload);
  }
  expect(Object.keys(TURNS)).toHaveLength(6);
});

it("measures the last seconds, and begins anew after a cut", () => {
  const speed = new Speed();
  expect(speed.after(0, 0)).toBeNull();
  expect(speed.after(1_000, 1_000)).toBe(1_000);
  expect(speed.after(7_000, 2_000)).toBeCloseTo(166.7, 0);
  expect(speed.after(7_500, 100)).toBeNull();
});

import { afterEach, expect, it, vi } from "vitest";
import { renameRoom } from "./api";
import { problemOf, request, upload } from "./http";

afterEach(() => vi.unstubAllGlobals());

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
}

it("reads a problem document with its parameters", () => {
  const body = { code: "room.full", params: { capacity: 60 } };
  expect(problemOf(409, body, null)).toEqual({
    code: "room.full",
    status: 409,
    params: { capacity: 60 },
    retryAfterS: null,
  });
  expect(problemOf(429, { code: "rate.limited" }, "7").retryAfterS).toBe(7);
  expect(problemOf(502, undefined, null).code).toBe("server.error");
  expect(problemOf(500, "<html>", null).code).toBe("server.error");
});

it("turns a network that is gone into a problem", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
  const result = await request("GET", "/api/rooms");
  expect(result).toMatchObject({ ok: false, error: { code: "network.offline", status: 0 } });
});

it("gets a fresh token and tries once more when the page is old", async () => {
  const asked: string[] = [];
  const answers = [
    answer(403, { code: "csrf.invalid" }),
    answer(200, { account: null, csrf: "fresh", sign_up: "open", setup_needed: false }),
    answer(200, { id: "1", title: "Vectors" }),
  ];
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    const token = new Headers(init.headers).get("X-CSRF-Token");
    asked.push(`${init.method} ${path} ${token ?? "-"}`);
    return Promise.resolve(answers.shift());
  });
  const result = await renameRoom("1", "Vectors");
  expect(result.ok).toBe(true);
  expect(asked).toEqual(["PATCH /api/rooms/1 ", "GET /api/session -", "PATCH /api/rooms/1 fresh"]);
});

it("sends bytes by the method that was asked for, and ends when it is told to", async () => {
  const sent: string[] = [];
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      upload = {};
      onabort = () => {};
      open(method: string, path: string) {
        sent.push(`${method} ${path}`);
      }
      setRequestHeader() {}
      send() {}
      abort() {
        sent.push("abort");
        this.onabort();
      }
    },
  );
  const stop = new AbortController();
  const how = { authorization: "Seat x", method: "PATCH", told() {}, signal: stop.signal } as const;
  const answer = upload("/files/f1?offset=0", new Blob(["x"]), how);
  stop.abort();
  expect(await answer).toMatchObject({ ok: false, error: { code: "network.offline" } });
  expect(sent).toEqual(["PATCH /files/f1?offset=0", "abort"]);
});

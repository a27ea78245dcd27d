/**
 * One JSON request to the server. Every failure, the network's included, is a Problem with a
 * stable code; nothing here throws. Knows the CSRF token, not what the resources mean.
 */
import { failure, type Result, success } from "../result";

export interface Problem {
  code: string;
  status: number;
  params: Record<string, string | number>;
  /** Seconds after which the same request may be tried again, when the server said so. */
  retryAfterS: number | null;
}

export type Reply<T> = Promise<Result<T, Problem>>;
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

const TIMEOUT_MS = 15_000;

let csrf = "";

/** Every answer that carries a session carries the token that the next change must show. */
export function setCsrf(token: string): void {
  csrf = token;
}

function problem(code: string, status = 0): Problem {
  return { code, status, params: {}, retryAfterS: null };
}

/** Reads RFC 9457 problem details; whatever else came back is a fault of the server. */
export function problemOf(status: number, body: unknown, retryAfter: string | null): Problem {
  const found = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const params = typeof found.params === "object" && found.params !== null ? found.params : {};
  const seconds = Number.parseInt(retryAfter ?? "", 10);
  return {
    code: typeof found.code === "string" ? found.code : "server.error",
    status,
    params: params as Record<string, string | number>,
    retryAfterS: Number.isFinite(seconds) ? seconds : null,
  };
}

async function bodyOf(response: Response): Promise<unknown> {
  return parsed(await response.text());
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What opens things without an account: a seat's authorization, or the token of a private link. */
export type Shown = string | { "X-Booking": string };

export async function request<T>(
  method: Method,
  path: string,
  body?: unknown,
  shown?: Shown,
): Reply<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (typeof shown === "string") headers.Authorization = shown;
  else if (shown !== undefined) Object.assign(headers, shown);
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  try {
    const response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "same-origin",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await bodyOf(response);
    if (response.ok) return success(answer as T);
    return failure(problemOf(response.status, answer, response.headers.get("Retry-After")));
  } catch (error) {
    const late = error instanceof DOMException && error.name === "TimeoutError";
    return failure(problem(late ? "network.timeout" : "network.offline"));
  }
}

const UPLOAD_TIMEOUT_MS = 120_000;

interface UploadHow {
  /** For what a seat opens, and no account. */
  authorization?: string | undefined;
  told(done: number, total: number): void;
  method?: "POST" | "PATCH" | "PUT";
  timeoutMs?: number;
  /** Ends it; what was sent until then may have arrived. */
  signal?: AbortSignal;
}

/** Sends bytes and tells how many are under way; fetch cannot tell that. */
export async function upload<T>(path: string, body: Blob, how: UploadHow): Reply<T> {
  const answer = await send(path, body, how);
  return answer.ok ? success(parsed(await answer.value.text()) as T) : answer;
}

/** The same, answered with a file. */
export const exchange = (path: string, body: Blob, how: UploadHow): Reply<Blob> =>
  send(path, body, how);

function send(path: string, body: Blob, how: UploadHow): Reply<Blob> {
  return new Promise((resolve) => {
    const sending = new XMLHttpRequest();
    const fail = (code: string) => resolve(failure(problem(code)));
    sending.open(how.method ?? "POST", path);
    sending.responseType = "blob";
    sending.timeout = how.timeoutMs ?? UPLOAD_TIMEOUT_MS;
    sending.setRequestHeader("Accept", "application/json");
    if (how.authorization) sending.setRequestHeader("Authorization", how.authorization);
    sending.setRequestHeader("Content-Type", body.type || "application/octet-stream");
    sending.setRequestHeader("X-CSRF-Token", csrf);
    sending.upload.onprogress = ({ loaded, total }) => how.told(loaded, total);
    sending.onerror = () => fail("network.offline");
    sending.ontimeout = () => fail("network.timeout");
    sending.onabort = () => fail("network.offline");
    how.signal?.addEventListener("abort", () => sending.abort(), { once: true });
    sending.onload = async () => {
      const { status } = sending;
      const answer = sending.response as Blob;
      if (status >= 200 && status < 300) resolve(success(answer));
      else {
        const told = parsed(await answer.text());
        resolve(failure(problemOf(status, told, sending.getResponseHeader("Retry-After"))));
      }
    };
    sending.send(body);
  });
}

/** A file as it is; the browser keeps what may be kept. */
export async function download(path: string, shown?: Shown): Reply<Blob> {
  try {
    const response = await fetch(path, {
      headers: typeof shown === "string" ? { Authorization: shown } : { ...shown },
      credentials: "same-origin",
      signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
    });
    if (response.ok) return success(await response.blob());
    const answer = await bodyOf(response);
    return failure(problemOf(response.status, answer, response.headers.get("Retry-After")));
  } catch (error) {
    const late = error instanceof DOMException && error.name === "TimeoutError";
    return failure(problem(late ? "network.timeout" : "network.offline"));
  }
}

/**
 * The socket of one seat: typed requests with an answer, typed notices, and a link that heals by
 * itself. It decides when to connect again; what to say after that is the session's matter.
 */
import { signal } from "@preact/signals";
import type { Result } from "../result";
import type { Notices, Refusal, Requests } from "./messages";
import { type Plug, plugInto } from "./plug";
import { Questions } from "./questions";

/** `up` means a socket exists and may be used; `refused` and `closed` are final until `open()`. */
export type Link = "connecting" | "up" | "down" | "refused" | "closed";

export type Request = <K extends keyof Requests>(
  name: K,
  message: Requests[K]["request"],
  timeoutMs?: number,
) => Promise<Result<Requests[K]["reply"], Refusal>>;

const REQUEST_MS = 8_000;
/** After a disconnect by the server, socket.io-client stays away; we do not. */
const RETURN_MS = 300;
const UNKNOWN_ERROR_RETRY_MS = 1_000;
/** Refusals of the moment: the same question may be answered in a second. */
const OF_THE_MOMENT = new Set(["rate.limited", "server.error", "server.busy", "server.closing"]);

export class Wire {
  readonly link = signal<Link>("connecting");
  readonly #plug: Plug;
  readonly #questions: Questions;
  readonly #ups = new Set<() => void>();
  readonly #refusals = new Set<(refusal: Refusal) => void>();
  #takeover = false;
  #returnMs = RETURN_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(seat: { seat: string; tab: string }, plugIn = plugInto) {
    this.#plug = plugIn(() => ({ ...seat, takeover: this.#takeover }));
    this.#questions = new Questions(this.#plug);
    if (this.#plug.line) this.#plug.line.onAlone = (isAlone) => this.#alone(isAlone);
    this.#plug.on("connect", () => this.#connected());
    this.#plug.on("disconnect", (reason: string) => this.#disconnected(reason));
    this.#plug.on("connect_error", (error: Error) => this.#failed(error));
    this.on("server.closing", (notice) => {
      this.#returnMs = notice.retry_ms;
    });
  }

  readonly request: Request = (name, message, timeoutMs = REQUEST_MS) =>
    this.#questions.ask(name, message, timeoutMs);

  on<K extends keyof Notices>(name: K, listener: (notice: Notices[K]) => void): void {
    this.#plug.on(name, listener as (...args: never[]) => void);
  }

  /** Called at every connection, the first one included. */
  onUp(listener: () => void): void {
    this.#ups.add(listener);
  }

  /** Called when the server will not have this seat: a code like `seat.taken`. */
  onRefused(listener: (refusal: Refusal) => void): void {
    this.#refusals.add(listener);
  }

  open(takeover = false): void {
    this.#takeover = takeover;
    this.link.value = "connecting";
    this.#plug.connect();
  }

  /** Drops a connection that seems dead and makes a new one, at once unless told otherwise. */
  renew(inMs = 0): void {
    if (this.#over()) return;
    this.#plug.disconnect();
    if (inMs > 0) this.#reconnectIn(inMs);
    else this.#plug.connect();
  }

  /** Makes the line ready for worse times, while it is still good. */
  brace(): void {
    this.#plug.line?.brace();
  }

  close(): void {
    this.link.value = "closed";
    clearTimeout(this.#timer);
    this.#plug.disconnect();
  }

  #over(): boolean {
    return this.link.value === "closed" || this.link.value === "refused";
  }

  #connected(): void {
    this.#takeover = false;
    this.#returnMs = RETURN_MS;
    this.link.value = "up";
    for (const listener of this.#ups) listener();
  }

  /** Nothing is lost yet; but whoever waits should know. */
  #alone(isAlone: boolean): void {
    if (this.#plug.connected && !this.#over()) this.link.value = isAlone ? "down" : "up";
  }

  #disconnected(reason: string): void {
    if (this.#over()) return;
    this.link.value = "down";
    if (reason === "io server disconnect") this.#reconnectIn(this.#returnMs);
  }

  #failed(error: Error & { data?: unknown }): void {
    if (this.#over() || this.#plug.active) return;
    const refusal = refusalOf(error.data);
    if (!refusal || mayAskAgain(refusal)) {
      this.#reconnectIn(Number(refusal?.params.retry_ms ?? UNKNOWN_ERROR_RETRY_MS));
      return;
    }
    this.link.value = "refused";
    for (const listener of this.#refusals) listener(refusal);
  }

  #reconnectIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.#over()) this.#plug.connect();
    }, ms);
  }
}

/** Whether the same question may be answered in a second. */
export function mayAskAgain(refusal: Refusal): boolean {
  return OF_THE_MOMENT.has(refusal.code);
}

function refusalOf(value: unknown): Refusal | null {
  if (typeof value !== "object" || value === null) return null;
  const { code, params } = value as Partial<Refusal>;
  return typeof code === "string" ? { code, params: params ?? {} } : null;
}

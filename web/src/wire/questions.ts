/**
 * Requests and their answers. One whose answer is late because the line is bad is waited for longer;
 * one that had no answer when the connection broke is asked again when the seat is taken anew. The
 * server does it once, because it has the same name.
 */
import { failure, type Result, success } from "../result";
import type { Acknowledgement, Refusal } from "./messages";
import type { Plug } from "./plug";

/** An answer over a bad line may take so long altogether. */
const LATE_MAX_MS = 20_000;
const LATE_STEP_MS = 500;
const JOIN = "room.join";
/** What says anew how things are: whoever comes back says it by themselves. */
const OF_ITS_CONNECTION: ReadonlySet<string> = new Set([JOIN, "room.sync", "media.join"]);

interface Question {
  readonly event: string;
  readonly message: unknown;
  readonly name: string;
  readonly until: number;
  /** The connection on which it was asked last. */
  connection: number;
  answered(answer: Acknowledgement<never>): void;
}

export class Questions {
  readonly #plug: Plug;
  readonly #open = new Set<Question>();
  readonly #prefix = newPrefix();
  #count = 0;
  #connection = 0;

  constructor(plug: Plug) {
    this.#plug = plug;
    plug.on("connect", () => {
      this.#connection += 1;
    });
  }

  ask<T>(event: string, message: unknown, ms: number): Promise<Result<T, Refusal>> {
    return new Promise((resolve) => {
      const refuse = (code: string) => resolve(failure({ code, params: {} }));
      if (!this.#plug.connected) return refuse("wire.away");
      this.#count += 1;
      const question: Question = {
        event,
        message,
        name: `${this.#prefix}${this.#count}`,
        until: Date.now() + Math.max(ms, LATE_MAX_MS),
        connection: this.#connection,
        answered: (answer: Acknowledgement<T>) => {
          if (!this.#open.delete(question)) return;
          clearTimeout(timer);
          resolve(answer.ok ? success(answer.data) : failure(answer.error));
          if (event === JOIN && answer.ok) this.#askAgain();
        },
      };
      const give = () => {
        const isBad = this.#plug.line?.isLate ?? false;
        if (isBad && Date.now() < question.until) {
          timer = setTimeout(give, LATE_STEP_MS);
          return;
        }
        this.#open.delete(question);
        refuse("wire.timeout");
      };
      let timer = setTimeout(give, ms);
      this.#open.add(question);
      this.#send(question);
    });
  }

  /** What was asked before the connection broke, in its order. */
  #askAgain(): void {
    for (const question of this.#open) {
      const isGone = question.connection !== this.#connection;
      if (!isGone || OF_ITS_CONNECTION.has(question.event)) continue;
      question.connection = this.#connection;
      this.#send(question);
    }
  }

  #send({ event, message, name, answered }: Question): void {
    const own = OF_ITS_CONNECTION.has(event) ? [] : [name];
    this.#plug.emit(event, message, ...own, answered);
  }
}

/** Different in each page that has this seat. */
function newPrefix(): string {
  const random = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  return `${random.toString(36)}-`;
}

/** Sends chat: shows a line at once, sends it when there is a connection, keeps it until then. */
import type { Request } from "../wire/socket";
import type { RoomAction } from "./reduce";
import type { PendingChat } from "./state";

type Apply = (action: RoomAction) => void;

/** Who writes faster than the server takes it waits a little; this often, then it is refused. */
const TURNS = 5;

export class ChatBox {
  readonly #request: Request;
  readonly #apply: Apply;
  readonly #underway = new Set<string>();

  constructor(request: Request, apply: Apply) {
    this.#request = request;
    this.#apply = apply;
  }

  write(text: string): void {
    const clientId = freshId();
    const at = new Date().toISOString();
    this.#apply({ type: "chat_written", clientId, text, at });
    void this.#send({ clientId, text, at, refusal: null });
  }

  /** After a connection: what was written while it was away, in the order it was written. */
  async sendPending(pending: readonly PendingChat[]): Promise<void> {
    for (const line of pending) {
      if (!line.refusal) await this.#send(line);
    }
  }

  /** A refused line, once more. */
  retry(line: PendingChat): void {
    this.drop(line.clientId);
    this.write(line.text);
  }

  drop(clientId: string): void {
    this.#apply({ type: "chat_dropped", clientId });
  }

  async #send(line: PendingChat): Promise<void> {
    if (this.#underway.has(line.clientId)) return;
    this.#underway.add(line.clientId);
    const message = { text: line.text, client_id: line.clientId };
    let answer = await this.#request("chat.post", message);
    for (let turn = 0; turn < TURNS && !answer.ok; turn += 1) {
      if (answer.error.code !== "rate.limited") break;
      await sleep(Number(answer.error.params.retry_ms ?? 1_000));
      answer = await this.#request("chat.post", message);
    }
    this.#underway.delete(line.clientId);
    if (answer.ok) this.#apply({ type: "chat_accepted", message: answer.value });
    // Without an answer it stays; the next connection sends it again.
    else if (!answer.error.code.startsWith("wire.")) {
      this.#apply({ type: "chat_refused", clientId: line.clientId, code: answer.error.code });
    }
  }
}

/** Twelve random bytes in base64url: unique among one person's lines, and an Id on the wire. */
function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Writes to the class: shows a line at once, sends it when there is a connection, keeps it until
 * then; answers, reacts, deletes, mutes, and fetches what was written earlier.
 */
import { signal } from "@preact/signals";
import type { Result } from "../result";
import type { ChatMessage, Reaction, Refusal } from "../wire/messages";
import type { Request } from "../wire/socket";
import type { RoomAction } from "./reduce";
import type { PendingChat } from "./state";

type Apply = (action: RoomAction) => void;
type Answer = Promise<Result<unknown, Refusal>>;

/** Who writes faster than the server takes it waits a little; this often, then it is refused. */
const TURNS = 5;
/** Lines fetched at once. */
const PAGE = 50;

export class ChatBox {
  /** Whom the field writes to: "room", "staff", "group", "groups" or a participant id. */
  readonly to = signal("room");
  /** The message that is being answered. */
  readonly replyTo = signal<ChatMessage | null>(null);
  /** Whether there is something before the first line; unknown until it was asked. */
  readonly earlier = signal<"unknown" | "loading" | "none">("unknown");
  readonly #request: Request;
  readonly #apply: Apply;
  readonly #underway = new Set<string>();

  constructor(request: Request, apply: Apply) {
    this.#request = request;
    this.#apply = apply;
  }

  write(text: string, to = "room", replyTo = ""): void {
    const line = { clientId: freshId(), text, at: new Date().toISOString(), to, replyTo };
    this.#apply({ type: "chat_written", ...line });
    void this.#send({ ...line, refusal: null });
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
    this.write(line.text, line.to, line.replyTo);
  }

  drop(clientId: string): void {
    this.#apply({ type: "chat_dropped", clientId });
  }

  react(messageId: string, reaction: Reaction, on: boolean): Answer {
    return this.#request("chat.react", { message_id: messageId, reaction, on });
  }

  delete(messageId: string): Answer {
    return this.#request("chat.delete", { message_id: messageId });
  }

  mute(participantId: string, on: boolean): Answer {
    return this.#request("chat.mute", { participant_id: participantId, on });
  }

  /** Fetches what was written before the first line we have. */
  async loadEarlier(before: string): Promise<void> {
    if (this.earlier.value !== "unknown") return;
    this.earlier.value = "loading";
    const answer = await this.#request("chat.history", { before, limit: PAGE });
    // Without an answer the button is there again.
    this.earlier.value = answer.ok && !answer.value.has_more ? "none" : "unknown";
    if (answer.ok) this.#apply({ type: "chat_earlier", messages: answer.value.messages });
  }

  async #send(line: PendingChat): Promise<void> {
    if (this.#underway.has(line.clientId)) return;
    this.#underway.add(line.clientId);
    const message = {
      text: line.text,
      client_id: line.clientId,
      to: line.to,
      ...(line.replyTo && { reply_to: line.replyTo }),
    };
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

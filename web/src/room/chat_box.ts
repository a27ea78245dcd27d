/**
 * Writes to the class: shows a line at once, sends it when there is a connection and its files are
 * up, keeps it until then; answers, reacts, deletes, mutes, and fetches what was written earlier.
 */
import { signal } from "@preact/signals";
import type { Result } from "../result";
import type { ChatMessage, Reaction, Refusal } from "../wire/messages";
import type { Request } from "../wire/socket";
import type { RoomAction } from "./reduce";
import type { PendingChat } from "./state";

type Apply = (action: RoomAction) => void;
/** The group we are in; empty outside of groups. */
type Place = () => string;
type Answer = Promise<Result<unknown, Refusal>>;

/** What carries the files of a line; `Uploads` is it. */
export interface Carrier {
  whenReady(ids: readonly string[]): Promise<string[] | null>;
  cancel(id: string): void;
  renew(ids: readonly string[]): void;
  forget(ids: readonly string[]): void;
}

/** Who writes faster than the server takes it waits a little; this often, then it is refused. */
const TURNS = 5;
/** Lines fetched at once. */
const PAGE = 50;

export class ChatBox {
  /** Whom the field writes to: "room", "staff", "group", "groups" or a participant id. */
  readonly to = signal("room");
  /** The message that is being answered. */
  readonly replyTo = signal<ChatMessage | null>(null);
  /** Files chosen for the next line, as the carrier names them. */
  readonly attached = signal<readonly string[]>([]);
  /** Whether there is something before the first line; unknown until it was asked. */
  readonly earlier = signal<"unknown" | "loading" | "none">("unknown");
  readonly #request: Request;
  readonly #apply: Apply;
  readonly #carrier: Carrier;
  readonly #place: Place;
  readonly #underway = new Set<string>();
  /** Lines that were dropped while their files were on the way. */
  readonly #dropped = new Set<string>();

  constructor(request: Request, apply: Apply, carrier: Carrier, place: Place) {
    this.#request = request;
    this.#apply = apply;
    this.#carrier = carrier;
    this.#place = place;
  }

  write(text: string, to = "room", replyTo = "", uploads: readonly string[] = []): void {
    const files = uploads.length === 0 ? [] : null;
    const at = new Date().toISOString();
    const place = to === "group" ? this.#place() : "";
    const line = { clientId: freshId(), text, at, to, place, replyTo, uploads, files };
    this.#apply({ type: "chat_written", ...line });
    void this.#deliver({ ...line, refusal: null });
  }

  /** After a connection: what was written while it was away, in the order it was written. */
  async sendPending(pending: readonly PendingChat[]): Promise<void> {
    for (const line of pending) {
      if (!line.refusal && line.files) await this.#send(line);
    }
  }

  /** A refused line, once more. */
  retry(line: PendingChat): void {
    this.#drop(line);
    if (line.refusal === "file.unknown") this.#carrier.renew(line.uploads);
    this.write(line.text, line.to, line.replyTo, line.uploads);
  }

  /** A line that is not sent, for good, with its files. */
  drop(line: PendingChat): void {
    this.#drop(line);
    for (const id of line.uploads) this.#carrier.cancel(id);
  }

  /** Takes one file out of a line that is not sent; the rest of it goes on. */
  detach(line: PendingChat, upload: string): void {
    this.#drop(line);
    this.#carrier.cancel(upload);
    const rest = line.uploads.filter((id) => id !== upload);
    if (line.text !== "" || rest.length > 0) this.write(line.text, line.to, line.replyTo, rest);
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

  #drop({ clientId }: PendingChat): void {
    this.#dropped.add(clientId);
    this.#apply({ type: "chat_dropped", clientId });
  }

  async #deliver(line: PendingChat): Promise<void> {
    if (line.files) return this.#send(line);
    const files = await this.#carrier.whenReady(line.uploads);
    if (files === null || this.#dropped.has(line.clientId)) return;
    this.#apply({ type: "chat_ready", clientId: line.clientId, files });
    await this.#send({ ...line, files });
  }

  async #send(line: PendingChat): Promise<void> {
    if (this.#underway.has(line.clientId)) return;
    const { clientId } = line;
    // What was written to one group is not for the one we were moved into meanwhile.
    if (line.to === "group" && this.#place() !== "" && this.#place() !== line.place) {
      this.#apply({ type: "chat_refused", clientId, code: "chat.moved" });
      return;
    }
    this.#underway.add(line.clientId);
    const message = {
      text: line.text,
      client_id: line.clientId,
      to: line.to,
      ...(line.replyTo && { reply_to: line.replyTo }),
      ...(line.files?.length && { files: [...line.files] }),
    };
    let answer = await this.#request("chat.post", message);
    for (let turn = 0; turn < TURNS && !answer.ok; turn += 1) {
      if (answer.error.code !== "rate.limited") break;
      await sleep(Number(answer.error.params.retry_ms ?? 1_000));
      answer = await this.#request("chat.post", message);
    }
    this.#underway.delete(line.clientId);
    if (answer.ok) {
      this.#apply({ type: "chat_accepted", message: answer.value });
      this.#carrier.forget(line.uploads);
    }
    // Without an answer it stays; the next connection sends it again.
    else if (!answer.error.code.startsWith("wire.")) {
      this.#apply({ type: "chat_refused", clientId, code: answer.error.code });
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

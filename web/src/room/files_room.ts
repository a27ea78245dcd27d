/**
 * The class's files at this seat: what is being sent, what is put on the list without a message,
 * pictures that were fetched, and the way to what others sent.
 */
import { signal } from "@preact/signals";
import { failure, type Result, success } from "../result";
import { FileDoor, type Space } from "../wire/files";
import type { Problem, Reply } from "../wire/http";
import type { Refusal } from "../wire/messages";
import type { Request } from "../wire/socket";
import { Uploads } from "./uploads";

/** Pictures kept for a second look, so many and so large together; the oldest goes first. */
const PICTURES_MAX = 80;
const PICTURES_BYTES = 100 * 1024 * 1024;
const AGAIN_MS = 1_000;
/** So often a file is taken away again while the server still writes a piece that was cut off. */
const DISCARDS = 6;

export class FilesRoom {
  readonly uploads: Uploads;
  /** Files on their way to the list, and to no message. */
  readonly listed = signal<readonly string[]>([]);
  readonly #door: FileDoor;
  readonly #request: Request;
  readonly #pictures = new Map<string, Promise<string | null>>();
  /** Of those that are here. */
  readonly #sizes = new Map<string, number>();
  #closed = false;

  constructor(request: Request, seat: string, code: () => string) {
    this.#request = request;
    this.#door = new FileDoor(code, seat);
    this.uploads = new Uploads({
      begin: (file) => this.#door.begin(file),
      piece: (id, offset, body, how) => this.#door.piece(id, offset, body, how),
      look: (id) => this.#door.look(id),
      discard: (id) => void this.#discard(id),
      now: () => performance.now(),
    });
  }

  /** Puts files on the list for everybody, each as soon as it is there; says what was refused. */
  put(files: readonly File[], to: string, refused: (refusal: Refusal) => void): void {
    const added = this.uploads.add(files);
    this.listed.value = [...this.listed.value, ...added];
    for (const id of added) void this.#share(id, to, refused);
  }

  remove(file_id: string): Promise<Result<unknown, Refusal>> {
    return this.#request("file.remove", { file_id });
  }

  space(): Reply<Space> {
    return this.#door.space();
  }

  content(id: string): Reply<Blob> {
    return this.#door.content(id);
  }

  /** The address of a picture in this page: small, or as it was sent. Null when it did not come. */
  picture(id: string, size: "small" | "whole"): Promise<string | null> {
    const key = `${size} ${id}`;
    const known = this.#pictures.get(key);
    if (known) return known;
    const coming = this.#fetch(id, size);
    this.#pictures.set(key, coming);
    this.#makeRoom();
    return coming;
  }

  /** Where sound or a film is played from, for as long as it may be seen. */
  async player(id: string): Reply<string> {
    const ticket = await this.#door.ticket(id, true);
    return ticket.ok ? success(ticket.value.url) : ticket;
  }

  /** Where the browser downloads it from, once; without an id all files in one. */
  async download(id: string | null): Promise<Result<string, Problem>> {
    const ticket = await this.#door.ticket(id);
    return ticket.ok ? success(ticket.value.url) : failure(ticket.error);
  }

  /** Takes from the server what was sent to nobody, while we are still inside to do so. */
  async abandon(): Promise<void> {
    const all = this.uploads.list.value;
    this.uploads.forget(all.map((one) => one.id));
    const left = all.filter((one) => one.fileId !== "");
    const gone = Promise.all(left.map((one) => this.#door.discard(one.fileId)));
    if (left.length > 0) await Promise.race([gone, sleep(AGAIN_MS)]);
  }

  close(): void {
    this.#closed = true;
    this.uploads.close();
    for (const key of [...this.#pictures.keys()]) this.#forget(key);
  }

  async #discard(id: string): Promise<void> {
    for (let turn = 0; turn < DISCARDS; turn += 1) {
      const gone = await this.#door.discard(id);
      if (gone.ok || gone.error.code !== "upload.busy") return;
      await sleep(AGAIN_MS * 2);
    }
  }

  async #fetch(id: string, size: "small" | "whole"): Promise<string | null> {
    const found = await (size === "small" ? this.#door.preview(id) : this.#door.content(id));
    const key = `${size} ${id}`;
    if (!found.ok || this.#closed) {
      // It may come the next time.
      this.#pictures.delete(key);
      return null;
    }
    this.#sizes.set(key, found.value.size);
    this.#makeRoom();
    return URL.createObjectURL(found.value);
  }

  /** The newest stays, however large it is. */
  #makeRoom(): void {
    for (const key of [...this.#pictures.keys()].slice(0, -1)) {
      const bytes = [...this.#sizes.values()].reduce((sum, one) => sum + one, 0);
      if (this.#pictures.size <= PICTURES_MAX && bytes <= PICTURES_BYTES) return;
      this.#forget(key);
    }
  }

  #forget(key: string): void {
    const coming = this.#pictures.get(key);
    this.#pictures.delete(key);
    this.#sizes.delete(key);
    void coming?.then((address) => address && URL.revokeObjectURL(address));
  }

  async #share(id: string, to: string, refused: (refusal: Refusal) => void): Promise<void> {
    const files = await this.uploads.whenReady([id]);
    await this.#tell(id, files?.[0], to, refused);
    this.listed.value = this.listed.value.filter((one) => one !== id);
  }

  /** Until the room has an answer to it, over as many connections as that takes. */
  async #tell(
    id: string,
    file_id: string | undefined,
    to: string,
    refused: (refusal: Refusal) => void,
  ): Promise<void> {
    while (file_id && !this.#closed) {
      const answer = await this.#request("file.share", { file_id, to });
      if (answer.ok) return this.uploads.forget([id]);
      const { code, params } = answer.error;
      if (!code.startsWith("wire.") && code !== "rate.limited") {
        this.uploads.cancel(id);
        return refused(answer.error);
      }
      await sleep(Number(params.retry_ms ?? AGAIN_MS));
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Decks on their way into a library, by the same pieces as files of a class: a file each, or several
 * pictures that are one deck. Who looks sees one row a deck, however many files it has.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { failure, type Result, success } from "../result";
import type { DeckBegun, DeckDoor, DeckReceived, PieceHow } from "../wire/decks";
import type { Begun, Received } from "../wire/files";
import type { Problem, Reply } from "../wire/http";
import type { Upload, UploadState } from "./upload";
import { Uploads } from "./uploads";

export interface DeckPorts {
  door: Pick<DeckDoor, "begin" | "piece" | "look" | "discard">;
  /** It became a deck, or a new version of one. */
  made(deckId: string): void;
  /** Milliseconds that never go back. */
  now(): number;
}

/** Where it goes: a folder, and the deck it is a new version of. */
export interface DeckPlace {
  folder_id?: string;
  deck_id?: string;
}

/** `upload` is the sum of its files, under its own id. */
export interface DeckOnWay {
  upload: Upload;
  files: number;
  place: DeckPlace;
}

interface Group {
  id: string;
  files: readonly File[];
  place: DeckPlace;
  /** Of its files, in their order. */
  ids: readonly string[];
  /** What the server said to the announcement, once for all files. */
  begun: Promise<Result<DeckBegun, Problem>> | null;
  uploadId: string;
}

export class DeckSending {
  /** The oldest first. */
  readonly list: ReadonlySignal<readonly DeckOnWay[]>;
  readonly #uploads: Uploads;
  readonly #ports: DeckPorts;
  readonly #groups = signal<readonly Group[]>([]);
  readonly #ofFile = new WeakMap<File, Group>();
  #count = 0;

  constructor(ports: DeckPorts) {
    this.#ports = ports;
    this.#uploads = new Uploads({
      begin: (_file, source) => this.#begin(source),
      piece: (id, offset, body, how) => this.#piece(id, offset, body, how),
      look: (id) => this.#look(id),
      discard: (id) => this.#discard(id),
      now: ports.now,
    });
    this.list = computed(() => this.#groups.value.map((group) => this.#row(group)));
  }

  /** Each array is one deck. */
  add(decks: readonly (readonly File[])[], place: DeckPlace): void {
    for (const files of decks) {
      this.#count += 1;
      const id = `d${this.#count}`;
      const group: Group = { id, files, place, ids: [], begun: null, uploadId: "" };
      for (const file of files) this.#ofFile.set(file, group);
      group.ids = this.#uploads.add(files);
      this.#groups.value = [...this.#groups.value, group];
    }
  }

  pause(id: string): void {
    for (const one of this.#group(id)?.ids ?? []) this.#uploads.pause(one);
  }

  /** Goes on after a pause or a loss; what the server refused is announced anew as a whole. */
  resume(id: string): void {
    const group = this.#group(id);
    if (!group) return;
    if (this.#row(group).upload.state === "failed") this.#uploads.renew(group.ids);
    for (const one of group.ids) this.#uploads.resume(one);
  }

  cancel(id: string): void {
    const group = this.#group(id);
    if (!group) return;
    const { uploadId } = group;
    this.#drop(group);
    this.#uploads.forget(group.ids);
    if (uploadId) void this.#ports.door.discard(uploadId);
  }

  /** The network is back. */
  wake(): void {
    this.#uploads.wake();
  }

  close(): void {
    this.#uploads.close();
    this.#groups.value = [];
  }

  #group(id: string): Group | undefined {
    return this.#groups.value.find((one) => one.id === id);
  }

  #ofUpload(uploadId: string): Group | undefined {
    return this.#groups.value.find((one) => one.uploadId === uploadId);
  }

  #drop(group: Group): void {
    this.#groups.value = this.#groups.value.filter((one) => one !== group);
  }

  #row(group: Group): DeckOnWay {
    const all = this.#uploads.list.value.filter((one) => group.ids.includes(one.id));
    return { upload: summed(group.id, all), files: group.files.length, place: group.place };
  }

  async #begin(file: File): Reply<Begun> {
    const group = this.#ofFile.get(file);
    if (!group)
      return failure({ code: "file.changed", status: 400, params: {}, retryAfterS: null });
    const sources = group.files.map(({ name, size }) => ({ name, bytes: size }));
    group.begun ??= this.#ports.door.begin({ sources, ...group.place });
    const asked = group.begun;
    const begun = await asked;
    if (!begun.ok) {
      if (group.begun === asked) group.begun = null;
      return begun;
    }
    const { upload_id, pieces, piece_max } = begun.value;
    group.uploadId = upload_id;
    const index = group.files.indexOf(file);
    const offset = pieces.find((one) => one.index === index)?.offset ?? 0;
    return success({ file_id: `${upload_id}/${index}`, offset, piece_max });
  }

  async #piece(fileId: string, offset: number, body: Blob, how: PieceHow): Reply<Received> {
    const [id, index] = partsOf(fileId);
    return this.#received(id, index, await this.#ports.door.piece(id, index, offset, body, how));
  }

  async #look(fileId: string): Reply<Received> {
    const [id, index] = partsOf(fileId);
    return this.#received(id, index, await this.#ports.door.look(id, index));
  }

  /** A picture of several is done when its own bytes are there: it must not wait for the others,
      which wait for its place. */
  #received(
    id: string,
    index: number,
    answer: Result<DeckReceived, Problem>,
  ): Awaited<Reply<Received>> {
    if (!answer.ok) return answer;
    const { offset, is_ready, deck_id } = answer.value;
    const group = this.#ofUpload(id);
    if (is_ready && group) this.#finish(group, deck_id);
    const isWhole = group !== undefined && offset >= (group.files[index]?.size ?? 0);
    return success({ offset, is_ready: is_ready || (isWhole && group.files.length > 1) });
  }

  #finish(group: Group, deckId: string): void {
    this.#drop(group);
    this.#uploads.forget(group.ids);
    this.#ports.made(deckId);
  }

  /** All files of a deck go together. */
  #discard(fileId: string): void {
    const [id] = partsOf(fileId);
    const group = this.#ofUpload(id);
    if (group) Object.assign(group, { begun: null, uploadId: "" });
    void this.#ports.door.discard(id);
  }
}

function partsOf(fileId: string): [string, number] {
  const at = fileId.lastIndexOf("/");
  return [fileId.slice(0, at), Number(fileId.slice(at + 1))];
}

/** What most concerns who looks comes first. */
const LOUDEST: readonly UploadState[] = ["failed", "lost", "paused", "sending", "waiting", "ready"];

function summed(id: string, all: readonly Upload[]): Upload {
  const sum = (figure: (one: Upload) => number) => all.reduce((so, one) => so + figure(one), 0);
  const loudest = LOUDEST.find((state) => all.some((one) => one.state === state)) ?? "waiting";
  // Between two files of one deck nothing is sent for a moment, and it is on its way all the same.
  const isBegun = loudest === "waiting" && all.some((one) => one.state === "ready");
  const isMeasured = all.some((one) => one.speed !== null);
  return {
    id,
    name: all[0]?.name ?? "",
    kind: all[0]?.kind ?? "",
    bytes: sum((one) => one.bytes),
    done: sum((one) => one.done),
    speed: isMeasured ? sum((one) => one.speed ?? 0) : null,
    state: isBegun ? "sending" : loudest,
    refusal: all.find((one) => one.state === "failed")?.refusal ?? null,
    fileId: "",
  };
}

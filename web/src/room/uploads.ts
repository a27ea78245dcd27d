/**
 * Sends files to the class in pieces, two at once: goes on where it stopped after a loss, waits
 * longer after each fault, pauses, and tells how far each one is. A class that reconnects does not
 * disturb it.
 */
import { type Signal, signal } from "@preact/signals";
import { failure, success } from "../result";
import type { Begun, Received } from "../wire/files";
import type { Problem, Reply } from "../wire/http";
import { isAway, Speed, turned, type Upload, verdictOn, WAITING, waitMs } from "./upload";

export interface UploadPorts {
  /** Announces a file; `source` is the file itself, for who sends several as one. */
  begin(file: { name: string; bytes: number; kind: string }, source: File): Reply<Begun>;
  piece(fileId: string, offset: number, body: Blob, how: PieceHow): Reply<Received>;
  /** How much of it the server has. */
  look(fileId: string): Reply<Received>;
  /** Nobody wants it any more. */
  discard(fileId: string): void;
  /** Milliseconds that never go back. */
  now(): number;
}

interface PieceHow {
  told(done: number): void;
  signal: AbortSignal;
}

const AT_ONCE = 2;
const PIECE_FIRST = 512 * 1024;
const PIECE_MIN = 64 * 1024;
/** A piece that took less may be larger the next time. */
const QUICK_MS = 2_000;
/** How often a file that is being checked is asked about. */
const CHECK_MS = 700;
/** Faults of the server in a row, before it is said that it does not work. */
const FAULTS_MAX = 8;

/** What is needed to send a file and is nothing to show. */
interface Work {
  file: File;
  offset: number;
  pieceMax: number;
  piece: number;
  faults: number;
  /** Where the server is must be asked before the next piece. */
  isUnsure: boolean;
  speed: Speed;
  stop: AbortController;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class Uploads {
  readonly list: Signal<readonly Upload[]> = signal([]);
  readonly #ports: UploadPorts;
  readonly #works = new Map<string, Work>();
  readonly #waiting = new Set<() => void>();
  #count = 0;

  constructor(ports: UploadPorts) {
    this.#ports = ports;
  }

  /** Begins to send them; their ids, in the same order. */
  add(files: readonly File[]): string[] {
    const added = files.map((file): Upload => {
      this.#count += 1;
      const id = `u${this.#count}`;
      this.#works.set(id, newWork(file));
      const { name, size, type } = file;
      const bare = { id, name, kind: type, bytes: size, done: 0, speed: null, fileId: "" };
      return { ...bare, state: "waiting", refusal: null };
    });
    this.list.value = [...this.list.value, ...added];
    this.#next();
    return added.map((one) => one.id);
  }

  get(id: string): Upload | null {
    return this.list.value.find((one) => one.id === id) ?? null;
  }

  /** The file itself, while it is known here. */
  fileOf(id: string): File | null {
    return this.#works.get(id)?.file ?? null;
  }

  pause(id: string): void {
    this.#halt(id);
    this.#change(id, (one) => ({ ...turned(one, "pause"), speed: null }));
    this.#next();
  }

  /** Goes on after a pause, a loss or a refusal. */
  resume(id: string): void {
    const work = this.#works.get(id);
    if (!work) return;
    clearTimeout(work.timer);
    work.faults = 0;
    this.#change(id, (one) => ({ ...turned(one, "resume"), refusal: null }));
    this.#next();
  }

  /** Sends anew what was there and is not any more: the server keeps nothing unsent for long. */
  renew(ids: readonly string[]): void {
    for (const id of ids) {
      const work = this.#works.get(id);
      const known = this.get(id);
      if (!work || known?.state !== "ready") continue;
      this.#ports.discard(known.fileId);
      Object.assign(work, { offset: 0, faults: 0, isUnsure: false });
      this.#change(id, (one) => ({ ...turned(one, "renew"), fileId: "", done: 0 }));
    }
    this.#next();
  }

  /** The network is back: nobody waits any longer. */
  wake(): void {
    for (const one of this.list.value) if (one.state === "lost") this.resume(one.id);
  }

  /** Stops it for good and takes from the server what it has of it. */
  cancel(id: string): void {
    const fileId = this.get(id)?.fileId;
    this.forget([id]);
    if (fileId) this.#ports.discard(fileId);
  }

  /** They are in the class now, and no matter of ours any more. */
  forget(ids: readonly string[]): void {
    for (const id of ids) {
      this.#halt(id);
      this.#works.delete(id);
    }
    this.list.value = this.list.value.filter((one) => !ids.includes(one.id));
    this.#told();
    this.#next();
  }

  /** The server's names once all are there; null when one of them was cancelled. */
  whenReady(ids: readonly string[]): Promise<string[] | null> {
    return new Promise((resolve) => {
      const look = () => {
        const found = ids.map((id) => this.get(id));
        const gone = found.some((one) => one === null);
        if (!gone && found.some((one) => one?.state !== "ready")) return;
        this.#waiting.delete(look);
        resolve(gone ? null : found.map((one) => one?.fileId ?? ""));
      };
      this.#waiting.add(look);
      look();
    });
  }

  close(): void {
    for (const id of this.#works.keys()) this.#halt(id);
  }

  /** Begins as many as may go at once; `lost` has waited long enough. */
  #next(lost = ""): void {
    this.#change(lost, (one) => turned(one, "resume"));
    let free = AT_ONCE - this.list.value.filter((one) => one.state === "sending").length;
    for (const one of this.list.value) {
      if (free <= 0) return;
      if (one.state !== "waiting") continue;
      free -= 1;
      void this.#run(one.id);
    }
  }

  async #run(id: string): Promise<void> {
    const work = this.#works.get(id);
    if (!work) return;
    const stop = new AbortController();
    work.stop = stop;
    this.#change(id, (one) => turned(one, "start"));
    while (!stop.signal.aborted) {
      const answer = await this.#step(id, work);
      if (stop.signal.aborted) return;
      if (!answer.ok) await this.#failed(id, work, answer.error);
      else if (answer.value) this.#change(id, (one) => ({ ...turned(one, "finish"), speed: null }));
      if (this.get(id)?.state !== "sending") break;
    }
    this.#next();
  }

  /** One thing after another: announce it, ask where it stands, send a piece; true at the end. */
  async #step(id: string, work: Work): Reply<boolean> {
    const { file } = work;
    const { name, size: bytes, type: kind } = file;
    if (bytes === 0) return failure(own("file.empty"));
    const fileId = this.get(id)?.fileId ?? "";
    if (fileId === "") {
      const begun = await this.#ports.begin({ name, bytes, kind }, file);
      if (begun.ok) this.#begun(id, work, begun.value);
      return begun.ok ? success(false) : begun;
    }
    if (work.isUnsure || work.offset >= bytes) {
      if (!work.isUnsure) await sleep(CHECK_MS);
      return this.#received(id, work, await this.#ports.look(fileId));
    }
    return this.#sendPiece(id, fileId, work);
  }

  #begun(id: string, work: Work, { file_id, offset, piece_max }: Begun): void {
    if (this.get(id)?.fileId !== "") {
      // Cancelled, or announced twice, while the answer was on its way.
      this.#ports.discard(file_id);
      return;
    }
    work.pieceMax = piece_max;
    this.#change(id, (one) => ({ ...one, fileId: file_id }));
    this.#at(id, work, offset);
  }

  async #sendPiece(id: string, fileId: string, work: Work): Reply<boolean> {
    const from = work.offset;
    const size = Math.min(work.piece, work.pieceMax);
    const began = this.#ports.now();
    const { signal: stopped } = work.stop;
    const told = (done: number) => {
      if (!stopped.aborted) this.#progress(id, work, from + done);
    };
    const body = work.file.slice(from, from + size);
    const sent = await this.#ports.piece(fileId, from, body, { told, signal: stopped });
    const isQuick = this.#ports.now() - began < QUICK_MS;
    if (sent.ok) work.piece = isQuick ? size * 2 : size;
    else work.piece = Math.max(PIECE_MIN, size / 2);
    return this.#received(id, work, sent);
  }

  async #received(id: string, work: Work, answer: Awaited<Reply<Received>>): Reply<boolean> {
    if (!answer.ok) return answer;
    work.isUnsure = false;
    work.faults = 0;
    this.#at(id, work, answer.value.offset);
    return success(answer.value.is_ready);
  }

  async #failed(id: string, work: Work, problem: Problem): Promise<void> {
    const verdict = verdictOn(problem);
    const { signal: stopped } = work.stop;
    work.faults += 1;
    if (verdict === "offset" && work.faults < FAULTS_MAX) {
      this.#at(id, work, Number(problem.params.offset ?? 0));
      return;
    }
    const tired = !isAway(problem) && work.faults >= FAULTS_MAX;
    if (verdict === "refused" || tired) return this.#refuse(id, problem);
    const isGone = problem.status === 0 && !(await isReadable(work.file));
    if (stopped.aborted) return;
    if (isGone) return this.#refuse(id, own("file.changed"));
    work.isUnsure = this.get(id)?.fileId !== "";
    work.speed.reset();
    work.timer = setTimeout(() => this.#next(id), waitMs(work.faults, problem));
    this.#change(id, (one) => ({ ...turned(one, "lose"), speed: null }));
  }

  /** What the server will not have is announced anew when it is tried again. */
  #refuse(id: string, { code, params }: Problem): void {
    const work = this.#works.get(id);
    const fileId = this.get(id)?.fileId ?? "";
    const stays = fileId !== "" && WAITING.has(code);
    if (work) Object.assign(work, { isUnsure: stays, offset: stays ? work.offset : 0 });
    if (fileId && !stays) this.#ports.discard(fileId);
    const from = stays ? {} : { fileId: "", done: 0 };
    const refusal = { code, params };
    this.#change(id, (one) => ({ ...turned(one, "refuse"), ...from, speed: null, refusal }));
  }

  #halt(id: string): void {
    const work = this.#works.get(id);
    if (!work) return;
    clearTimeout(work.timer);
    work.stop.abort();
    work.isUnsure = this.get(id)?.fileId !== "";
    work.speed.reset();
  }

  #at(id: string, work: Work, offset: number): void {
    work.offset = offset;
    this.#progress(id, work, offset);
  }

  #progress(id: string, work: Work, done: number): void {
    const speed = work.speed.after(this.#ports.now(), done);
    this.#change(id, (one) => ({ ...one, done, speed }));
  }

  #change(id: string, how: (one: Upload) => Upload): void {
    this.list.value = this.list.value.map((one) => (one.id === id ? how(one) : one));
    this.#told();
  }

  #told(): void {
    for (const look of [...this.#waiting]) look();
  }
}

function newWork(file: File): Work {
  return {
    file,
    offset: 0,
    pieceMax: PIECE_FIRST,
    piece: PIECE_FIRST,
    faults: 0,
    isUnsure: false,
    speed: new Speed(),
    stop: new AbortController(),
    timer: undefined,
  };
}

/** A fault that is found here. */
function own(code: string): Problem {
  return { code, status: 400, params: {}, retryAfterS: null };
}

/** A file that was changed or taken away since it was chosen cannot be read any more. */
async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

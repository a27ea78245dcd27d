/** Files of a class and of a room; shapes as docs/http_files.md gives them. */
import { withToken } from "./api";
import { download, type Reply, request, upload } from "./http";

/** Where the server is with a file that is being sent. */
export interface Received {
  offset: number;
  /** All of it is there and was checked. */
  is_ready: boolean;
}

export interface Begun {
  file_id: string;
  offset: number;
  /** The most bytes a piece may have. */
  piece_max: number;
}

/** Used and allowed; null is no limit of its own. */
export interface Quota {
  files: number;
  bytes: number;
  max_files: number | null;
  max_bytes: number | null;
}

export interface Space {
  /** The most bytes one file may have. */
  file_max: number;
  room: Quota;
  own: Quota;
}

interface PieceHow {
  told(done: number): void;
  signal: AbortSignal;
}

/** The files of a class as who has a seat in it reaches them. */
export class FileDoor {
  readonly #code: () => string;
  readonly #authorization: string;

  constructor(code: () => string, seat: string) {
    this.#code = code;
    this.#authorization = `Seat ${seat}`;
  }

  begin(file: { name: string; bytes: number; kind: string }): Reply<Begun> {
    return withToken(() => request<Begun>("POST", this.#path(), file, this.#authorization));
  }

  piece(id: string, offset: number, body: Blob, { told, signal }: PieceHow): Reply<Received> {
    const how = { authorization: this.#authorization, method: "PATCH", told, signal } as const;
    return withToken(() => upload<Received>(this.#path(id, `?offset=${offset}`), body, how));
  }

  look(id: string): Reply<Received> {
    return request<Received>("GET", this.#path(id), undefined, this.#authorization);
  }

  /** An own one that was not sent to anybody. */
  discard(id: string): Reply<undefined> {
    return withToken(() =>
      request<undefined>("DELETE", this.#path(id), undefined, this.#authorization),
    );
  }

  space(): Reply<Space> {
    return request<Space>("GET", this.#path(), undefined, this.#authorization);
  }

  content(id: string): Reply<Blob> {
    return download(this.#path(id, "/content"), this.#authorization);
  }

  preview(id: string): Reply<Blob> {
    return download(this.#path(id, "/preview"), this.#authorization);
  }

  /** An address that needs no seat for a short while; without a file it has all of them. */
  ticket(file_id: string | null, play = false): Reply<{ url: string }> {
    const path = this.#path("ticket");
    return withToken(() =>
      request<{ url: string }>("POST", path, { file_id, play }, this.#authorization),
    );
  }

  #path(id = "", more = ""): string {
    const files = `/api/rooms/by-code/${encodeURIComponent(this.#code())}/files`;
    return (id === "" ? files : `${files}/${encodeURIComponent(id)}`) + more;
  }
}

/** A file as the owner of its room sees it after the class. */
export interface RoomFile {
  file_id: string;
  name: string;
  kind: string;
  bytes: number;
  owner_name: string;
  at: string;
  /** From one person to another: it can be removed, and nothing else is told of it. */
  is_private: boolean;
}

export interface RoomFiles {
  files: RoomFile[];
  bytes: number;
  max_bytes: number;
}

const roomFiles = (room: string) => `/api/rooms/${encodeURIComponent(room)}/files`;
const roomFile = (room: string, id: string) => `${roomFiles(room)}/${encodeURIComponent(id)}`;

export const listRoomFiles = (room: string) => request<RoomFiles>("GET", roomFiles(room));

export const roomFileAddress = (room: string, id: string) => `${roomFile(room, id)}/content`;

export const removeRoomFile = (room: string, id: string) =>
  withToken(() => request<undefined>("DELETE", roomFile(room, id)));

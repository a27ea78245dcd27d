/**
 * The room's board at this seat: its socket and its view, made when the board is first shown. The
 * board is a chunk of its own, so a class without one does not pay for it.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { BoardLink } from "../board/link";
import type { Camera, PageFacts } from "../board/model";
import type { BackdropAnswer } from "../board/paint/backdrops";
import type { BoardPorts, BoardWire, UploadedImage } from "../board/view_ports";
import type { BoardView } from "../board/view_types";
import { failure, type Result, success } from "../result";
import { fetchPicture, sendPicture } from "../wire/api";
import type { BoardPage, Refusal } from "../wire/messages";
import { fetchBackdrop } from "../wire/slides";
import type { Wire } from "../wire/socket";
import { type InkPlace, inkPorts } from "./ink_ports";
import type { RoomState } from "./state";
import { hidesNames, pageToLookAt } from "./wall";

const NO_NAMES: ReadonlyMap<string, string> = new Map();

export interface BoardRoomPorts {
  wire: Wire;
  seatToken: string;
  room: ReadonlySignal<RoomState>;
  /** Where the picture under a page is, as far as this person may know. */
  backdropOf(page: BoardPage): string;
}

/** Everything of one board that is open here. */
export interface OpenBoard {
  link: BoardLink;
  view: BoardView;
}

export class BoardRoom {
  /** Null until it was first shown and its parts have come. */
  readonly open = signal<OpenBoard | null>(null);
  /** Its parts could not be fetched. */
  readonly missing = signal(false);
  /** Single letters as shortcuts; the page sets it. */
  readonly singleKeys = signal(true);
  /** All boards of a wall lie on the stage at once; only for the staff. */
  readonly wallOpen = signal(false);
  /** What is drawn on the shared screen; null until somebody drew and the board's parts came. */
  readonly ink = signal<BoardView | null>(null);
  /** Where the shared picture lies; the page sets it. */
  readonly inkCamera = signal<Camera>({ x: 0, y: 0, scale: 1 });
  readonly #ports: BoardRoomPorts;
  #openView: ((ports: BoardPorts) => BoardView) | null = null;
  #loading: Promise<void> | null = null;
  #closed = false;

  constructor(ports: BoardRoomPorts) {
    this.#ports = ports;
  }

  /** Fetches the board's parts and connects; again only when that failed. */
  async show(): Promise<void> {
    if (this.open.value || this.#closed) return;
    this.#loading ??= this.#load();
    await this.#loading;
  }

  async #load(): Promise<void> {
    this.missing.value = false;
    try {
      const [{ BoardLink }, { openBoardView }] = await Promise.all([
        import("../board/link"),
        import("../board/view"),
      ]);
      if (this.#closed) return;
      const link = new BoardLink({ ticket: () => this.#ticket() });
      link.open();
      this.#openView = openBoardView;
      this.open.value = { link, view: openBoardView(this.#viewPorts(link)) };
    } catch {
      this.missing.value = true;
    } finally {
      this.#loading = null;
    }
  }

  /** The same for what is drawn on the shared screen. */
  async showInk(): Promise<void> {
    await this.show();
    this.ink.value ??= this.inkView({ camera: this.inkCamera });
  }

  /** One more view of that, which whoever asked for it ends; null before the board's parts came. */
  inkView(place: InkPlace): BoardView | null {
    const link = this.open.value?.link;
    if (!link || !this.#openView) return null;
    const { room } = this.#ports;
    return this.#openView(inkPorts(this.#viewPorts(link), room, inkPages(room), place));
  }

  /** Keeps a picture for the board. */
  async upload(
    file: Blob,
    told: (done: number, total: number) => void = () => {},
  ): Promise<Result<UploadedImage, Refusal>> {
    const { room, seatToken } = this.#ports;
    const sent = await sendPicture(room.value.code, seatToken, file, told);
    if (!sent.ok) return failure({ code: sent.error.code, params: sent.error.params });
    const { asset, width, height } = sent.value;
    return success({ asset, w: width, h: height });
  }

  close(): void {
    this.#closed = true;
    const board = this.open.value;
    this.open.value = null;
    this.ink.value?.destroy();
    this.ink.value = null;
    board?.view.destroy();
    board?.link.close();
  }

  async #ticket() {
    const answer = await this.#ports.wire.request("board.ticket", {});
    return answer.ok ? success(answer.value.ticket) : answer;
  }

  #viewPorts(link: BoardLink): BoardPorts {
    const { wire, seatToken, room, backdropOf } = this.#ports;
    const code = () => room.value.code;
    return {
      link: withoutNames(
        link,
        computed(() => hidesNames(room.value)),
      ),
      boardId: computed(() => room.value.board.id),
      pages: pagesOf(room, backdropOf),
      classPage: computed(() => pageToLookAt(room.value)),
      isLeader: computed(() => room.value.rights.may_lead_board),
      presenter: computed(() => room.value.board.presenter),
      selfId: computed(() => room.value.selfId),
      singleKeys: this.singleKeys,
      turnPage: (page_id) => void wire.request("board.turn", { page_id }),
      async addPage(page) {
        const answer = await wire.request("board.add_page", page);
        return answer.ok ? success(answer.value.page_id) : answer;
      },
      upload: (file, told) => this.upload(file, told),
      async fetchAsset(asset) {
        const found = await fetchPicture(code(), seatToken, asset);
        return found.ok ? found.value : null;
      },
      fetchBackdrop: (ref, px) =>
        ref.startsWith(FROZEN)
          ? fetchFrozen(code(), seatToken, ref.slice(FROZEN.length))
          : fetchBackdrop(ref, px),
    };
  }
}

/** What a backdrop begins with that is a picture of the board: it was frozen from a screen. */
const FROZEN = "asset:";

/** There is one size of it. */
async function fetchFrozen(code: string, seat: string, asset: string): Promise<BackdropAnswer> {
  const found = await fetchPicture(code, seat, asset);
  if (found.ok) return found.value;
  return found.error.code === "asset.unknown" ? "gone" : "coming";
}

/** The page over the shared screen, which is reserved for all who see it. */
function inkPages(room: ReadonlySignal<RoomState>): ReadonlySignal<readonly PageFacts[]> {
  const reserved = computed(() => room.value.reserved.pages);
  return computed(() => reserved.value.filter((page) => page.kind === "ink").map(factsOf));
}

/**
 * A new list only when the board itself has changed, not with every word in the chat. A page the
 * class was not on yet is there for those alone who may turn to it.
 */
function pagesOf(
  room: ReadonlySignal<RoomState>,
  backdropOf: (page: BoardPage) => string,
): ReadonlySignal<readonly PageFacts[]> {
  const list = computed(() => room.value.board.pages);
  const reserved = computed(() => room.value.reserved.pages);
  const leads = computed(() => room.value.rights.may_lead_board);
  return computed(() => [
    ...list.value
      .filter((page) => page.is_seen || leads.value)
      .map((page) => ({ ...factsOf(page), backdrop: backdropOf(page) })),
    // What lies over a screen is no page to look at by itself.
    ...reserved.value
      .filter((page) => page.kind !== "ink")
      .map((page) => ({ ...factsOf(page), isReserved: true })),
  ]);
}

/** The same link; while `hides`, it names nobody: not who drew what, nor who points where. */
function withoutNames(link: BoardLink, hides: ReadonlySignal<boolean>): BoardWire {
  return {
    author: link.author,
    unsaved: link.unsaved,
    peers: computed(() =>
      hides.value ? link.peers.value.map((peer) => ({ ...peer, name: "" })) : link.peers.value,
    ),
    authors: computed(() => (hides.value ? NO_NAMES : link.authors.value)),
    openPage: (docId, how) => link.openPage(docId, how),
    sendView: (pageId, view) => link.sendView(pageId, view),
    onView: (listener) => link.onView(listener),
  };
}

export function factsOf(page: BoardPage): PageFacts {
  return {
    id: page.id,
    name: page.name,
    paper: page.paper,
    width: page.width,
    height: page.height,
    isLocked: page.is_locked,
    epoch: page.epoch,
    kind: page.kind,
    backdrop: page.backdrop,
    placement: page.placement,
    slide: page.slide,
    step: page.step,
    isSeen: page.is_seen,
  };
}

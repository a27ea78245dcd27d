/**
 * The server's side of the board protocol in memory, for tests: pages on Yjs, bindings, gaps,
 * acknowledgements, denials, lost connections. It checks what the client must get right, not schemas.
 */
import * as Y from "yjs";
import { decodeToServer, encodeToClient, type ToClient, type ToServer } from "../frames";
import type { BoardSocket } from "../link_socket";
import type { Peer, Pen } from "../model";
import { firstClock } from "../queue_split";

interface TwinPage {
  doc: Y.Doc;
  seq: number;
  bound: Map<number, string>;
}

interface TwinChannel {
  docId: string;
  clientId: number;
  isWriter: boolean;
  isDenied: boolean;
  lastNo: number;
  owed: { no: number; seq: number }[];
}

/** One connection as the server has it. */
export class TwinPeer {
  readonly channels = new Map<number, TwinChannel>();
  readonly heard: ToServer[] = [];
  pen: Pen = "all";
  author = "";
  isGone = false;
  constructor(
    readonly number: number,
    readonly socket: TwinSocket,
  ) {}
}

class TwinSocket implements BoardSocket {
  bufferedAmount = 0;
  onOpen: (() => void) | null = null;
  onMessage: ((message: Uint8Array) => void) | null = null;
  onClose: (() => void) | null = null;
  isOpen = false;
  constructor(readonly toServer: (message: Uint8Array) => void) {}

  send(message: Uint8Array): void {
    if (this.isOpen) this.toServer(message);
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    setTimeout(() => this.onClose?.(), 0);
  }
}

/** Everything takes `delayMs` of (fake) time one way. */
export class BoardTwin {
  readonly pages = new Map<string, TwinPage>();
  readonly peers: TwinPeer[] = [];
  /** Author of each ticket; tickets are used once. */
  readonly tickets = new Map<string, string>();
  delayMs = 1;
  /** false: nobody can connect. */
  isReachable = true;
  /** false: updates are applied, but nothing is committed. */
  isSaving = true;
  /** What the next update is refused with. */
  denyNext: string | null = null;
  /** What the next openings are refused with. */
  refuseOpen: string | null = null;
  pens = new Map<string, Pen>();
  /** Deflates a state's update, as the server does with large ones; null sends it as it is. */
  deflate: ((update: Uint8Array) => Uint8Array) | null = null;

  /** Sent instead of the page as it is: an older state, with what was done since behind it. */
  imprint: { vector: Uint8Array; update: Uint8Array; since: Uint8Array[] } | null = null;
  #opened: (() => void) | null = null;

  constructor(...docIds: string[]) {
    for (const docId of docIds) this.add(docId);
  }

  add(docId: string): TwinPage {
    const page = { doc: new Y.Doc(), seq: 0, bound: new Map<number, string>() };
    this.pages.set(docId, page);
    return page;
  }

  ticketOf(author: string): string {
    const ticket = `${author} ${this.tickets.size}`;
    this.tickets.set(ticket, author);
    return ticket;
  }

  /** Stands in for `new WebSocket`. */
  readonly plug = (): BoardSocket => {
    const socket = new TwinSocket((message) => this.#later(() => this.#receive(peer, message)));
    const peer = new TwinPeer(this.peers.length + 1, socket);
    this.#later(() => {
      if (!this.isReachable) {
        socket.onClose?.();
        return;
      }
      this.peers.push(peer);
      socket.isOpen = true;
      socket.onOpen?.();
    });
    return socket;
  };

  /** The newest connection of this author. */
  peerOf(author: string): TwinPeer {
    const peer = this.peers.findLast((one) => one.author === author);
    if (!peer) throw new Error(`${author} is not connected`);
    return peer;
  }

  /** Every connection is gone at once; what was on its way is lost. */
  cut(author?: string): void {
    for (const peer of this.peers) {
      if (peer.isGone || (author && peer.author !== author)) continue;
      peer.isGone = true;
      peer.socket.close();
    }
    this.#tellPeers();
  }

  /** Connections stay, but nothing comes through any more. */
  silence(author: string): void {
    this.peerOf(author).isGone = true;
  }

  commit(): void {
    for (const peer of this.peers) {
      for (const [channel, open] of peer.channels) {
        const last = open.owed.at(-1);
        open.owed = [];
        if (last && !open.isDenied) this.say(peer, { type: "ack", channel, ...last });
      }
    }
  }

  setPen(author: string, pen: Pen): void {
    this.pens.set(author, pen);
    for (const peer of this.peers.filter((one) => one.author === author)) {
      for (const channel of peer.channels.keys()) this.say(peer, { type: "pen", channel, pen });
    }
  }

  remove(docId: string): void {
    this.pages.delete(docId);
    for (const peer of this.peers) {
      for (const [channel, open] of peer.channels) {
        if (open.docId === docId) this.say(peer, { type: "gone", channel });
      }
    }
  }

  say(peer: TwinPeer, ...frames: ToClient[]): void {
    const message = new Uint8Array(frames.flatMap((frame) => [...encodeToClient(frame)]));
    this.#later(() => {
      if (!peer.isGone && peer.socket.isOpen) peer.socket.onMessage?.(message);
    });
  }

  /** Acts when the next opening is answered. */
  onOpened(act: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.#opened = () => {
        act();
        resolve();
      };
    });
  }

  /** The keys of `el` on a page, as the server has them. */
  ids(docId: string): string[] {
    return [...(this.pages.get(docId)?.doc.getMap("el").keys() ?? [])];
  }

  #receive(peer: TwinPeer, message: Uint8Array): void {
    if (peer.isGone) return;
    for (const frame of decodeToServer(message)) {
      peer.heard.push(frame);
      this.#take(peer, frame);
    }
  }

  #take(peer: TwinPeer, frame: ToServer): void {
    if (frame.type === "hello") this.#welcome(peer, frame.ticket);
    else if (frame.type === "open") this.#open(peer, frame);
    else if (frame.type === "close") peer.channels.delete(frame.channel);
    else if (frame.type === "update") this.#update(peer, frame);
    else if (frame.type === "ping") this.say(peer, { type: "pong", n: frame.n });
    else this.#relay(peer, frame);
  }

  #welcome(peer: TwinPeer, ticket: string): void {
    const author = this.tickets.get(ticket);
    this.tickets.set(ticket, "");
    if (!author) {
      this.say(peer, { type: "fault", code: "ticket.unknown" });
      peer.socket.close();
      return;
    }
    peer.author = author;
    this.say(peer, { type: "welcome", peer: peer.number, author });
    this.#tellPeers();
  }

  #tellPeers(): void {
    const peers: Peer[] = this.peers
      .filter((peer) => !peer.isGone && peer.author)
      .map(({ number, author }) => ({
        ...{ peer: number, author, participantId: `p-${author}`, name: author.toUpperCase() },
      }));
    for (const peer of this.peers) this.say(peer, { type: "peers", peers });
  }

  #open(peer: TwinPeer, frame: Extract<ToServer, { type: "open" }>): void {
    const { channel, docId, clientId } = frame;
    const page = this.pages.get(docId);
    const other = page?.bound.get(clientId);
    const code =
      this.refuseOpen ??
      (!page ? "page.unknown" : other && other !== peer.author ? "client.taken" : null);
    if (!page || code) {
      this.say(peer, { type: "refused", channel, code: code ?? "page.unknown" });
      return;
    }
    if (peer.channels.has(channel)) throw new Error(`channel ${channel} is open already`);
    page.bound.set(clientId, peer.author);
    const isWriter = frame.mode === "write";
    const open = { docId, clientId, isWriter, isDenied: false, lastNo: 0, owed: [] };
    peer.channels.set(channel, open);
    const since = frame.vector.length > 0 ? frame.vector : undefined;
    const update = this.imprint?.update ?? Y.encodeStateAsUpdate(page.doc, since);
    this.say(peer, { type: "authors", channel, names: { [peer.author]: peer.author } });
    const state: ToClient = {
      type: "state",
      channel,
      seq: page.seq,
      pen: isWriter ? this.#penOf(peer) : "none",
      isDeflated: this.deflate !== null,
      vector: this.imprint?.vector ?? Y.encodeStateVector(page.doc),
      update: this.deflate?.(update) ?? update,
    };
    const behind = (this.imprint?.since ?? []).map((update): ToClient => {
      return { type: "apply", channel, seq: page.seq, peer: peer.number, update };
    });
    this.say(peer, state, ...behind);
    this.#opened?.();
    this.#opened = null;
  }

  #penOf(peer: TwinPeer): Pen {
    return this.pens.get(peer.author) ?? "all";
  }

  #update(peer: TwinPeer, frame: Extract<ToServer, { type: "update" }>): void {
    const open = peer.channels.get(frame.channel);
    const page = open && this.pages.get(open.docId);
    if (!open || !page || open.isDenied) return;
    const code = this.#faultOf(peer, open, page, frame);
    if (code) {
      open.isDenied = true;
      this.say(peer, { type: "deny", channel: frame.channel, no: frame.no, code });
      return;
    }
    open.lastNo = frame.no;
    Y.applyUpdate(page.doc, frame.update);
    page.seq += 1;
    open.owed.push({ no: frame.no, seq: page.seq });
    for (const other of this.peers) {
      if (other === peer) continue;
      for (const [channel, { docId }] of other.channels) {
        if (docId !== open.docId) continue;
        const { update } = frame;
        this.say(other, { type: "apply", channel, seq: page.seq, peer: peer.number, update });
      }
    }
    if (this.isSaving) this.commit();
  }

  #faultOf(
    peer: TwinPeer,
    open: TwinChannel,
    page: TwinPage,
    { no, update }: { no: number; update: Uint8Array },
  ): string | null {
    if (this.denyNext) {
      const code = this.denyNext;
      this.denyNext = null;
      return code;
    }
    if (!open.isWriter || this.#penOf(peer) === "none") return "pen.missing";
    if (update.length > 65_536) return "update.large";
    if (open.lastNo > 0 && no !== open.lastNo + 1) return "update.gap";
    for (const client of Y.parseUpdateMeta(update).from.keys()) {
      if (client !== open.clientId) return "client.foreign";
    }
    const from = firstClock(update, open.clientId) ?? 0;
    const known = Y.decodeStateVector(Y.encodeStateVector(page.doc)).get(open.clientId) ?? 0;
    return from > known ? "update.gap" : null;
  }

  #relay(peer: TwinPeer, frame: ToServer): void {
    if (frame.type === "view") {
      for (const other of this.peers) {
        if (other !== peer) this.say(other, { ...frame, peer: peer.number });
      }
      return;
    }
    if (frame.type !== "live" && frame.type !== "cursor" && frame.type !== "laser") return;
    const docId = peer.channels.get(frame.channel)?.docId;
    for (const other of this.peers) {
      if (other === peer) continue;
      for (const [channel, open] of other.channels) {
        if (open.docId !== docId) continue;
        this.say(other, { ...frame, channel, peer: peer.number } as ToClient);
      }
    }
  }

  #later(act: () => void): void {
    setTimeout(act, this.delayMs);
  }
}

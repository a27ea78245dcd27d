/**
 * The Socket.IO library as we use it: over a bundle of WebSockets, which looks to it like one.
 */
import { io, WebSocket as WebSocketTransport } from "socket.io-client";
import { BundledSocket, type Stream } from "./bundle/bundled_socket";
import type { Handshake } from "./messages";

/** What is known of the line below: a lossy one answers late, and there is no use in asking anew. */
export interface Line {
  readonly isLate: boolean;
  /** Opens what a weak line needs while it is still good. */
  brace(): void;
  /** Told when nothing is open any more for a while, and when something is again. */
  onAlone: ((isAlone: boolean) => void) | null;
}

/** The part of socket.io-client's Socket that is used, so that a test can stand in for it. */
export interface Plug {
  active: boolean;
  connected: boolean;
  readonly line?: Line;
  connect(): unknown;
  disconnect(): unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
  emit(event: string, ...args: unknown[]): unknown;
}

/** The bundle that is there now; each connection of the library has one of its own. */
class Bundles implements Line {
  onAlone: ((isAlone: boolean) => void) | null = null;
  #now: BundledSocket | null = null;
  #isBraced = false;

  get isLate(): boolean {
    return this.#now?.isLate ?? false;
  }

  brace(): void {
    this.#isBraced = true;
    this.#now?.brace();
  }

  make(uri: string): BundledSocket {
    const socket = new BundledSocket(uri, (one) => new WebSocket(one) as unknown as Stream);
    socket.onAlone = (isAlone) => {
      if (socket === this.#now) this.onAlone?.(isAlone);
    };
    if (this.#isBraced) socket.brace();
    this.#now = socket;
    return socket;
  }
}

export function plugInto(auth: () => Handshake): Plug {
  const bundles = new Bundles();
  class Transport extends WebSocketTransport {
    override createSocket(uri: string) {
      return bundles.make(uri);
    }
  }
  const socket = io({
    autoConnect: false,
    // The server speaks nothing else, and a detour through polling would cost a second.
    transports: [Transport],
    reconnectionDelay: 250,
    reconnectionDelayMax: 1_000,
    randomizationFactor: 0.2,
    // Long: within it the bundle gives up what was begun without a network, and begins anew.
    timeout: 20_000,
    forceNew: true,
    auth: (give: (handshake: object) => void) => give(auth()),
  });
  return Object.assign(socket, { line: bundles });
}

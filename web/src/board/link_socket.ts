/** The part of a WebSocket that the board uses, so that tests can stand in for it. */

export interface BoardSocket {
  /** Bytes given to `send` that have not left yet. */
  readonly bufferedAmount: number;
  onOpen: (() => void) | null;
  onMessage: ((message: Uint8Array) => void) | null;
  /** Once, however it ended; also when it never opened. */
  onClose: (() => void) | null;
  /** Does nothing unless open. */
  send(message: Uint8Array): void;
  close(): void;
}

export function plugIn(url: string): BoardSocket {
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  const plug: BoardSocket = {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    onOpen: null,
    onMessage: null,
    onClose: null,
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(message as Uint8Array<ArrayBuffer>);
    },
    close: () => socket.close(),
  };
  socket.onopen = () => plug.onOpen?.();
  socket.onclose = () => plug.onClose?.();
  socket.onmessage = ({ data }) => {
    if (data instanceof ArrayBuffer) plug.onMessage?.(new Uint8Array(data));
  };
  return plug;
}

/**
 * The worker that packs the microphone's sound: every encoded frame leaves with the frames before
 * it. A file of its own, since browsers run encoded transforms only in a worker.
 */
import { Packer } from "./packing";
import { type DepthChange, HERE, READY, THERE } from "./talk";

/** What a worker sees of a transform (W3C webrtc-encoded-transform); not in TypeScript's DOM. */
interface Transformer {
  readonly readable: ReadableStream<RTCEncodedAudioFrame>;
  readonly writable: WritableStream<RTCEncodedAudioFrame>;
}

interface Scope {
  onmessage: ((event: MessageEvent<DepthChange | typeof THERE>) => void) | null;
  onrtctransform: ((event: { transformer: Transformer }) => void) | null;
  postMessage(message: string): void;
}

/** What Opus has in every offer of the server; only a browser that does not tell it needs it. */
const OPUS = 100;

const scope = globalThis as unknown as Scope;
const packers = new Set<Packer>();
let depth = 0;

function packed(frame: RTCEncodedAudioFrame, packer: Packer): RTCEncodedAudioFrame {
  const { rtpTimestamp, payloadType } = frame.getMetadata();
  const timestamp = rtpTimestamp ?? frame.timestamp;
  const data = new Uint8Array(frame.data);
  frame.data = packer.pack({ timestamp, data }, payloadType ?? OPUS).buffer;
  return frame;
}

scope.onrtctransform = ({ transformer }) => {
  const packer = new Packer();
  packer.depth = depth;
  packers.add(packer);
  const packing = new TransformStream<RTCEncodedAudioFrame, RTCEncodedAudioFrame>({
    transform(frame, out) {
      try {
        out.enqueue(packed(frame, packer));
      } catch {
        // One frame less; thrown on, it would be the end of the voice. What was packed and did not
        // leave has no number, and would shift the places of those before it.
        packer.forget();
      }
    },
  });
  transformer.readable
    .pipeThrough(packing)
    .pipeTo(transformer.writable)
    // It ends with its sender.
    .catch(() => undefined)
    .finally(() => packers.delete(packer));
};

scope.onmessage = ({ data }) => {
  if (data === THERE) {
    scope.postMessage(HERE);
    return;
  }
  depth = data.depth;
  for (const packer of packers) packer.depth = depth;
};

scope.postMessage(READY);

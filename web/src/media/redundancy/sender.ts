/**
 * Our own sound with its past in it: starts the worker that packs, gives it the microphone's
 * senders, and tells it how much. Where it cannot be, the sound is sent plain.
 */
import { type DepthChange, HERE, READY, THERE } from "./talk";

/** A worker that takes longer is done without: nobody waits for it with the sound. */
const START_MS = 2_000;
/** Between two questions whether it still runs: a browser says nothing when a worker ends. */
const ASK_MS = 1_000;
/** Questions in a row that may stay open. They are counted, as the page itself may stand still. */
const UNANSWERED = 3;
/** While nothing is lost: a network that turns bad in the middle of a word costs less of it. */
export const CALM_DEPTH = 1;

export interface SoundPacker {
  /** From its first frame on; the server must have been told (`media.produce`, redundancy). */
  attach(sender: RTCRtpSender): void;
  /** How many earlier frames go with each from now on, of every sender. */
  setDepth(depth: number): void;
  /** When the worker ended: nothing of what it was given leaves any more. */
  readonly gone: Promise<void>;
}

let started: Promise<SoundPacker | null> | null = null;

/** The one of this page; null where the browser cannot, or the worker did not start. */
export function soundPacker(): Promise<SoundPacker | null> {
  started ??= start();
  return started;
}

/** What is measured to work: other browsers have the parts, but nobody has listened to them yet. */
export function isProven(handlerName: string | undefined): boolean {
  return handlerName === "Chrome111";
}

function start(): Promise<SoundPacker | null> {
  if (typeof RTCRtpScriptTransform === "undefined" || typeof Worker === "undefined") {
    return Promise.resolve(null);
  }
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    const giveUp = () => {
      worker.terminate();
      resolve(null);
    };
    const timer = setTimeout(giveUp, START_MS);
    worker.onerror = giveUp;
    worker.onmessage = ({ data }) => {
      if (data !== READY) return;
      clearTimeout(timer);
      worker.onerror = null;
      const packer = packerOf(worker);
      packer.setDepth(CALM_DEPTH);
      resolve(packer);
    };
  });
}

/** Resolves when the worker answers no more; then the page does without from now on. */
function endOf(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    let open = 0;
    worker.onmessage = ({ data }) => {
      if (data === HERE) open = 0;
    };
    const timer = setInterval(() => {
      if (open < UNANSWERED) {
        open += 1;
        worker.postMessage(THERE);
        return;
      }
      clearInterval(timer);
      worker.terminate();
      started = Promise.resolve(null);
      resolve();
    }, ASK_MS);
  });
}

function packerOf(worker: Worker): SoundPacker {
  return {
    gone: endOf(worker),
    attach(sender) {
      sender.transform = new RTCRtpScriptTransform(worker);
    },
    setDepth(depth) {
      const change: DepthChange = { depth };
      worker.postMessage(change);
    },
  };
}

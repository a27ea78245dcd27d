/**
 * A plain verdict on the way to the server before anything is sent over it. Measures a few small
 * requests; what the media path really carries is seen in the class.
 */
import { signal } from "@preact/signals";

export type Verdict = "checking" | "good" | "fair" | "weak" | "offline" | "blocked";

const TRIES = 5;
const GAP_MS = 150;
const TIMEOUT_MS = 3000;

/** Above these a talk is no longer comfortable (ITU-T G.114: 150 ms one way is good). */
const GOOD_MS = 180;
const FAIR_MS = 400;
/** What Network Information calls the path; its speeds are guesses, its worst classes are not. */
const WEAK_TYPES = ["slow-2g", "2g"];
const FAIR_TYPES = ["3g"];

/** `times` in milliseconds, null for a request that failed; `type` when the browser knows it. */
export function verdictOf(times: readonly (number | null)[], type = ""): Verdict {
  const answered = times.filter((one) => one !== null).sort((a, b) => a - b);
  const lost = times.length - answered.length;
  if (answered.length === 0) return "offline";
  const middle = answered[Math.floor(answered.length / 2)] ?? 0;
  const worst = answered[answered.length - 1] ?? 0;
  if (lost > 1 || middle > FAIR_MS || WEAK_TYPES.includes(type)) return "weak";
  const swings = worst - middle > FAIR_MS;
  const slow = middle > GOOD_MS || FAIR_TYPES.includes(type);
  return lost > 0 || swings || slow ? "fair" : "good";
}

async function roundTrip(): Promise<number | null> {
  const start = performance.now();
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch("/healthz", { cache: "no-store", signal });
    await response.arrayBuffer();
    return response.ok ? performance.now() - start : null;
  } catch {
    return null;
  }
}

function pathType(): string | undefined {
  const { connection } = navigator as Navigator & { connection?: { effectiveType?: string } };
  return connection?.effectiveType;
}

export const verdict = signal<Verdict>("checking");

let running = false;

export async function checkConnection(): Promise<void> {
  if (globalThis.RTCPeerConnection === undefined) {
    verdict.value = "blocked";
    return;
  }
  if (running) return;
  running = true;
  verdict.value = "checking";
  // The first request also opens the connection and would look slower than the path is.
  await roundTrip();
  const times: (number | null)[] = [];
  for (let n = 0; n < TRIES; n += 1) {
    times.push(await roundTrip());
    await new Promise((go) => setTimeout(go, GAP_MS));
  }
  running = false;
  verdict.value = verdictOf(times, pathType());
}

/** Checks now and whenever the network comes or goes; returns the way to stop. */
export function watchConnection(): () => void {
  const check = () => void checkConnection();
  const gone = () => {
    verdict.value = "offline";
  };
  check();
  addEventListener("online", check);
  addEventListener("offline", gone);
  return () => {
    removeEventListener("online", check);
    removeEventListener("offline", gone);
  };
}

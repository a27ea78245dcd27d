/** Whether what we publish has begun to arrive. */
import type { types } from "mediasoup-client";

const LOOK_EVERY_MS = 200;
/** From the first frame that left until viewers have it: a key frame asked for, sent and decoded. */
const ARRIVES_MS = 1_500;
/** A page that hides itself sends no frame; then viewers would wait for ever. */
const AT_MOST_MS = 5_000;

/** Resolves when viewers may have the first picture of a new producer, or when it was closed. */
export async function hasBegun(producer: types.Producer): Promise<void> {
  const until = performance.now() + AT_MOST_MS;
  while (!producer.closed && performance.now() < until) {
    if ((await framesSent(producer)) > 0) return sleep(ARRIVES_MS);
    await sleep(LOOK_EVERY_MS);
  }
}

async function framesSent(producer: types.Producer): Promise<number> {
  const report = await producer.getStats().catch(() => undefined);
  const sent = [...(report?.values() ?? [])].filter((entry) => entry.type === "outbound-rtp");
  return sent.reduce((sum, entry) => sum + Number(entry.framesSent ?? 0), 0);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

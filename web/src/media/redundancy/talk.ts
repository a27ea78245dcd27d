/** What the page and the worker that packs sound say to each other. */

/** To the worker: how many earlier frames go with each from now on. */
export interface DepthChange {
  depth: number;
}

/** From the worker, once: it can be given senders. */
export const READY = "ready";

/** To the worker now and then, and its answer: it still runs. */
export const THERE = "there?";
export const HERE = "here";

/** One source of ours on its way to the server: what is wanted of it, and what there is of it. */
import type { types } from "mediasoup-client";
import type { Result } from "../result";
import type { Refusal, ShareMode } from "../wire/messages";

type Transport = types.Transport;
type Producer = types.Producer;

export interface Wanted {
  track: MediaStreamTrack | null;
  live: boolean;
  mode: ShareMode;
}

export interface Lane {
  wanted: Wanted | null;
  producer: Producer | null;
  transport: Transport | null;
  /** Of a screen: the codec it is sent in. */
  codec: string | null;
  /** The producer whose place this one has taken; it goes on until viewers have the new picture. */
  old: Producer | null;
  /** What the server was told last about this producer. */
  told: { live: boolean; mode: ShareMode };
  working: Promise<Result<void, Refusal>> | null;
  later?: ReturnType<typeof setTimeout>;
}

export function newLane(): Lane {
  const told = { live: false, mode: "text" as const };
  const nothing = { wanted: null, producer: null, transport: null, codec: null, old: null };
  return { ...nothing, told, working: null };
}

/** Nothing of it is sent any more; the server is not told. */
export function drop(lane: Lane): void {
  lane.old?.close();
  lane.old = null;
  lane.producer?.close();
  lane.producer = null;
  lane.transport = null;
  lane.codec = null;
}

/** A page must stay readable: frames are given up first. */
export function keepSharp(producer: Producer): void {
  const sender = producer.rtpSender;
  if (!sender) return;
  const parameters = sender.getParameters();
  parameters.degradationPreference = "maintain-resolution";
  // Firefox refuses the field; the content hint then does the same.
  void sender.setParameters(parameters).catch(() => undefined);
}

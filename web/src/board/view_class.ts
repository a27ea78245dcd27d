/**
 * What comes from others and from the server: cursors, previews and lasers of the page looked at,
 * refusals, pens given and taken. Wires the page's channel to the parts of the view.
 */
import { effect, type ReadonlySignal, untracked } from "@preact/signals";
import type { Cursors } from "./cursors";
import type { Change, PageDoc, PageFacts, Pen } from "./model";
import type { BoardWire, PageChannel } from "./view_ports";
import type { OthersPreviews } from "./view_previews";
import type { NoticeCode } from "./view_types";

export interface ClassPorts {
  link: BoardWire;
  channel: ReadonlySignal<PageChannel | null>;
  doc: ReadonlySignal<PageDoc | null>;
  writable: ReadonlySignal<PageDoc | null>;
  facts: ReadonlySignal<PageFacts | null>;
  pen: ReadonlySignal<Pen>;
  cursors: Cursors;
  previews: OthersPreviews;
  changed(change: Change | null): void;
  /** Drops what is under way here; true when there was something. */
  drop(): boolean;
  /** Another page is looked at: what was being written goes onto the one it belongs to. */
  leave(): void;
  tell(code: NoticeCode, params?: Record<string, string | number>): void;
}

/** Returns how to stop. */
export function listenToClass(ports: ClassPorts): () => void {
  const stops = [
    effect(() => {
      const channel = ports.channel.value;
      return untracked(() => listenToChannel(ports, channel));
    }),
    effect(() => {
      const doc = ports.doc.value;
      return untracked(() => followPage(ports, doc));
    }),
    effect(() => {
      const peers = new Set(ports.link.peers.value.map((one) => one.peer));
      untracked(() => ports.previews.keepPeers(peers));
    }),
    watchPen(ports),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function listenToChannel(ports: ClassPorts, channel: PageChannel | null): (() => void) | undefined {
  const { cursors, previews } = ports;
  cursors.clear();
  previews.clear();
  if (!channel) return undefined;
  const stops = [
    channel.onCursor((peer, at) => cursors.set(peer, at)),
    channel.onPreview((peer, key, preview) => previews.set(peer, key, preview)),
    channel.onLaser((peer, points) => previews.laser(peer, points)),
    channel.onDenied((code, lost) => {
      ports.drop();
      ports.tell("edit.refused", { reason: code, lost });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function followPage(ports: ClassPorts, doc: PageDoc | null): (() => void) | undefined {
  ports.previews.clear();
  ports.changed(null);
  return doc?.onChange((change) => {
    ports.previews.follow(change);
    ports.changed(change);
  });
}

function forget(ports: ClassPorts, doc: PageDoc | null): void {
  doc?.forgetHistory();
  ports.changed(null);
}

/** Whatever is under way belongs to one document and one pen; with another it is dropped. */
function watchPen(ports: ClassPorts): () => void {
  let before: { doc: PageDoc | null; pen: Pen; channel: PageChannel | null } | null = null;
  return effect(() => {
    const channel = ports.channel.value;
    const doc = ports.writable.value;
    const pen = ports.pen.value;
    const old = before;
    before = { doc, pen, channel };
    // With the lesser pen a step on others' items would be refused, and the page opened anew.
    if (old?.pen === "all" && pen !== "all") untracked(() => forget(ports, old.doc));
    if (!old?.doc || old.doc === doc) return;
    if (channel !== old.channel) untracked(() => ports.leave());
    const wasBusy = untracked(() => ports.drop());
    // Turning the page takes nobody's pen.
    if (!wasBusy || channel !== old.channel || pen !== "none") return;
    const code = ports.facts.peek()?.isLocked ? "page.locked" : "pen.taken";
    untracked(() => ports.tell(code));
  });
}

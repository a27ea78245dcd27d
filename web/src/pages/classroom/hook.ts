/**
 * `window.__classroom`: read-only facts for the browser tests and the join benchmark. It shows
 * nothing that the page itself does not have.
 */
import { marks } from "../../media/marks";
import { clockNow } from "../../room/clock";
import { recordedMs } from "../../room/recording";
import type { Source } from "../../wire/messages";
import { screens } from "./board/parts";
import type { Desk } from "./desk";

export interface ReceivedStats {
  participantId: string;
  name: string;
  source: Source;
  kind: "audio" | "video";
  consumerId: string;
  framesDecoded: number;
  frameWidth: number;
  frameHeight: number;
  totalAudioEnergy: number;
  packetsReceived: number;
  packetsLost: number;
  bytesReceived: number;
}

export interface ClassroomHook {
  readonly joinClickedAt: number | null;
  readonly firstRemoteFrameAt: number | null;
  stats(): Promise<ReceivedStats[]>;
  state(): unknown;
  /** What lies on the page looked at, lowest first. */
  board(): unknown[];
}

declare global {
  interface Window {
    __classroom?: ClassroomHook;
  }
}

export function hangHook(desk: Desk): () => void {
  const hook: ClassroomHook = {
    get joinClickedAt() {
      return marks.joinClickedAt;
    },
    get firstRemoteFrameAt() {
      return marks.firstRemoteFrameAt;
    },
    stats: () => receivedStats(desk),
    state: () => stateOf(desk),
    board: () => {
      const view = desk.session.board.open.value?.view;
      return view ? (screens.value?.itemFacts(view.items.value) ?? []) : [];
    },
  };
  window.__classroom = hook;
  return () => {
    if (window.__classroom === hook) delete window.__classroom;
  };
}

async function receivedStats(desk: Desk): Promise<ReceivedStats[]> {
  const { remote } = desk.session.call.consumers;
  const found = await Promise.all(
    remote.value.map(async (one) => {
      const consumer = desk.session.call.consumers.get(one.consumerId);
      const report = await consumer?.getStats().catch(() => undefined);
      const inbound = [...(report?.values() ?? [])].find((entry) => entry.type === "inbound-rtp");
      const person = desk.people.value.find((face) => face.id === one.participantId);
      return {
        participantId: one.participantId,
        name: person?.name ?? "",
        source: one.source,
        kind: one.kind,
        consumerId: one.consumerId,
        framesDecoded: inbound?.framesDecoded ?? 0,
        frameWidth: inbound?.frameWidth ?? 0,
        frameHeight: inbound?.frameHeight ?? 0,
        totalAudioEnergy: inbound?.totalAudioEnergy ?? 0,
        packetsReceived: inbound?.packetsReceived ?? 0,
        packetsLost: inbound?.packetsLost ?? 0,
        bytesReceived: inbound?.bytesReceived ?? 0,
      };
    }),
  );
  return found;
}

function stateOf(desk: Desk) {
  const { session, room } = desk;
  return {
    standing: session.standing.value.is,
    link: session.wire.link.value,
    media: session.call.transports.state.value,
    epoch: session.call.transports.epoch,
    quality: session.call.quality.current.value,
    way: session.call.quality.way.value,
    downlink: session.call.downlink.bitrate.value,
    shortage: session.call.downlink.notice.value,
    soundFirst: session.call.advised.notice.value,
    advice: session.call.advised.advice.value,
    network: [...(session.network.people.value?.values() ?? [])],
    selfId: room.value.selfId,
    seq: room.value.seq,
    title: room.value.title,
    rights: room.value.rights,
    participants: room.value.participants,
    stage: room.value.stage,
    chat: room.value.chat.length,
    pending: room.value.pending.length,
    speakers: [...session.speakers.value],
    microphone: session.microphone.on.value,
    camera: session.camera.on.value,
    sharing: session.share.video.value !== null,
    view: desk.view.value,
    pinned: desk.chosen.value,
    faces: { page: desk.page.value, pages: desk.pages.value },
    panel: desk.panel.value,
    door: room.value.door,
    lobby: room.value.lobby,
    hands: room.value.hands,
    floor: room.value.floor,
    asked: room.value.asked,
    recording: recordingOf(desk),
    board: boardOf(desk),
  };
}

/** Where it is: ms of the recording's own time. */
function recordingOf(desk: Desk) {
  const { facts, own } = desk.room.value.recording;
  return { ...facts, own, ms: recordedMs(facts, clockNow(desk.room.value)) };
}

function boardOf(desk: Desk) {
  const { board, stage } = desk.room.value;
  const open = desk.session.board.open.value;
  const facts = { shown: stage.board, classPage: board.page_id, pages: board.pages };
  if (!open) return { ...facts, pageId: "", pen: desk.self.value?.pen ?? "none", items: 0 };
  const { view, link } = open;
  return {
    ...facts,
    pageId: view.pageId.value,
    pageState: view.pageState.value,
    pen: view.pen.value,
    items: view.items.value.length,
    tool: view.tool.value,
    selection: [...view.selection.value],
    editing: view.editing.value?.kind ?? null,
    unsaved: link.unsaved.value,
    link: link.state.value,
    fault: link.fault.value,
    author: link.author.value,
    following: view.following.value,
    camera: view.camera.value,
    penMode: view.penMode.value,
    size: view.size.value,
    mayUndo: view.mayUndo.value,
    mayRedo: view.mayRedo.value,
    cursors: view.cursors.value.length,
    openedAt: view.openedAt,
    pictureAt: view.pictureAt,
  };
}

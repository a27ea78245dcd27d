/**
 * Whether the class is recorded, who was asked and who agreed, as this person may know it. Pure:
 * (mirror, event) to mirror, and what follows of it for the screen. Times are of the room clock.
 */
import type {
  ConsentGiven,
  OwnConsent,
  Recording,
  RecordingKind,
  RecordingTerms,
  RoomSnapshot,
} from "../wire/messages";

export const RECORDING_KINDS: readonly RecordingKind[] = [
  "voice",
  "camera",
  "screen",
  "chat",
  "ink",
];

/** A yes or no to each kind; kinds that are not in it were not answered. */
export type Answers = Readonly<Partial<Record<RecordingKind, boolean>>>;

export interface RecordingMirror {
  facts: Recording;
  terms: RecordingTerms;
  /** Our own answers in this recording. */
  own: Answers;
  /** Grows with every answer that staff is told of. */
  told: number;
}

export const NO_RECORDING: Recording = {
  phase: "off",
  recording_id: "",
  asked_by: null,
  asked_name: "",
  purpose: "",
  kinds: [],
  asked_ms: 0,
  began_ms: 0,
  paused_ms: 0,
  off_ms: 0,
  agreed: 0,
  asked: 0,
  why: "",
};

export const NOT_RECORDED: RecordingMirror = {
  facts: NO_RECORDING,
  terms: { policy: "ask", kept_days: 0, refusal: "" },
  own: {},
  told: 0,
};

export function recordingFrom(room: RoomSnapshot): RecordingMirror {
  const own: OwnConsent | null = room.own_consent;
  const { recording: facts, recording_terms: terms } = room;
  return { facts, terms, own: own?.answers ?? {}, told: 0 };
}

/** Answers belong to one recording: the next one asks anew. */
export function withRecording(mirror: RecordingMirror, facts: Recording): RecordingMirror {
  const isSame = mirror.facts.recording_id === facts.recording_id;
  return { ...mirror, facts, own: isSame ? mirror.own : {} };
}

/** An answer, ours or one that staff is told of. */
export function withConsent(
  mirror: RecordingMirror,
  given: ConsentGiven,
  selfId: string,
): RecordingMirror {
  const own = given.participant_id === selfId ? given.answers : mirror.own;
  return { ...mirror, own, told: mirror.told + 1 };
}

/** Whether anything is asked or written now. */
export function isAbout(facts: Recording): boolean {
  return facts.phase !== "off";
}

/** What was asked and has no answer of ours. */
export function openKinds({ facts, own }: RecordingMirror): RecordingKind[] {
  return isAbout(facts) ? facts.kinds.filter((kind) => own[kind] === undefined) : [];
}

/** Kinds with a yes, in the order of the list. */
export function agreedKinds(kinds: readonly RecordingKind[], answers: Answers): RecordingKind[] {
  return kinds.filter((kind) => answers[kind] === true);
}

/** What is asked now, in one word: once it was put off it is shown again only when it changes. */
export function askingOf({ recording_id, kinds }: Recording): string {
  return `${recording_id} ${kinds.join(" ")}`;
}

/** Milliseconds recorded by a moment of the room clock; pauses do not count. */
export function recordedMs(facts: Recording, clockMs: number): number {
  if (facts.phase !== "on" && facts.phase !== "paused") return 0;
  const until = facts.phase === "paused" ? facts.paused_ms : clockMs;
  return Math.max(0, until - facts.began_ms - facts.off_ms);
}

/** What changed for everybody between two moments; null when it is no news. */
export type RecordingNews = "asks" | "on" | "paused" | "resumed" | "off" | "cancelled";

export function newsOf(before: Recording, after: Recording): RecordingNews | null {
  if (before.phase === after.phase) return null;
  switch (after.phase) {
    case "asking":
      return "asks";
    case "on":
      return before.phase === "paused" ? "resumed" : "on";
    case "paused":
      return "paused";
    case "off":
      return before.phase === "asking" ? "cancelled" : "off";
  }
}

/** How a class stands to being asked; who answered in part has not answered. */
export interface Counts {
  asked: number;
  agreed: number;
  declined: number;
  open: number;
}

/** `answers` are those of the people who are asked, as far as they came. */
export function countsOf(facts: Recording, answers: readonly Answers[]): Counts {
  const declined = answers.filter(
    (one) => facts.kinds.length > 0 && facts.kinds.every((kind) => one[kind] === false),
  ).length;
  const open = Math.max(0, facts.asked - facts.agreed - declined);
  return { asked: facts.asked, agreed: facts.agreed, declined, open };
}

/** Those of `wish` that are not what was said before. */
export function changedAnswers(before: Answers, wish: Answers): Answers {
  return Object.fromEntries(
    RECORDING_KINDS.filter((kind) => wish[kind] !== undefined && wish[kind] !== before[kind]).map(
      (kind) => [kind, wish[kind]],
    ),
  );
}

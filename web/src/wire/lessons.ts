/** Lessons and their reports as the server tells them; shapes as docs/http_lessons.md gives them. */
import { download, type Reply, request } from "./http";
import type { Role } from "./messages";

export interface Lesson {
  id: string;
  room_id: string;
  room_code: string;
  title: string;
  started_at: string;
  /** null while it goes on. */
  ended_at: string | null;
  is_live: boolean;
}

export interface LessonList {
  lessons: Lesson[];
  has_more: boolean;
}

/** Milliseconds since the lesson began. */
export interface Time {
  from_ms: number;
  to_ms: number;
}

export interface PersonReport {
  participant_id: string;
  name: string;
  role: Role;
  is_inside: boolean;
  stays: Time[];
  present_ms: number;
  late_ms: number;
  spoke: Time[];
  spoke_ms: number;
  trouble: Time[];
  trouble_ms: number;
  hands: number;
  on_stage: number;
  messages: number;
  files: number;
  answers: number;
  right: number;
  points: number;
  stars: number;
  /** Whether they are on the room's list and the same person in every lesson. */
  is_enrolled: boolean;
}

/** A student on the room's list who did not come, or not yet. */
export interface Absent {
  enrolment_id: string;
  participant_id: string;
  name: string;
}

export interface QuestionReport {
  poll_id: string;
  kind: string;
  text: string;
  is_anonymous: boolean;
  asked: number;
  answered: number;
  /** null when it asks for an opinion. */
  right: number | null;
}

export interface Report {
  lesson: Lesson;
  length_ms: number;
  /** 0 to 1; null while nobody spoke. */
  teacher_share: number | null;
  people: PersonReport[];
  questions: QuestionReport[];
  /** How many students were on the room's list during the lesson. */
  expected: number;
  absent: Absent[];
}

const lessonPath = (id: string) => `/api/lessons/${encodeURIComponent(id)}`;

/** Own lessons, newest first: of one room or of all, the ones that began before `before`. */
export function listLessons(room: string | null, before?: string): Reply<LessonList> {
  const asked = new URLSearchParams();
  if (room) asked.set("room_id", room);
  if (before) asked.set("before", before);
  return request<LessonList>("GET", `/api/lessons?${asked}`);
}

/** `seat` is the token of whoever was an assistant in the lesson; null for its teacher. */
export const readReport = (id: string, seat: string | null): Reply<Report> =>
  request<Report>("GET", `${lessonPath(id)}/report`, undefined, shown(seat));

/** The table, for whom a plain link does not do: it shows no seat. */
export const downloadTable = (id: string, language: string, seat: string): Reply<Blob> =>
  download(tableAddress(id, language), `Seat ${seat}`);

const shown = (seat: string | null) => (seat === null ? undefined : `Seat ${seat}`);

export const tableAddress = (id: string, language: string) =>
  `${lessonPath(id)}/report.csv?language=${encodeURIComponent(language)}`;

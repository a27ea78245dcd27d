/** Who is enrolled in a room; shapes as docs/http_enrolments.md gives them. */
import { change } from "./api";
import { request } from "./http";
import type { Lesson } from "./lessons";
import type { GivenRole } from "./messages";

export interface Enrolment {
  id: string;
  name: string;
  role: GivenRole;
  /** Empty when none is known. */
  email: string;
  /** The path of their own link. Whoever has it is them. */
  link: string;
  /** Whether they are known when they are signed in. */
  has_account: boolean;
  created_at: string;
  seen_at: string | null;
  /** null for who is on the list; others can be brought back. */
  removed_at: string | null;
}

export interface EnrolmentList {
  enrolments: Enrolment[];
  max: number;
}

export interface NewPerson {
  name: string;
  role: GivenRole;
  email: string;
}

/** The server takes so many at once. */
export const AT_ONCE_MAX = 100;

const list = (room: string) => `/api/rooms/${encodeURIComponent(room)}/enrolments`;
const one = (room: string, id: string) => `${list(room)}/${encodeURIComponent(id)}`;

export const listEnrolments = (room: string) => request<EnrolmentList>("GET", list(room));

export const enrol = (room: string, people: readonly NewPerson[]) =>
  change<EnrolmentList>("POST", list(room), { people });

export const changeEnrolment = (room: string, id: string, person: Partial<NewPerson>) =>
  change<Enrolment>("PATCH", one(room, id), person);

export const removeEnrolment = (room: string, id: string) =>
  change<undefined>("DELETE", one(room, id));

export const restoreEnrolment = (room: string, id: string) =>
  change<Enrolment>("POST", `${one(room, id)}/restore`, {});

export const renewLink = (room: string, id: string) =>
  change<Enrolment>("POST", `${one(room, id)}/link`, {});

/** This browser forgets whose own link was opened in it. */
export const beGuest = (code: string) =>
  change<undefined>("DELETE", `/api/rooms/by-code/${encodeURIComponent(code)}/enrolled`);

/** A lesson, and what somebody did in it; all 0 when they did not come. */
export interface Attended {
  lesson: Lesson;
  length_ms: number;
  has_come: boolean;
  present_ms: number;
  late_ms: number;
  spoke_ms: number;
  hands: number;
  messages: number;
  answers: number;
  right: number;
  points: number;
  stars: number;
}

/** The newest first; the rest is asked for with the last one's beginning. */
export interface PersonLessons {
  enrolment: Enrolment;
  lessons: Attended[];
  has_more: boolean;
}

export const readPersonLessons = (room: string, id: string, before?: string) =>
  request<PersonLessons>(
    "GET",
    `${one(room, id)}/lessons${before ? `?before=${encodeURIComponent(before)}` : ""}`,
  );

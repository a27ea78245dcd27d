/** The server's resources as functions; shapes as the HTTP contract gives them. */
import { download, type Reply, request, setCsrf, upload } from "./http";
import type { JsonObject, Question, RecordingPolicy, Role } from "./messages";

export interface Account {
  id: string;
  name: string;
  email: string;
  is_admin: boolean;
}

export interface Session {
  account: Account | null;
  csrf: string;
  sign_up: "open" | "closed";
  setup_needed: boolean;
  version: string;
}

export interface SignedIn {
  id: string;
  created_at: string;
  seen_at: string;
  agent: string;
  current: boolean;
}

export interface Room {
  id: string;
  code: string;
  title: string;
  created_at: string;
  /** Null is what the operator set. */
  capacity: number | null;
  /** Whether newcomers wait when a class begins. */
  lobby: boolean;
  /** Whether enrolled people come in without waiting. */
  enrolled_pass_lobby: boolean;
  /** Whether guests do not come in. */
  enrolled_only: boolean;
  /** Whether a class asks each person, lets in only who agreed, or is never recorded. */
  recording_policy: RecordingPolicy;
  /** How many days a recording is kept, and how many before its end its owner is reminded. */
  recording_days: number;
  recording_remind: number;
  /** Whether those who took part may watch. */
  recording_members: boolean;
  live: { participants: number; started_at: string } | null;
}

/** Recording, for whoever stands at the door. */
export interface DoorRecording {
  policy: RecordingPolicy;
  /** Whether the class that goes on is recorded, or people in it are asked now. */
  is_on: boolean;
  /** Whether they are enrolled and have agreed to this text already. */
  agreed: boolean;
  /** What is to be agreed to before coming in; null for whoever need not. */
  text: { text_id: string; locale: string; text: string } | null;
}

/** What anybody with the code may know before joining. */
export interface RoomFacts {
  code: string;
  title: string;
  host_name: string;
  live: { hosts: string[]; participants: number; started_at: string } | null;
  capacity: number;
  rtp_capabilities: JsonObject;
  /** `enrolled`: they come in under this name, as in every lesson. */
  you: { role: Role; name: string; enrolled: boolean } | null;
  enrolled_only: boolean;
  /** The code of why the link that was opened in this browser counts no more. */
  enrolment_fault: string | null;
  /** Of the timetable, or the one that goes on; only for who is enrolled and who teaches. */
  next_lesson: { at: string; to: string; zone: string } | null;
  recording: DoorRecording;
}

export interface SeatGrant {
  seat_token: string;
  participant_id: string;
  role: Role;
}

/** A page left open overnight shows an old token: get a fresh one and try once more. */
export async function withToken<T>(attempt: () => Reply<T>): Reply<T> {
  const result = await attempt();
  if (result.ok || result.error.code !== "csrf.invalid") return result;
  const fresh = await readSession();
  return fresh.ok ? attempt() : result;
}

/** A request that changes something, with the proof that our page asks. */
export function change<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
): Reply<T> {
  return withToken(() => request<T>(method, path, body));
}

async function keepingToken(reply: Reply<Session>): Reply<Session> {
  const result = await reply;
  if (result.ok) setCsrf(result.value.csrf);
  return result;
}

export const readSession = () => keepingToken(request<Session>("GET", "/api/session"));

export const signIn = (email: string, password: string) =>
  keepingToken(change<Session>("POST", "/api/session", { email, password }));

export const signOut = () => change<undefined>("DELETE", "/api/session");

export interface NewAccount {
  email: string;
  name: string;
  password: string;
  setup_token?: string;
}

export const createAccount = (account: NewAccount) =>
  keepingToken(change<Session>("POST", "/api/accounts", account));

export const listSignedIn = () => request<SignedIn[]>("GET", "/api/sessions");

export const revokeSignedIn = (id: string) =>
  change<undefined>("DELETE", `/api/sessions/${encodeURIComponent(id)}`);

export const listRooms = () => request<Room[]>("GET", "/api/rooms");

export const createRoom = (title: string) => change<Room>("POST", "/api/rooms", { title });

const roomPath = (id: string) => `/api/rooms/${encodeURIComponent(id)}`;

export const changeRoom = (id: string, room: Partial<Omit<Room, "id">>) =>
  change<Room>("PATCH", roomPath(id), room);
export const renameRoom = (id: string, title: string) =>
  change<Room>("PATCH", roomPath(id), { title });

export const deleteRoom = (id: string) => change<undefined>("DELETE", roomPath(id));

export const endRoom = (id: string) => change<undefined>("POST", `${roomPath(id)}/end`, {});

const codePath = (code: string) => `/api/rooms/by-code/${encodeURIComponent(code)}`;

/** `locale` is the language of what is to be agreed to. */
export const readRoom = (code: string, locale = "en") =>
  request<RoomFacts>("GET", `${codePath(code)}?locale=${encodeURIComponent(locale)}`);

export interface SeatAsked {
  name: string;
  /** An earlier token for the same room: with it the same participant comes back. */
  existing?: string | undefined;
  /** The text on recording that they agree to; only where the room requires it. */
  agreed?: string | undefined;
}

export const takeSeat = (code: string, { name, existing, agreed }: SeatAsked) =>
  change<SeatGrant>("POST", `${codePath(code)}/seat`, {
    name,
    ...(existing && { existing }),
    ...(agreed && { agreed }),
  });

export interface BoardPicture {
  asset: string;
  width: number;
  height: number;
}

const pictures = (code: string) => `${codePath(code)}/board/assets`;

/** Pictures of a board belong to the room; who has a seat in it shows the seat's token. */
export const sendPicture = (
  code: string,
  seat: string,
  picture: Blob,
  told: (done: number, total: number) => void,
) =>
  withToken(() =>
    upload<BoardPicture>(pictures(code), picture, { authorization: `Seat ${seat}`, told }),
  );

export const fetchPicture = (code: string, seat: string, asset: string) =>
  download(`${pictures(code)}/${encodeURIComponent(asset)}`, `Seat ${seat}`);

/** Questions prepared for a room; for who teaches in its class, who shows the seat's token. */
export interface QuizDraft {
  title: string;
  questions: Question[];
}

export interface Quiz extends QuizDraft {
  quiz_id: string;
  updated_at: string;
}

const quizzes = (code: string) => `${codePath(code)}/quizzes`;
const quizPath = (code: string, id: string) => `${quizzes(code)}/${encodeURIComponent(id)}`;

export const listQuizzes = (code: string, seat: string) =>
  request<{ quizzes: Quiz[] }>("GET", quizzes(code), undefined, `Seat ${seat}`);

export const addQuiz = (code: string, seat: string, quiz: QuizDraft) =>
  withToken(() => request<Quiz>("POST", quizzes(code), quiz, `Seat ${seat}`));

export const changeQuiz = (code: string, seat: string, id: string, quiz: QuizDraft) =>
  withToken(() => request<Quiz>("PATCH", quizPath(code, id), quiz, `Seat ${seat}`));

export const removeQuiz = (code: string, seat: string, id: string) =>
  withToken(() => request<undefined>("DELETE", quizPath(code, id), undefined, `Seat ${seat}`));

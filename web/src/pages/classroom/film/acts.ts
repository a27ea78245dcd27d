/** What the film's controls ask of the room. */
import type { Film } from "../../../room/film";
import { participantOf } from "../../../room/state";
import { mayLead } from "../board/acts";
import type { Desk } from "../desk";
import { ask } from "../explain";

/** Whether one may say now where the film of this page is. */
export function mayPlay(desk: Desk, page_id: string): boolean {
  return mayLead(desk) && desk.room.value.board.page_id === page_id;
}

export function playFilm(desk: Desk, page_id: string, seconds: number): void {
  void ask(desk, "film.play", { page_id, position_ms: inMs(seconds) });
}

export function pauseFilm(desk: Desk, page_id: string, seconds: number): void {
  void ask(desk, "film.pause", { page_id, position_ms: inMs(seconds) });
}

export function seekFilm(desk: Desk, page_id: string, seconds: number): void {
  void ask(desk, "film.seek", { page_id, position_ms: inMs(seconds) });
}

export function setRate(desk: Desk, page_id: string, rate: number): void {
  void ask(desk, "film.rate", { page_id, rate });
}

/** One client says that it is over: the presenter's, or any of the staff while there is none. */
export function tellOver(desk: Desk, film: Film, duration: number): void {
  const room = desk.room.peek();
  const presenter = participantOf(room, room.board.presenter);
  const isNobody = presenter === null || presenter.connection === "away";
  const isOurs = presenter?.id === room.selfId || (isNobody && room.rights.may_lead_board);
  if (!isOurs || !Number.isFinite(duration)) return;
  const message = { page_id: film.page_id, position_ms: inMs(duration) };
  void desk.session.wire.request("film.pause", message);
}

function inMs(seconds: number): number {
  return Math.max(0, Math.round(seconds * 1000));
}

/** Where a film is, and how a player here gets and stays there. Pure. */
import type { Film } from "../wire/messages";

export function withFilm(films: readonly Film[], film: Film): Film[] {
  return [...films.filter((one) => one.page_id !== film.page_id), film];
}

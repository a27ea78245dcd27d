/** Where somebody goes on after waiting: the page of their appointment, or of the host. */
import type { Visit } from "../../wire/waiting";

const TICKET = "classroom.ticket.";

/** The private link this tab came by leads back; a browser without it is known, or was a visitor. */
export function backOf(visit: Visit): string {
  if (!visit.booking_id) return `/b/${visit.slug}`;
  const token = globalThis.sessionStorage?.getItem(TICKET + visit.booking_id);
  return token ? `/k/${token}` : "/mine";
}

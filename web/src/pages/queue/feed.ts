/** The desk as the server tells it: one line for the whole tab, kept while anybody here looks. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { heardNow } from "../../booking/now";
import type { Problem } from "../../wire/http";
import { type Desk, type DeskNews, deskStream, follow, readDesk } from "../../wire/waiting";

/** null until it was told. */
export const desk = signal<Desk | null>(null);
export const deskFault = signal<Problem | null>(null);
/** Whether the line is there. */
export const deskLine = signal(true);
/** The last news of a booking: whoever shows calendars looks again. */
export const deskNews = signal<DeskNews | null>(null);

let stop: (() => void) | null = null;
let readers = 0;
let of = "";

export function keepDesk(now: Desk): void {
  heardNow(now.now);
  desk.value = now;
  deskFault.value = null;
}

function begin(org: string): void {
  stop?.();
  of = org;
  desk.value = null;
  stop = follow<Desk>(
    deskStream(org),
    {
      onNow: keepDesk,
      onNews: (news) => {
        deskNews.value = news;
      },
      onOver: (problem) => {
        deskFault.value = problem;
      },
      onLine: (there) => {
        deskLine.value = there;
      },
    },
    async () => {
      const result = await readDesk(org);
      if (result.ok) keepDesk(result.value);
      return result.ok ? null : result.error;
    },
  );
}

/** Looks at the desk of this organisation while the component is there; "" at none. */
export function useDesk(org: string): void {
  useEffect(() => {
    if (org === "") return;
    readers += 1;
    if (org !== of || stop === null) begin(org);
    return () => {
      readers -= 1;
      // The next page looks on: the line is only let go when nobody does.
      setTimeout(() => {
        if (readers > 0 || stop === null) return;
        stop();
        stop = null;
        of = "";
      }, 1_000);
    };
  }, [org]);
}

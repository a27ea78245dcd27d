/** What is done with those who wait; what stood in the way is said. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { toast } from "../../ui/live";
import type { Reply } from "../../wire/http";
import {
  admitVisit,
  callVisit,
  type Desk,
  type DeskVisit,
  markUrgent,
  readDesk,
  writeToVisit,
} from "../../wire/waiting";
import { desk, keepDesk } from "./feed";
import { goToTalk } from "./go";
import type { Acts } from "./visit_card";

export type Asked =
  | { what: "write" | "pass" | "refuse"; visit: DeskVisit }
  | { what: "all" }
  | null;

/** Where this talk goes on; a visitor is a client from when they were let in. */
export function afterTalk({ id }: DeskVisit): string {
  const now = desk.value?.visits.find((one) => one.id === id);
  return now?.client_id ? `/clients/${now.client_id}` : "/queue";
}

/** Keeps what the desk was answered; whether nothing stood in the way. */
export async function done(reply: Reply<Desk>): Promise<boolean> {
  const result = await reply;
  if (result.ok) keepDesk(result.value);
  else toast(refusalText(result.error.code, result.error.params));
  return result.ok;
}

export function useActs(onAsk: (asked: Asked) => void): Acts {
  const [busy, setBusy] = useState("");
  const admit = async (visit: DeskVisit) => {
    setBusy(visit.id);
    const result = await admitVisit(visit.id);
    setBusy("");
    if (!result.ok) return toast(refusalText(result.error.code, result.error.params));
    const fresh = await readDesk(desk.value?.organisation_id ?? "");
    if (fresh.ok) keepDesk(fresh.value); // a visitor has a booking from now on
    const host = desk.value?.hosts.find(({ id }) => id === visit.host_id);
    if (host?.is_own) await goToTalk(result.value.code, afterTalk(visit));
    else toast(t("queue-let-in", { name: visit.name }));
  };
  return {
    busy,
    admit: (visit) => void admit(visit),
    call: (visit) => void done(callVisit(visit.id)),
    urgent: (visit, on) => void done(markUrgent(visit.id, on)),
    write: (visit) => onAsk({ what: "write", visit }),
    pass: (visit) => onAsk({ what: "pass", visit }),
    refuse: (visit) => onAsk({ what: "refuse", visit }),
    join: (visit) => void goToTalk(visit.code, afterTalk(visit)),
  };
}

export const send = (visit: string, text: string) => done(writeToVisit(visit, text));

/** Until when something that is recorded today is kept, in a sentence. */
import { dayOf } from "../../../text/dates";
import { t } from "../../../text/text";

const DAY_MS = 86_400_000;

export function keptText(days: number, now = Date.now()): string {
  return t("recording-asked-kept", { date: dayOf(new Date(now + days * DAY_MS).toISOString()) });
}

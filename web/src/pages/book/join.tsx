/** The way in: how long it still is, and from a quarter of an hour before the waiting room. */
import { useState } from "preact/hooks";
import { serverNow } from "../../booking/now";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { FormFault } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { beginVisit, type Whose } from "../../wire/book_calls";
import type { Mine, Ticket } from "../../wire/booking";
import { minutesUntil } from "./facts";
import { useNow } from "./zone_line";

const OPENS_MIN = 15;
const DAY_MIN = 1440;

/** "in 2 days", "in 3 hours", "in 12 minutes"; the page counts by the server's clock. */
function untilText(minutes: number): string {
  if (minutes >= 2 * DAY_MIN) return t("mine-in-days", { count: Math.floor(minutes / DAY_MIN) });
  if (minutes >= 120) return t("mine-in-hours", { count: Math.floor(minutes / 60) });
  return t("mine-in-minutes", { count: Math.max(1, minutes) });
}

export function Join({ seen, whose }: { seen: Mine | Ticket; whose: Whose }) {
  const now = useNow(5_000);
  const [opening, setOpening] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const minutes = minutesUntil(seen.from, now);
  const isOpen =
    ["booked", "live"].includes(seen.state) &&
    minutes <= OPENS_MIN &&
    (seen.may.wait || Date.parse(seen.to) > serverNow());
  const enter = async () => {
    setOpening(true);
    setFault(null);
    const answer = await beginVisit(whose);
    if (answer.ok) {
      // The waiting room leads back here afterwards. It is a page of the other client.
      if (whose.token) sessionStorage.setItem(`classroom.ticket.${whose.id}`, whose.token);
      return location.assign(`/wait/${answer.value.id}`);
    }
    setOpening(false);
    setFault(refusalText(answer.error.code, answer.error.params));
  };
  if (seen.state === "unpaid" || seen.state === "unconfirmed") return null;
  return (
    <div class="banner banner-accent mine-join">
      <Icon name="cam" />
      <div class="grow">
        {minutes > 0 && <b class="num">{untilText(minutes)}</b>}{" "}
        <span>{t(isOpen ? "mine-join-open" : "mine-join-later")}</span>
        <FormFault>{fault}</FormFault>
        {isOpen && (
          <Button look="primary" size="large" waiting={opening && t("loading")} onClick={enter}>
            {t("mine-join")}
          </Button>
        )}
      </div>
    </div>
  );
}

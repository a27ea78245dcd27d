/** What was today, and what is still to be said about appointments nobody can be sure of. */
import { zoneHere } from "../../booking/zone";
import { dayIn, timeIn } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { toast } from "../../ui/live";
import { change } from "../../wire/api";
import type { Desk, DeskUnsure } from "../../wire/waiting";

export function Unsure({ desk }: { desk: Desk }) {
  if (desk.unsure.length === 0) return null;
  return (
    <section aria-label={t("queue-unsure")}>
      <h2>{t("queue-unsure")}</h2>
      <div class="card">
        {desk.unsure.map((one) => (
          <UnsureLine key={one.booking_id} one={one} />
        ))}
      </div>
    </section>
  );
}

function UnsureLine({ one }: { one: DeskUnsure }) {
  const ms = Date.parse(one.at);
  const say = async (what: "held" | "missed") => {
    const path = `/api/bookings/${encodeURIComponent(one.booking_id)}/${what}`;
    const result = await change("POST", path, {});
    if (!result.ok) toast(refusalText(result.error.code, result.error.params));
  };
  return (
    <div class="desk-past">
      <time class="num">
        {dayIn(zoneHere(), ms, "short")} {timeIn(zoneHere(), ms)}
      </time>
      <b>{one.name}</b>
      <span class="row">
        <Button size="small" look="line" onClick={() => void say("held")}>
          {t("queue-held")}
        </Button>
        <Button size="small" look="quiet" onClick={() => void say("missed")}>
          {t("queue-missed")}
        </Button>
      </span>
    </div>
  );
}

export function Earlier({ desk }: { desk: Desk }) {
  if (desk.past.length === 0) return null;
  return (
    <section aria-label={t("queue-earlier")}>
      <h2>{t("queue-earlier")}</h2>
      <div class="card">
        {desk.past.map((one) => (
          <div key={one.id} class="desk-past">
            <time class="num" dateTime={one.over}>
              {timeIn(zoneHere(), Date.parse(one.over))}
            </time>
            <span>
              <b>{one.name}</b> <span class="quiet">{t(`queue-past-${one.state}`)}</span>
            </span>
            {one.client_id && (
              <a class="btn btn-sm btn-quiet" href={`/clients/${one.client_id}`}>
                {t("queue-client")}
              </a>
            )}
          </div>
        ))}
      </div>
    </section>
  );
}

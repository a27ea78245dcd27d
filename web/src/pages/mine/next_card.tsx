/** On the home of an account: the next appointment somebody has with others, and the way to it. */
import { useEffect, useState } from "preact/hooks";
import { heardNow, serverNow } from "../../booking/now";
import { zoneHere } from "../../booking/zone";
import { placeOfZone } from "../../booking/zones";
import { dayIn, timeIn } from "../../text/dates";
import { language, t } from "../../text/text";
import { ButtonLink } from "../../ui/button";
import { readMine } from "../../wire/book_calls";
import type { Mine } from "../../wire/booking";

const OPEN = ["booked", "unpaid", "unconfirmed", "live"];

/** The first that is not over; null for whoever books nothing. */
export function nextOf(bookings: readonly Mine[], now: number): Mine | null {
  const coming = bookings.filter((one) => OPEN.includes(one.state) && Date.parse(one.to) > now);
  coming.sort((a, b) => a.from.localeCompare(b.from));
  return coming[0] ?? null;
}

/** Nothing, where nothing is booked: most accounts book nothing. */
export function NextAppointment() {
  const [next, setNext] = useState<Mine | null>(null);
  useEffect(() => {
    void readMine(language.peek()).then((answer) => {
      if (!answer.ok) return;
      heardNow(answer.value.now);
      setNext(nextOf(answer.value.bookings, serverNow()));
    });
  }, []);
  if (!next) return null;
  const at = Date.parse(next.from);
  const here = zoneHere();
  return (
    <section class="card card-pad home-next" aria-label={t("mine-next")}>
      <div class="grow">
        <p class="small quiet">{t("mine-next")}</p>
        <b class="num">
          {dayIn(here, at)}, {timeIn(here, at)}
        </b>
        <p class="small quiet">
          {next.offer ? `${next.offer.name}, ` : ""}
          {next.host.name} · {placeOfZone(here, language.value)}
        </p>
      </div>
      <ButtonLink look="line" href="/mine">
        {t("mine-all")}
      </ButtonLink>
      <ButtonLink look="primary" icon="cam" href={next.link}>
        {t("mine-open")}
      </ButtonLink>
    </section>
  );
}

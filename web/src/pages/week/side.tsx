/** Beside the week: which offer's free times are shown, and what clients see of a day. */
import { wallAt } from "../../booking/zone";
import { cityOf, dayText, timeIn } from "../../text/dates";
import { t } from "../../text/text";
import { ButtonLink } from "../../ui/button";
import { Select } from "../../ui/field";
import type { Organisation } from "../../wire/organisations";
import type { Week } from "../../wire/week";
import { hostNow } from "./hosts";
import type { ShownWeek } from "./shown";
import type { WeekStore } from "./store";

interface Props {
  org: Organisation;
  store: WeekStore;
  week: Week;
  shown: ShownWeek;
}

const SHOWN = 12;

export function Side({ org, store, week, shown }: Props) {
  const offers = (store.offers.value ?? []).filter((one) => one.is_on);
  const host = hostNow(org);
  const isOpen = week.open.length > 0;
  return (
    <aside class="week-side card card-pad stack" aria-label={t("week-side")}>
      {offers.length === 0 && store.offers.value && (
        <>
          <h2>{t("week-empty-offers")}</h2>
          <p class="small quiet">{t("week-empty-offers-note")}</p>
          <ButtonLink look="primary" href="/offers">
            {t("week-empty-offers-act")}
          </ButtonLink>
        </>
      )}
      {offers.length > 0 && (
        <Select
          label={t("week-free-for")}
          options={offers.map((one) => ({ value: one.id, label: one.name }))}
          value={store.offer.value}
          onPick={(id) => void store.pick(id)}
        />
      )}
      {!isOpen && offers.length > 0 && (
        <>
          <p class="small">{t("week-empty-hours")}</p>
          <ButtonLink look="primary" href="/offers/hours">
            {t("week-hours-set")}
          </ButtonLink>
        </>
      )}
      {isOpen && offers.length > 0 && <Seen week={week} shown={shown} />}
      {isOpen && (
        <ButtonLink look="line" href="/offers/hours">
          {t("week-hours-change")}
        </ButtonLink>
      )}
      {host && (
        <ButtonLink look="quiet" icon="external" href={`/b/${org.slug}/${host.slug}`}>
          {t("week-page-open")}
        </ButtonLink>
      )}
      <ul class="week-legend small quiet">
        {["talk", "class", "block", "busy", "free"].map((one) => (
          <li key={one}>
            <i class={`is-${one}`} aria-hidden="true" />
            {t(`week-legend-${one}`)}
          </li>
        ))}
      </ul>
    </aside>
  );
}

/** The next day with free times, as its clients see it. */
function Seen({ week, shown }: { week: Week; shown: ShownWeek }) {
  const [first] = shown.free;
  if (!first) return <p class="small quiet">{t("week-seen-none")}</p>;
  const { day } = wallAt(week.zone, first.at);
  const here = shown.free.filter(({ at }) => wallAt(week.zone, at).day === day);
  return (
    <div class="stack">
      <h3>{t("week-seen", { day: dayText(day) })}</h3>
      <div class="chips">
        {here.slice(0, SHOWN).map(({ at }) => (
          <span key={at} class="pill pill-accent num">
            {timeIn(week.zone, at)}
          </span>
        ))}
      </div>
      {here.length > SHOWN && (
        <p class="tiny quiet">{t("week-seen-more", { count: here.length - SHOWN })}</p>
      )}
      <p class="tiny quiet">{t("week-seen-zone", { city: cityOf(week.zone) })}</p>
    </div>
  );
}

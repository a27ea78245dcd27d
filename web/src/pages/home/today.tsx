/** The appointments and classes of today: the next one with the way in, and what needs a look. */
import { useEffect, useState } from "preact/hooks";
import { cityOf, dayIn, timeIn } from "../../text/dates";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { listLetters } from "../../wire/letters";
import type { Organisation, OrgHost } from "../../wire/organisations";
import { copy } from "../copy_link";
import { useOrganisation } from "../desk/organisation";
import { hostNow } from "../week/hosts";
import type { Shown } from "../week/shown";
import { WeekStore } from "../week/store";
import { nameOf, noteOf, stateOf, timesOf } from "../week/words";

const MINUTE_MS = 60_000;
/** So long before it begins it stands on top. */
const SOON_MS = 60 * MINUTE_MS;

/** Nothing for who takes no appointments. */
export function Today() {
  const org = useOrganisation();
  const host = org ? hostNow(org) : null;
  if (!org || !host) return null;
  return <TodayOf key={host.id} org={org} host={host} />;
}

function TodayOf({ org, host }: { org: Organisation; host: OrgHost }) {
  const [store] = useState(() => new WeekStore(host.id, host.zone, 1));
  useEffect(() => void store.load(), [store]);
  useEffect(() => store.follow(), [store]);
  const { value: week } = store.week;
  const { value: shown } = store.shown;
  if (!week || !shown) return null;
  const now = store.now.value;
  const here = shown.standing.filter((one) => one.kind !== "block");
  const next = here.find((one) => one.to > now && one.from - now <= SOON_MS);
  return (
    <section class="today" aria-label={t("today-title")}>
      <FailedLetters org={org} />
      {next && <Next one={next} zone={week.zone} now={now} />}
      <div class="row today-head">
        <h2 class="grow">{t("today-title")}</h2>
        {!host.is_own && <span class="small quiet">{host.name}</span>}
        <a class="small" href="/week">
          {t("today-week")}
        </a>
      </div>
      <p class="tiny quiet">
        {t("today-where", { day: dayIn(week.zone, now), city: cityOf(week.zone) })}
      </p>
      {here.length === 0 && (
        <div class="row row-wrap today-none">
          <p class="small quiet">{t("today-none")}</p>
          <Button look="line" size="small" icon="link" onClick={() => void copyPage(org, host)}>
            {t("today-copy-page")}
          </Button>
        </div>
      )}
      <ul class="today-list">
        {here.map((one) => (
          <Line key={one.id} one={one} zone={week.zone} now={now} />
        ))}
      </ul>
    </section>
  );
}

/** The page on which they are booked, to be sent to somebody. */
async function copyPage(org: Organisation, host: OrgHost): Promise<void> {
  const link = `${location.origin}/b/${org.slug}/${host.slug}`;
  await copy(link, t("link-copied"), t("link-copy-failed", { link }));
}

/** Where one goes in: a class has its room, a talk begins in the queue. */
function wayIn({ told }: Shown): string {
  return told.kind === "class" && told.room_code ? `/r/${told.room_code}` : "/queue";
}

function Next({ one, zone, now }: { one: Shown; zone: string; now: number }) {
  const minutes = Math.ceil((one.from - now) / MINUTE_MS);
  return (
    <div class="next today-next">
      <div class="next-words">
        <p class="row row-wrap small">
          <span class="pill pill-accent">
            <Icon name="clock" />
            {minutes > 0 ? t("today-in", { count: minutes }) : t("today-now")}
          </span>
          <span class="quiet num">{timesOf(zone, one)}</span>
        </p>
        <h2>{nameOf(one)}</h2>
        <p class="quiet">{noteOf(one)}</p>
        <div class="next-acts">
          <ButtonLink look="primary" size="large" href={wayIn(one)}>
            {t(one.kind === "class" ? "week-join" : "today-waiting-room")}
          </ButtonLink>
        </div>
      </div>
    </div>
  );
}

function Line({ one, zone, now }: { one: Shown; zone: string; now: number }) {
  const look = ["today-line", `is-${one.kind}`];
  if (one.to <= now) look.push("is-past");
  const [person] = one.people;
  return (
    <li class={look.join(" ")}>
      <time class="num">
        <b>{timeIn(zone, one.from)}</b>
        <span>{timeIn(zone, one.to)}</span>
      </time>
      <i aria-hidden="true" />
      <div class="grow">
        <b class="ell">{nameOf(one)}</b>
        <span class="small quiet">{stateOf(one) || noteOf(one)}</span>
      </div>
      {one.kind === "talk" && person && (
        <ButtonLink look="quiet" size="small" href={`/clients/${person.client_id}`}>
          {t("today-client")}
        </ButtonLink>
      )}
    </li>
  );
}

/** Letters nobody got are said where everybody looks first. */
function FailedLetters({ org }: { org: Organisation }) {
  const [count, setCount] = useState(0);
  useEffect(() => {
    void listLetters(org.id, { state: "failed" }).then(
      (result) => result.ok && setCount(result.value.letters.length),
    );
  }, [org.id]);
  if (count === 0) return null;
  return (
    <div class="banner banner-signal">
      <Icon name="mail" />
      <div>{t("today-letters", { count })}</div>
      <ButtonLink look="line" size="small" href="/letters">
        {t("today-letters-open")}
      </ButtonLink>
    </div>
  );
}

/** What a person learns before joining: the class, who is inside, how good the connection is. */
import { useEffect } from "preact/hooks";
import { zoneHere } from "../../booking/zone";
import { cityOf, dayIn, listOf, timeIn, timeOf } from "../../text/dates";
import { t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Icon, type IconName } from "../../ui/icon";
import type { RoomFacts } from "../../wire/api";
import { checkConnection, type Verdict, verdict, watchConnection } from "./connection";

export function Heading({ facts }: { facts: RoomFacts }) {
  const host = facts.you?.role === "host";
  const with_ = facts.host_name && t("door-with", { host: facts.host_name });
  return (
    <>
      {(host || with_) && <p class="small quiet">{host ? t("door-you-teach") : with_}</p>}
      <h1>{facts.title}</h1>
      <p class="quiet num door-when">
        {facts.live
          ? t("door-live-since", { time: timeOf(facts.live.started_at) })
          : t("door-not-started")}
      </p>
      {!facts.live && facts.next_lesson && <NextLesson at={facts.next_lesson.at} />}
    </>
  );
}

/** In the reader's own zone, which is named. */
function NextLesson({ at }: { at: string }) {
  const zone = zoneHere();
  const from = Date.parse(at);
  const when = { day: dayIn(zone, from), time: timeIn(zone, from), city: cityOf(zone) };
  return <p class="num door-next">{t("timetable-next", when)}</p>;
}

function insideText(facts: RoomFacts): string {
  const { live } = facts;
  if (!live || live.participants === 0) return t("inside-nobody");
  if (live.hosts.length === 0) return t("inside-no-host", { count: live.participants });
  const hosts = listOf(live.hosts);
  const others = live.participants - live.hosts.length;
  return others > 0
    ? t("inside-hosts", { hosts, count: others })
    : t("inside-hosts-only", { hosts });
}

export function Inside({ facts }: { facts: RoomFacts }) {
  const hosts = facts.live?.hosts ?? [];
  const full = facts.live !== null && facts.live.participants >= facts.capacity;
  return (
    <div class="inside" aria-live="polite">
      {hosts.length > 0 && (
        <span class="pile">
          {hosts.slice(0, 3).map((name) => (
            <Avatar key={name} name={name} id={name} size={32} />
          ))}
        </span>
      )}
      <span>{insideText(facts)}</span>
      {full && <span class="pill pill-signal">{t("door-capacity-full")}</span>}
    </div>
  );
}

const SIGNS: Record<Verdict, IconName> = {
  checking: "net",
  good: "net",
  fair: "net-medium",
  weak: "net-weak",
  offline: "net-off",
  blocked: "warn",
};

export function Connection() {
  useEffect(watchConnection, []);
  const now = verdict.value;
  const again = now === "weak" || now === "offline" || now === "fair";
  return (
    <div class={`verdict is-${now}`} role="status">
      <Icon name={SIGNS[now]} />
      <div class="grow">
        <b>{t(`net-${now}`)}</b>
        <span class="quiet">{t(`net-${now}-note`)}</span>
      </div>
      {again && (
        <Button look="quiet" size="small" icon="again" onClick={() => void checkConnection()}>
          {t("net-again")}
        </Button>
      )}
    </div>
  );
}

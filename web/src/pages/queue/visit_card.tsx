/** One who waits: who, why, for how long, whether we see and hear them, and what can be done. */
import { cityOf, timeIn } from "../../text/dates";
import { t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Button, IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Menu, type MenuBreak, type MenuItem } from "../../ui/menu";
import type { DeskHost, DeskVisit } from "../../wire/waiting";
import { isWaiting, signsOf, waitedText } from "./words";

export interface Acts {
  busy: string;
  admit(visit: DeskVisit): void;
  call(visit: DeskVisit): void;
  urgent(visit: DeskVisit, on: boolean): void;
  write(visit: DeskVisit): void;
  pass(visit: DeskVisit): void;
  refuse(visit: DeskVisit): void;
  join(visit: DeskVisit): void;
}

interface Props {
  visit: DeskVisit;
  host: DeskHost | undefined;
  /** Said where several hosts' queues are shown. */
  withHost: boolean;
  now: number;
  acts: Acts;
}

export function VisitCard({ visit, host, withHost, now, acts }: Props) {
  const waits = isWaiting(visit);
  const first = visit.place === 1;
  return (
    <article
      class={`card desk-visit${first ? " is-first" : ""}${visit.is_away ? " is-away" : ""}`}
      aria-label={visit.name}
    >
      <span class="queue-n num">{waits ? visit.place : <Icon name="cam" />}</span>
      <Avatar name={visit.name} id={visit.client_id || visit.id} size={44} />
      <div class="desk-who">
        <h3>
          <span>{visit.name}</span>
          <Pills visit={visit} host={host} withHost={withHost} />
          {waits && <Signs visit={visit} />}
        </h3>
        {visit.reason && <p class="desk-reason">{visit.reason}</p>}
        {waits && visit.state === "checking" && <p class="quiet">{t("queue-checking")}</p>}
        <LastLine visit={visit} />
      </div>
      {waits && (
        <div class="desk-waited">
          <b class="num">{waitedText(visit.came, now)}</b>
          <span>{t("queue-waiting")}</span>
        </div>
      )}
      <Actions visit={visit} first={first} acts={acts} />
    </article>
  );
}

function Pills({ visit, host, withHost }: Pick<Props, "visit" | "host" | "withHost">) {
  const zone = host?.zone ?? "UTC";
  return (
    <>
      {visit.planned && (
        <span class="pill num">
          {t("queue-planned", {
            time: timeIn(zone, Date.parse(visit.planned)),
            city: cityOf(zone),
          })}
        </span>
      )}
      {visit.urgency !== "" && (
        <span class="pill pill-danger">
          <Icon name="warn" />
          <span>{t("queue-urgent")}</span>
        </span>
      )}
      {visit.state === "called" && <span class="pill pill-accent">{t("queue-called")}</span>}
      {visit.state === "admitted" && <span class="pill pill-accent">{t("queue-admitted")}</span>}
      {visit.state === "inside" && <span class="pill pill-ok">{t("queue-inside")}</span>}
      {visit.is_away && <span class="pill pill-signal">{t("queue-away")}</span>}
      {!visit.is_known && <span class="pill">{t("queue-other-device")}</span>}
      {withHost && host && <span class="pill">{host.name}</span>}
    </>
  );
}

/** Each thing that was checked, by sign and word. */
function Signs({ visit }: { visit: DeskVisit }) {
  return (
    <span class="desk-signs">
      {signsOf(visit.checked).map(({ sign, kind, found, ok }) => {
        const label = t("queue-found", {
          kind: t(`queue-kind-${kind}`),
          found: t(`wait-found-${found}`),
        });
        return (
          <span
            key={kind}
            class={ok ? "" : "is-bad"}
            role="img"
            aria-label={label}
            data-tip={label}
          >
            <Icon
              name={!ok && sign === "mic" ? "mic-off" : !ok && sign === "cam" ? "cam-off" : sign}
            />
          </span>
        );
      })}
    </span>
  );
}

function LastLine({ visit }: { visit: DeskVisit }) {
  const last = visit.messages.at(-1);
  if (last?.name !== "") return null;
  return (
    <p class="desk-last">
      <Icon name="chat" />
      <span>{last.text}</span>
    </p>
  );
}

function Actions({ visit, first, acts }: { visit: DeskVisit; first: boolean; acts: Acts }) {
  const busy = acts.busy === visit.id;
  if (!isWaiting(visit))
    return (
      <div class="desk-acts">
        <Button look="primary" icon="enter" onClick={() => acts.join(visit)}>
          {t("queue-join")}
        </Button>
      </div>
    );
  const checking = visit.state === "checking";
  const items: (MenuItem | MenuBreak)[] = [
    { label: t("queue-call"), icon: "bell", run: () => acts.call(visit) },
    ...(checking
      ? [{ label: t("queue-admit-anyway"), icon: "enter" as const, run: () => acts.admit(visit) }]
      : []),
    visit.urgency === ""
      ? { label: t("queue-mark"), icon: "warn", run: () => acts.urgent(visit, true) }
      : { label: t("queue-unmark"), icon: "check", run: () => acts.urgent(visit, false) },
    { label: t("queue-pass"), icon: "people", run: () => acts.pass(visit) },
    { heading: null },
    { label: t("queue-refuse"), icon: "remove", danger: true, run: () => acts.refuse(visit) },
  ];
  return (
    <div class="desk-acts">
      {checking ? (
        <Button disabled>{t("queue-not-ready")}</Button>
      ) : (
        <Button
          look={first ? "primary" : "line"}
          waiting={busy && t("queue-admitting")}
          onClick={() => acts.admit(visit)}
        >
          {t("queue-admit")}
        </Button>
      )}
      <IconButton
        icon="chat"
        label={t("queue-write-to", { name: visit.name })}
        onClick={() => acts.write(visit)}
      />
      <Menu label={t("queue-more", { name: visit.name })} items={items} />
    </div>
  );
}

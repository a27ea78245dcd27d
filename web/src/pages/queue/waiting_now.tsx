/** Who waits now, on the home page: the first of them, and the way to the queue. */
import { t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { ButtonLink } from "../../ui/button";
import { useOrganisation } from "../desk/organisation";
import { desk, useDesk } from "./feed";
import "./ringing";
import { useTick } from "./tick";
import { waitedText, waitingOf } from "./words";

const SHOWN = 3;

export function WaitingNow() {
  const org = useOrganisation();
  useDesk(org?.id ?? "");
  const now = desk.value;
  const waiting = now === null ? [] : waitingOf(now);
  if (waiting.length === 0) return null;
  return <List waiting={waiting} />;
}

function List({ waiting }: { waiting: ReturnType<typeof waitingOf> }) {
  const now = useTick();
  return (
    <section aria-label={t("queue-now")}>
      <h2>{t("queue-now")}</h2>
      <div class="card">
        {waiting.slice(0, SHOWN).map((visit) => (
          <div key={visit.id} class="desk-past">
            <Avatar name={visit.name} id={visit.client_id || visit.id} size={32} />
            <span class="ell">
              <b>{visit.name}</b> <span class="quiet">{visit.reason}</span>
            </span>
            <span class="num small quiet">{waitedText(visit.came, now)}</span>
          </div>
        ))}
        <div class="card-pad">
          <ButtonLink look="primary" href="/queue">
            {t("queue-open")}
          </ButtonLink>
        </div>
      </div>
    </section>
  );
}

/** How many wait, beside the word in the navigation; nothing for nobody. */
export function WaitingBadge() {
  const org = useOrganisation();
  useDesk(org?.id ?? "");
  const count = desk.value === null ? 0 : waitingOf(desk.value).length;
  if (count === 0) return null;
  return (
    // Whoever listens hears of everybody who comes (ringing.ts); the link keeps its name.
    <span class="badge badge-signal num" aria-hidden="true">
      {count}
    </span>
  );
}

/** Beside the queue: who takes visitors at once, who of the team is here, and being told. */
import { cityOf, timeIn } from "../../text/dates";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Switch } from "../../ui/field";
import { beFree, type Desk, type DeskHost } from "../../wire/waiting";
import { done } from "./acts";
import { askForNotices, notices } from "./ringing";

export function Aside({ desk }: { desk: Desk }) {
  const led = desk.hosts
    .filter((one) => one.is_mine)
    .sort((a, b) => Number(b.is_own) - Number(a.is_own));
  const others = desk.hosts.filter((one) => !one.is_own);
  return (
    <aside class="desk-aside">
      {led.map((host) => (
        <FreeNow key={host.id} host={host} desk={desk} alone={led.length === 1} />
      ))}
      {others.length > 0 && (
        <section class="card card-pad">
          <h2>{t("queue-team")}</h2>
          <ul class="desk-team">
            {others.map((host) => (
              <li key={host.id}>
                <span class="grow ell">{host.name}</span>
                <span class={host.is_here ? "pill pill-ok" : "pill"}>
                  {t(host.is_here ? "queue-here" : "queue-gone")}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {notices.value === "default" && (
        <Button look="line" icon="bell" onClick={() => void askForNotices()}>
          {t("queue-notices")}
        </Button>
      )}
    </aside>
  );
}

function FreeNow({ host, desk, alone }: { host: DeskHost; desk: Desk; alone: boolean }) {
  const next = host.next_at;
  return (
    <section class="card card-pad desk-free">
      <Switch
        label={alone ? t("queue-free") : t("queue-free-of", { name: host.name })}
        checked={host.is_free}
        onChange={(on) => void done(beFree(desk.organisation_id, host.id, on))}
      />
      <p class="small quiet">{t(host.is_free ? "queue-free-on" : "queue-free-off")}</p>
      {next && (
        <p class="small quiet num">
          {t("queue-next", { time: timeIn(host.zone, Date.parse(next)), city: cityOf(host.zone) })}
        </p>
      )}
    </section>
  );
}

/** The queue: who waits, in the order of their turn, and the talks that go on. */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Icon } from "../../ui/icon";
import type { Desk, DeskVisit } from "../../wire/waiting";
import { DeskFrame } from "../desk/frame";
import { useOrganisation } from "../desk/organisation";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { Begin } from "../organisation/begin";
import { type Asked, useActs } from "./acts";
import { Aside } from "./aside";
import { Dialogs } from "./dialogs";
import { Earlier, Unsure } from "./earlier";
import { desk, deskFault, deskLine, useDesk } from "./feed";
import "./ringing";
import { useTick } from "./tick";
import { VisitCard } from "./visit_card";
import { insideOf, waitingOf } from "./words";

export function Page() {
  const org = useOrganisation();
  const [asked, setAsked] = useState<Asked>(null);
  useDesk(org?.id ?? "");
  const now = desk.value;
  const count = now === null ? 0 : waitingOf(now).length;
  if (org === null)
    return (
      <DeskFrame at="queue" title={t("desk-queue")}>
        <Begin />
      </DeskFrame>
    );
  return (
    <DeskFrame
      at="queue"
      title={t("desk-queue")}
      actions={
        count > 0 && (
          <Button look="line" icon="megaphone" onClick={() => setAsked({ what: "all" })}>
            {t("queue-write-all")}
          </Button>
        )
      }
    >
      {now === null ? (
        deskFault.value ? (
          <LoadFault problem={deskFault.value} onAgain={() => location.reload()} />
        ) : (
          <Loading />
        )
      ) : (
        <Queue now={now} onAsk={setAsked} />
      )}
      {now !== null && <Dialogs asked={asked} desk={now} onClose={() => setAsked(null)} />}
    </DeskFrame>
  );
}

function Queue({ now, onAsk }: { now: Desk; onAsk(asked: Asked): void }) {
  const acts = useActs(onAsk);
  const time = useTick();
  const [waiting, inside] = [waitingOf(now), insideOf(now)];
  const led = now.hosts.filter((one) => one.is_mine);
  const card = (visit: DeskVisit) => (
    <VisitCard
      key={visit.id}
      visit={visit}
      host={now.hosts.find((one) => one.id === visit.host_id)}
      withHost={led.length > 1}
      now={time}
      acts={acts}
    />
  );
  return (
    <div class="desk-queue">
      <section class="desk-list" aria-label={t("desk-queue")}>
        {!deskLine.value && (
          <p class="banner banner-signal" role="status">
            <Icon name="net-off" />
            <span>{t("queue-line-lost")}</span>
          </p>
        )}
        {waiting.length > 0 && <p class="quiet">{t("queue-count", { count: waiting.length })}</p>}
        {inside.map(card)}
        {waiting.map(card)}
        {waiting.length === 0 && inside.length === 0 && <Empty />}
        <p class="small quiet row desk-apart">
          <Icon name="lock" />
          <span>{t("queue-apart")}</span>
        </p>
        <Unsure desk={now} />
        <Earlier desk={now} />
      </section>
      <Aside desk={now} />
    </div>
  );
}

function Empty() {
  return (
    <div class="card empty">
      <p>{t("queue-empty")}</p>
      <ButtonLink look="line" href="/week">
        {t("queue-to-week")}
      </ButtonLink>
    </div>
  );
}

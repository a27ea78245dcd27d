/** The newest messages to one webhook, looked at again as long as they are shown; and a test. */
import { useEffect, useState } from "preact/hooks";
import { agoOf, timeOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button } from "../../ui/button";
import { Icon, type IconName } from "../../ui/icon";
import { toast } from "../../ui/live";
import { type Delivery, listDeliveries, testHook, type Webhook } from "../../wire/programs";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { kindText, reasonText } from "./hook_words";
import { useLoaded } from "./loaded";

const PERIOD_MS = 5000;
/** While something was not tried yet. */
const SOON_MS = 1000;

interface DeliveriesProps {
  hook: Webhook;
  /** Something was sent: whether it fails may have changed. */
  onChange(): Promise<void>;
}

export function Deliveries({ hook, onChange }: DeliveriesProps) {
  const { list, fault, refresh } = useLoaded(() => listDeliveries(hook.id));
  const [busy, setBusy] = useState(false);
  const isNew = list?.some((one) => one.state === "waiting" && one.attempts === 0) ?? false;
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") void refresh();
    };
    const timer = setInterval(look, isNew ? SOON_MS : PERIOD_MS);
    return () => clearInterval(timer);
  }, [isNew]);
  const tries = list?.map((one) => `${one.id} ${one.attempts}`).join();
  useEffect(() => {
    if (tries) void onChange();
  }, [tries]);
  const test = async () => {
    setBusy(true);
    const result = await testHook(hook.id);
    setBusy(false);
    toast(result.ok ? t("hook-test-sent") : refusalText(result.error.code, result.error.params));
    await refresh();
  };
  return (
    <div class="deliveries">
      {fault && <LoadFault problem={fault} onAgain={() => void refresh()} />}
      {!list && !fault && <Loading />}
      {list?.length === 0 && <p class="small quiet">{t("hook-deliveries-empty")}</p>}
      {list && list.length > 0 && (
        <ul aria-label={t("hook-deliveries")}>
          {list.map((one) => (
            <DeliveryRow key={one.id} delivery={one} />
          ))}
        </ul>
      )}
      <div>
        <Button
          look="line"
          size="small"
          icon="send"
          disabled={!hook.is_on}
          waiting={busy && t("hook-testing")}
          onClick={() => void test()}
        >
          {t("hook-test")}
        </Button>
        {!hook.is_on && <p class="small quiet">{t("hook-test-off")}</p>}
      </div>
    </div>
  );
}

const SIGNS: Record<Delivery["state"], { icon: IconName; look: string }> = {
  waiting: { icon: "clock", look: "pill" },
  taken: { icon: "check", look: "pill pill-ok" },
  failed: { icon: "close", look: "pill pill-signal" },
};

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const { icon, look } = SIGNS[delivery.state];
  const reason = reasonText(delivery);
  const story = [reason, t("hook-attempts", { count: delivery.attempts })];
  if (delivery.next_at) story.push(t("hook-next", { time: timeOf(delivery.next_at) }));
  return (
    <li class="delivery">
      <span class={look}>
        <Icon name={icon} />
        {t(`hook-state-${delivery.state}`)}
      </span>
      <div class="grow">
        {kindText(delivery.type)}
        <span class="quiet"> · {agoOf(delivery.created_at, Date.now())}</span>
        {reason && <p class="quiet">{story.join(language.value === "zh-CN" ? "" : " ")}</p>}
      </div>
    </li>
  );
}

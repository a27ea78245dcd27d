/** Every browser that is signed in to the account, each with the way to sign it out. */
import { useState } from "preact/hooks";
import { agoOf, dayOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { toast } from "../../ui/live";
import { listSignedIn, revokeSignedIn, type SignedIn } from "../../wire/api";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { agentOf } from "./agent";
import { useLoaded } from "./loaded";

function nameOf(one: SignedIn): string {
  const agent = agentOf(one.agent);
  return agent
    ? t("device-on", { browser: agent.browser, system: agent.system })
    : t("device-unknown");
}

export function Sessions() {
  const { list, fault, refresh } = useLoaded(listSignedIn);
  const revoke = async (one: SignedIn) => {
    const result = await revokeSignedIn(one.id);
    toast(
      result.ok
        ? t("settings-revoked", { device: nameOf(one) })
        : refusalText(result.error.code, result.error.params),
    );
    await refresh();
  };
  if (fault) return <LoadFault problem={fault} onAgain={() => void refresh()} />;
  if (!list) return <Loading />;
  const sorted = [...list].sort((a, b) => Number(b.current) - Number(a.current));
  return (
    <ul class="sessions">
      {sorted.map((one) => (
        <SessionRow key={one.id} one={one} onRevoke={() => revoke(one)} />
      ))}
    </ul>
  );
}

function SessionRow({ one, onRevoke }: { one: SignedIn; onRevoke(): Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    await onRevoke();
    setBusy(false);
  };
  const name = nameOf(one);
  return (
    <li class="session">
      <Icon name={agentOf(one.agent)?.handheld ? "phone" : "laptop"} />
      <div class="grow">
        <b>{name}</b>
        <p class="small quiet">
          {t("settings-since", { date: dayOf(one.created_at) })}
          {!one.current && ` · ${t("settings-seen", { when: agoOf(one.seen_at, Date.now()) })}`}
        </p>
      </div>
      {one.current ? (
        <span class="pill pill-ok">{t("settings-this-device")}</span>
      ) : (
        <Button
          look="line"
          size="small"
          waiting={busy && t("settings-revoke")}
          aria-label={t("settings-revoke-of", { device: name })}
          onClick={() => void act()}
        >
          {t("settings-revoke")}
        </Button>
      )}
    </li>
  );
}

/** Webhooks: which systems hear what of the own classes, and whether the messages arrive. */
import { useState } from "preact/hooks";
import { agoOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { Switch } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { toast } from "../../ui/live";
import { listRooms, type Room } from "../../wire/api";
import { listHooks, removeHook, switchHook, type Webhook } from "../../wire/programs";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { Sure } from "../sure";
import { Deliveries } from "./deliveries";
import { kindsText } from "./hook_words";
import { useLoaded } from "./loaded";
import { NewHook } from "./new_hook";
import { Section } from "./section";
import { ShownOnce } from "./shown_once";

export function Webhooks() {
  const { list, fault, refresh } = useLoaded(listHooks);
  const rooms = useLoaded(listRooms).list ?? [];
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [leaving, setLeaving] = useState<Webhook | null>(null);
  return (
    <Section title={t("hook-title")} note={t("hook-note")}>
      {fault && <LoadFault problem={fault} onAgain={() => void refresh()} />}
      {!list && !fault && <Loading />}
      {list?.length === 0 && <p class="small quiet">{t("hook-empty")}</p>}
      {list && list.length > 0 && (
        <ul class="sessions">
          {list.map((one) => (
            <HookRow
              key={one.id}
              hook={one}
              rooms={rooms}
              onChange={refresh}
              onDelete={() => setLeaving(one)}
            />
          ))}
        </ul>
      )}
      <div>
        <Button look="line" icon="plus" onClick={() => setMaking(true)}>
          {t("hook-new")}
        </Button>
      </div>
      <NewHook
        open={making}
        rooms={rooms}
        onClose={() => setMaking(false)}
        onMade={(made) => {
          setSecret(made);
          void refresh();
        }}
      />
      <ShownOnce
        secret={secret}
        title={t("hook-made")}
        note={t("hook-made-note")}
        onClose={() => setSecret(null)}
      />
      <Sure
        thing={leaving}
        onClose={() => setLeaving(null)}
        title={() => t("hook-delete-title")}
        note={t("hook-delete-note", { url: leaving?.url ?? "" })}
        action={t("hook-delete")}
        waiting={t("hook-deleting")}
        done={() => t("hook-deleted")}
        send={(one) => removeHook(one.id)}
        onDone={refresh}
      />
    </Section>
  );
}

interface HookRowProps {
  hook: Webhook;
  rooms: readonly Room[];
  onChange(): Promise<void>;
  onDelete(): void;
}

function HookRow({ hook, rooms, onChange, onDelete }: HookRowProps) {
  const [open, setOpen] = useState(false);
  const where = rooms.find((room) => room.id === hook.room_id)?.title ?? t("hook-room-gone");
  const flip = async (on: boolean) => {
    const result = await switchHook(hook.id, on);
    if (!result.ok) toast(refusalText(result.error.code, result.error.params));
    await onChange();
  };
  return (
    <li class="hook">
      <div class="hook-head">
        <div class="grow">
          <b class="ell">{hook.url}</b>
          <p class="small quiet">
            {hook.room_id === "" ? t("hook-room-all") : where} · {kindsText(hook.kinds)}
          </p>
          <Failing hook={hook} />
        </div>
        <Switch
          label={t(hook.is_on ? "hook-on" : "hook-off")}
          checked={hook.is_on}
          onChange={(on) => void flip(on)}
        />
      </div>
      <div class="hook-acts">
        <Button
          look="quiet"
          size="small"
          icon={open ? "up" : "down"}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t("hook-deliveries")}
        </Button>
        <span class="grow" />
        <IconButton
          icon="trash"
          label={t("hook-delete-of", { url: hook.url })}
          onClick={onDelete}
        />
      </div>
      {open && <Deliveries hook={hook} onChange={onChange} />}
    </li>
  );
}

function Failing({ hook }: { hook: Webhook }) {
  if (!hook.failing_since) return null;
  return (
    <p class="hook-failing small">
      <Icon name="warn" />
      {t("hook-failing", { when: agoOf(hook.failing_since, Date.now()) })}
    </p>
  );
}

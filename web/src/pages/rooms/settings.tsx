/** How a room's class begins, how many may be in it, and what is recorded of it. */
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Dialog } from "../../ui/dialog";
import { Field, Switch } from "../../ui/field";
import { FormFoot } from "../../ui/form_foot";
import { toast } from "../../ui/live";
import { changeRoom, type Room } from "../../wire/api";
import {
  DAYS_MAX,
  FIRST_RULES,
  RecordingSettings,
  rulesOf,
  storedRules,
} from "./recording_settings";
import { refreshRooms } from "./store";

const CAPACITY_MAX = 500;

/** The number that was written; null when nothing was, and undefined when it is none. */
export function readCapacity(text: string): number | null | undefined {
  const plain = text.trim();
  if (plain === "") return null;
  const count = /^\d{1,4}$/.test(plain) ? Number(plain) : 0;
  return count >= 1 && count <= CAPACITY_MAX ? count : undefined;
}

/** `room` is null while nothing is asked. */
export function RoomSettings({ room, onClose }: { room: Room | null; onClose(): void }) {
  const [capacity, setCapacity] = useState("");
  const [lobby, setLobby] = useState(false);
  const [rules, setRules] = useState(FIRST_RULES);
  const [fault, setFault] = useState<string | null>(null);
  const [rulesFault, setRulesFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    setCapacity(room?.capacity?.toString() ?? "");
    setLobby(room?.lobby ?? false);
    if (room) setRules(rulesOf(room));
    setFault(null);
    setRulesFault(null);
  }, [room]);
  const send = async (event: Event) => {
    event.preventDefault();
    const count = readCapacity(capacity);
    if (!room) return;
    if (count === undefined) return setFault(t("lobby-capacity-fault", { max: CAPACITY_MAX }));
    const stored = storedRules(rules);
    if (!stored) return setRulesFault(t("recording-days-fault", { max: DAYS_MAX }));
    setBusy(true);
    const result = await changeRoom(room.id, { capacity: count, lobby, ...stored });
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    onClose();
    toast(t("lobby-settings-saved"));
    await refreshRooms();
  };
  return (
    <Dialog
      open={room !== null}
      title={t("lobby-settings-title", { title: room?.title ?? "" })}
      onClose={onClose}
    >
      <form class="stack" onSubmit={(event) => void send(event)} noValidate>
        <Switch label={t("lobby-switch")} checked={lobby} onChange={setLobby} />
        <Field
          label={t("lobby-capacity")}
          hint={t("lobby-capacity-hint")}
          value={capacity}
          onValue={(value) => {
            setCapacity(value);
            setFault(null);
          }}
          fault={fault}
          inputMode="numeric"
          maxLength={4}
          autocomplete="off"
        />
        <p class="small quiet">{t("lobby-settings-note")}</p>
        <RecordingSettings
          rules={rules}
          fault={rulesFault}
          onRules={(now) => {
            setRules(now);
            setRulesFault(null);
          }}
        />
        <FormFoot action={t("rooms-save")} waiting={busy && t("rooms-saving")} onClose={onClose} />
      </form>
    </Dialog>
  );
}

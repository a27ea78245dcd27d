/** A new webhook: where to, of which room, and what it hears of. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Dialog } from "../../ui/dialog";
import { Field, FormFault, Select, Switch } from "../../ui/field";
import { FormFoot } from "../../ui/form_foot";
import type { Room } from "../../wire/api";
import { addHook, KINDS } from "../../wire/programs";
import { kindText } from "./hook_words";

const URL_MAX = 500;

interface NewHookProps {
  open: boolean;
  rooms: readonly Room[];
  onClose(): void;
  /** With the secret, which is told only now. */
  onMade(secret: string): void;
}

export function NewHook({ open, ...form }: NewHookProps) {
  return (
    <Dialog open={open} title={t("hook-new-title")} onClose={form.onClose}>
      <NewHookForm {...form} />
    </Dialog>
  );
}

/** Drawn anew with each opening: it begins empty, and hears of everything. */
function NewHookForm({ rooms, onClose, onMade }: Omit<NewHookProps, "open">) {
  const [url, setUrl] = useState("");
  const [room, setRoom] = useState("");
  const [kinds, setKinds] = useState<readonly string[]>(KINDS);
  const [withPeople, setWithPeople] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    if (kinds.length === 0) return setFault(t("hook-kinds-missing"));
    setBusy(true);
    const result = await addHook({
      url: url.trim(),
      room_id: room,
      kinds,
      with_people: withPeople,
    });
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    onClose();
    onMade(result.value.secret);
  };
  const options = rooms.map((one) => ({ value: one.id, label: one.title }));
  return (
    <form class="stack" onSubmit={(event) => void send(event)} noValidate>
      <Field
        label={t("hook-url")}
        hint={t("hook-url-hint")}
        placeholder="https://"
        value={url}
        onValue={(value) => {
          setUrl(value);
          setFault(null);
        }}
        maxLength={URL_MAX}
        autocomplete="off"
        spellcheck={false}
        autofocus
      />
      <Select
        label={t("hook-room")}
        options={[{ value: "", label: t("hook-room-all") }, ...options]}
        value={room}
        onPick={setRoom}
      />
      <fieldset class="hook-kinds">
        <legend class="label">{t("hook-kinds")}</legend>
        {KINDS.map((kind) => (
          <Switch
            key={kind}
            label={kindText(kind)}
            checked={kinds.includes(kind)}
            onChange={(on) => {
              setKinds(KINDS.filter((one) => (one === kind ? on : kinds.includes(one))));
              setFault(null);
            }}
          />
        ))}
      </fieldset>
      <div>
        <Switch label={t("hook-people")} checked={withPeople} onChange={setWithPeople} />
        <p class="field-hint">{t("hook-people-note")}</p>
      </div>
      <FormFault>{fault}</FormFault>
      <FormFoot action={t("hook-add")} waiting={busy && t("hook-adding")} onClose={onClose} />
    </form>
  );
}

/** What an organisation knows of whoever comes, and their rights over it. */
import { useState } from "preact/hooks";
import { among } from "../../text/among";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field, FormFault, Switch } from "../../ui/field";
import { toast } from "../../ui/live";
import { changePerson, remind, type Wish, wish } from "../../wire/book_calls";
import type { Mine } from "../../wire/booking";

/** One of each organisation: whoever comes is another client in each. */
export function oneOfEach(bookings: readonly Mine[]): Mine[] {
  const seen = new Map<string, Mine>();
  for (const one of bookings) {
    const key = `${one.organisation.slug} ${one.person.email}`;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

export function People({ bookings, onChanged }: { bookings: readonly Mine[]; onChanged(): void }) {
  return (
    <section class="mine-list">
      <h2>{t("mine-person")}</h2>
      <ul class="card rows">
        {oneOfEach(bookings).map((one) => (
          <Person key={one.id} mine={one} onChanged={onChanged} />
        ))}
      </ul>
    </section>
  );
}

type Asking = "edit" | Wish | null;

function Person({ mine, onChanged }: { mine: Mine; onChanged(): void }) {
  const { person, organisation } = mine;
  const [asking, setAsking] = useState<Asking>(null);
  const turn = async (on: boolean) => {
    const answer = await remind({ id: mine.id, token: "" }, on);
    if (!answer.ok) toast(refusalText(answer.error.code, answer.error.params));
    onChanged();
  };
  return (
    <li>
      <span class="grow">
        <b>{person.name}</b>
        <span class="quiet">
          {person.email}
          {person.phone && ` · ${person.phone}`} · {organisation.name}
        </span>
        <Switch
          label={t("mine-reminders")}
          checked={person.wants_reminders}
          onChange={(on) => void turn(on)}
        />
      </span>
      <span class="mine-acts">
        <Button look="line" icon="pen" onClick={() => setAsking("edit")}>
          {t("mine-edit")}
        </Button>
        <Button look="quiet" onClick={() => setAsking("export")}>
          {t("mine-export")}
        </Button>
        <Button look="quiet" onClick={() => setAsking("erase")}>
          {t("mine-erase")}
        </Button>
      </span>
      <Edit
        open={asking === "edit"}
        mine={mine}
        onClose={() => setAsking(null)}
        onChanged={onChanged}
      />
      <WishDialog
        what={asking === "export" || asking === "erase" ? asking : null}
        mine={mine}
        onClose={() => setAsking(null)}
      />
    </li>
  );
}

interface EditProps {
  open: boolean;
  mine: Mine;
  onClose(): void;
  onChanged(): void;
}

function Edit({ open, mine, onClose, onChanged }: EditProps) {
  const [name, setName] = useState(mine.person.name);
  const [phone, setPhone] = useState(mine.person.phone);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const save = async () => {
    setSaving(true);
    const answer = await changePerson({ booking_id: mine.id, name, phone });
    setSaving(false);
    if (!answer.ok) return setFault(refusalText(answer.error.code, answer.error.params));
    setFault(null);
    onClose();
    onChanged();
  };
  return (
    <Dialog
      open={open}
      title={t("mine-edit")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" waiting={saving && t("book-sending")} onClick={() => void save()}>
            {t("mine-save")}
          </Button>
        </>
      }
    >
      <Field
        label={t("field-name")}
        value={name}
        autocomplete="name"
        maxLength={60}
        onValue={setName}
      />
      <Field
        label={t("book-optional", { label: t("mine-phone") })}
        value={phone}
        autocomplete="tel"
        maxLength={40}
        onValue={setPhone}
      />
      <FormFault>{fault}</FormFault>
    </Dialog>
  );
}

interface WishProps {
  what: Wish | null;
  mine: Mine;
  onClose(): void;
}

/** The organisation sees what was asked for, and does it: it may have to keep some of it. */
function WishDialog({ what, mine, onClose }: WishProps) {
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const name = among(mine.organisation.name);
  const send = async () => {
    if (!what) return;
    setSending(true);
    const answer = await wish({ id: mine.id, token: "" }, what);
    setSending(false);
    if (!answer.ok) return setFault(refusalText(answer.error.code, answer.error.params));
    setFault(null);
    onClose();
    toast(t("mine-wish-sent", { name }));
  };
  const isErase = what === "erase";
  return (
    <Dialog
      open={what !== null}
      title={t(isErase ? "mine-erase" : "mine-export")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            look={isErase ? "danger" : "primary"}
            waiting={sending && t("book-sending")}
            onClick={() => void send()}
          >
            {t("mine-wish-press")}
          </Button>
        </>
      }
    >
      <p>{t(isErase ? "mine-erase-note" : "mine-export-note", { name })}</p>
      <FormFault>{fault}</FormFault>
    </Dialog>
  );
}

/** The quiet sheet in the middle of the page that sign-in, sign-up and set-up share. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { refusalText } from "../text/refusal";
import { t } from "../text/text";
import { IconButton } from "../ui/button";
import { Field } from "../ui/field";
import { Mark } from "../ui/mark";
import type { Session } from "../wire/api";
import type { Reply } from "../wire/http";
import { keepSession } from "./account";
import { type EntryFaults, type EntryValues, FIELD_OF_CODE, faultsOf } from "./entry_faults";
import { DoorFrame, useTitle } from "./frame";

interface SheetProps {
  title: string;
  lead: string;
  children: ComponentChildren;
  /** The way to the neighbouring page. */
  foot?: ComponentChildren;
}

export function EntrySheet({ title, lead, children, foot }: SheetProps) {
  useTitle(title);
  return (
    <DoorFrame class="entry">
      <div class="entry-sheet">
        <Mark class="entry-mark" />
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {children}
        {foot && <div class="entry-foot small quiet">{foot}</div>}
      </div>
    </DoorFrame>
  );
}

interface Sending {
  faults: EntryFaults;
  /** What the whole form was refused for. */
  refused: string | null;
  waiting: boolean;
  send(event: Event): Promise<void>;
}

interface Sent {
  values: EntryValues;
  /** A new account: the password must be good, not only there. */
  fresh: boolean;
  request(): Reply<Session>;
  done(): void;
}

/** Checks the fields, sends, and puts each fault where it belongs. */
export function useSending({ values, fresh, request, done }: Sent): Sending {
  const [faults, setFaults] = useState<EntryFaults>({});
  const [refused, setRefused] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    const found = sentences(faultsOf(values, fresh));
    setFaults(found);
    setRefused(null);
    if (Object.keys(found).length > 0) return focusFault(event.currentTarget);
    setWaiting(true);
    const result = await request();
    setWaiting(false);
    if (result.ok) {
      keepSession(result);
      return done();
    }
    const text = refusalText(result.error.code, result.error.params);
    const field = FIELD_OF_CODE[result.error.code];
    if (field) setFaults({ [field]: text });
    else setRefused(text);
  };
  return { faults, refused, waiting, send };
}

function sentences(keys: EntryFaults): EntryFaults {
  return Object.fromEntries(Object.entries(keys).map(([field, key]) => [field, t(key)]));
}

/** Puts the cursor where the first fault is, once the fault is drawn. */
function focusFault(form: EventTarget | null): void {
  if (!(form instanceof HTMLFormElement)) return;
  requestAnimationFrame(() => {
    form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  });
}

interface PasswordProps {
  value: string;
  onValue(value: string): void;
  fault?: string | null;
  /** A new password is made here, not remembered. */
  fresh?: boolean;
}

export function PasswordField({ value, onValue, fault, fresh }: PasswordProps) {
  const [shown, setShown] = useState(false);
  return (
    <div class="password">
      <Field
        label={t("field-password")}
        name="password"
        type={shown ? "text" : "password"}
        value={value}
        onValue={onValue}
        fault={fault}
        hint={fresh ? t("field-password-hint") : undefined}
        autocomplete={fresh ? "new-password" : "current-password"}
        spellcheck={false}
        maxLength={200}
        required
      />
      <IconButton
        icon={shown ? "eye-off" : "eye"}
        label={shown ? t("password-hide") : t("password-show")}
        onClick={() => setShown(!shown)}
      />
    </div>
  );
}

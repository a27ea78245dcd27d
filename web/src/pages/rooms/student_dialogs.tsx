/** The questions about somebody enrolled: name, address and role; and a new link for the old one. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Dialog } from "../../ui/dialog";
import { Field, FormFault, Select } from "../../ui/field";
import { FormFoot } from "../../ui/form_foot";
import { changeEnrolment, type Enrolment, renewLink } from "../../wire/enrolments";
import type { GivenRole } from "../../wire/messages";
import { NAME_MAX } from "../../wire/messages";
import { Sure } from "../sure";
import { roleOf, roleOptions } from "./student_adding";
import { copyOwnLink } from "./student_doings";

interface QuestionProps {
  room: string;
  one: Enrolment;
  onClose(): void;
  onDone(): void;
}

export function ChangeStudent({ room, one, onClose, onDone }: QuestionProps) {
  const [name, setName] = useState(one.name);
  const [email, setEmail] = useState(one.email);
  const [role, setRole] = useState<GivenRole>(one.role);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    if (name.trim() === "") return setFault(t("name-missing"));
    setBusy(true);
    const result = await changeEnrolment(room, one.id, { name, email, role });
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    onClose();
    onDone();
  };
  return (
    <Dialog open title={t("enrol-change-of", { name: one.name })} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void send(event)} noValidate>
        <Field
          label={t("enrol-name")}
          value={name}
          onValue={setName}
          maxLength={NAME_MAX}
          autocomplete="off"
          spellcheck={false}
          autofocus
        />
        <Field
          label={t("enrol-email")}
          hint={t("enrol-email-hint")}
          type="email"
          value={email}
          onValue={setEmail}
          autocomplete="off"
        />
        <Select
          label={t("enrol-role")}
          options={roleOptions()}
          value={role}
          onPick={(picked) => setRole(roleOf(picked))}
        />
        <FormFault>{fault}</FormFault>
        <FormFoot action={t("rooms-save")} waiting={busy && t("rooms-saving")} onClose={onClose} />
      </form>
    </Dialog>
  );
}

export function NewLink({ room, one, onClose, onDone }: QuestionProps) {
  return (
    <Sure
      thing={one}
      onClose={onClose}
      look="primary"
      title={({ name }) => t("enrol-new-link-of", { name })}
      note={t("enrol-new-link-note")}
      action={t("enrol-new-link-do")}
      waiting={t("enrol-new-link-making")}
      send={async ({ id }) => {
        const made = await renewLink(room, id);
        if (made.ok) await copyOwnLink(made.value);
        return made;
      }}
      onDone={async () => onDone()}
    />
  );
}

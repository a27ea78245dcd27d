/** Enrolling people: names are written or pasted, and seen as they are understood before they go. */
import { useId, useMemo, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Dialog } from "../../ui/dialog";
import { FormFault, Select } from "../../ui/field";
import { FormFoot } from "../../ui/form_foot";
import { toast } from "../../ui/live";
import { AT_ONCE_MAX, type Enrolment, enrol } from "../../wire/enrolments";
import type { GivenRole } from "../../wire/messages";
import { type Line, readPeople } from "./people_list";

const ROLES: readonly GivenRole[] = ["student", "assistant", "observer"];
export const roleOptions = () =>
  ROLES.map((role) => ({ value: role, label: t(`report-role-${role}`) }));
export const roleOf = (text: string) => ROLES.find((role) => role === text) ?? "student";

interface AddProps {
  room: string;
  known: readonly Enrolment[];
  onClose(): void;
  onDone(): void;
}

export function AddStudents({ room, known, onClose, onDone }: AddProps) {
  const field = useId();
  const [text, setText] = useState("");
  const [role, setRole] = useState<GivenRole>("student");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const lines = useMemo(() => readPeople(text, known), [text, known]);
  const taken = lines.filter((line) => line.doubt === null);
  const send = async (event: Event) => {
    event.preventDefault();
    if (taken.length === 0) return setFault(t("enrol-nobody"));
    if (taken.length > AT_ONCE_MAX) return setFault(t("enrol-too-many", { max: AT_ONCE_MAX }));
    setBusy(true);
    const result = await enrol(
      room,
      taken.map(({ name, email }) => ({ name, email, role })),
    );
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    onClose();
    toast(t("enrol-added", { count: result.value.enrolments.length }));
    onDone();
  };
  return (
    <Dialog open title={t("enrol-add")} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void send(event)} noValidate>
        <div class="field">
          <label for={field}>{t("enrol-names")}</label>
          <textarea
            id={field}
            class="input student-names"
            rows={6}
            value={text}
            placeholder={t("enrol-names-example")}
            aria-describedby={`${field}-hint`}
            spellcheck={false}
            autofocus
            onInput={(event) => {
              setText(event.currentTarget.value);
              setFault(null);
            }}
          />
          <p class="field-hint" id={`${field}-hint`}>
            {t("enrol-names-hint")}
          </p>
        </div>
        <Understood lines={lines} />
        <Select
          label={t("enrol-role")}
          options={roleOptions()}
          value={role}
          onPick={(picked) => setRole(roleOf(picked))}
        />
        <FormFault>{fault}</FormFault>
        <FormFoot
          action={taken.length > 0 ? t("enrol-add-count", { count: taken.length }) : t("enrol-add")}
          waiting={busy && t("enrol-adding")}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}

/** How many are new, and every line that is not taken with the reason. */
function Understood({ lines }: { lines: readonly Line[] }) {
  const doubts = lines.filter((line) => line.doubt !== null);
  return (
    <div class="student-doubts" aria-live="polite">
      {lines.length > 0 && (
        <p class="small">{t("enrol-new", { count: lines.length - doubts.length })}</p>
      )}
      {doubts.length > 0 && (
        <ul class="small">
          {doubts.map((line, at) => (
            <li key={at}>
              <span class="ell">{line.name || line.email}</span>
              <span class="quiet">{t(`enrol-doubt-${line.doubt}`)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

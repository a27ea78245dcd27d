/** The questions asked before a talk: written, ordered, required, private. */
import { t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { Field, Select, Switch } from "../../ui/field";
import type { IntakeField } from "../../wire/booking";

const KINDS: readonly IntakeField["kind"][] = [
  "text",
  "long",
  "choice",
  "several",
  "number",
  "date",
  "yes_no",
];
/** Kinds of answers that can be a reason. */
const WRITTEN: readonly IntakeField["kind"][] = ["text", "long"];
export const FIELDS_MAX = 20;

interface Props {
  fields: readonly IntakeField[];
  onFields(fields: IntakeField[]): void;
}

export function newField(fields: readonly IntakeField[]): IntakeField {
  const taken = new Set(fields.map((field) => field.id));
  let number = fields.length + 1;
  while (taken.has(`field_${number}`)) number += 1;
  return {
    id: `field_${number}`,
    kind: "text",
    label: "",
    help: "",
    is_required: false,
    is_private: false,
    is_reason: false,
    choices: [],
  };
}

/** The same list with one of them at another place. */
export function moved(fields: readonly IntakeField[], from: number, to: number): IntakeField[] {
  const [one] = fields.slice(from, from + 1);
  if (!one || to < 0 || to >= fields.length) return [...fields];
  const rest = fields.filter((_, at) => at !== from);
  return [...rest.slice(0, to), one, ...rest.slice(to)];
}

/** The same list with one of them changed; one question at most asks for the reason. */
export function changed(
  fields: readonly IntakeField[],
  at: number,
  news: Partial<IntakeField>,
): IntakeField[] {
  return fields.map((field, own) => {
    const now = own === at ? { ...field, ...news } : field;
    const isReason = now.is_reason && WRITTEN.includes(now.kind) && (own === at || !news.is_reason);
    return { ...now, is_reason: isReason === true };
  });
}

export function IntakeEditor({ fields, onFields }: Props) {
  const change = (at: number, news: Partial<IntakeField>) => onFields(changed(fields, at, news));
  return (
    <div class="stack">
      {fields.length === 0 && <p class="quiet">{t("org-intake-empty")}</p>}
      <ol class="intake-list">
        {fields.map((field, at) => (
          <li key={field.id} class="intake-one">
            <FieldEditor field={field} onChange={(news) => change(at, news)} />
            <div class="intake-acts">
              <IconButton
                label={t("org-intake-up", { label: field.label })}
                icon="up"
                disabled={at === 0}
                onClick={() => onFields(moved(fields, at, at - 1))}
              />
              <IconButton
                label={t("org-intake-down", { label: field.label })}
                icon="down"
                disabled={at === fields.length - 1}
                onClick={() => onFields(moved(fields, at, at + 1))}
              />
              <IconButton
                label={t("org-intake-remove", { label: field.label })}
                icon="trash"
                onClick={() => onFields(fields.filter((_, own) => own !== at))}
              />
            </div>
          </li>
        ))}
      </ol>
      {fields.length < FIELDS_MAX && (
        <div>
          <Button look="line" icon="plus" onClick={() => onFields([...fields, newField(fields)])}>
            {t("org-intake-add")}
          </Button>
        </div>
      )}
    </div>
  );
}

interface OneProps {
  field: IntakeField;
  onChange(news: Partial<IntakeField>): void;
}

function FieldEditor({ field, onChange }: OneProps) {
  const chooses = field.kind === "choice" || field.kind === "several";
  return (
    <div class="intake-fields">
      <Field
        label={t("org-intake-label")}
        value={field.label}
        onValue={(label) => onChange({ label })}
        maxLength={120}
        required
        autocomplete="off"
      />
      <Select
        label={t("org-intake-kind")}
        options={KINDS.map((kind) => ({ value: kind, label: t(`org-intake-kind-${kind}`) }))}
        value={field.kind}
        onPick={(picked) => onChange({ kind: KINDS.find((kind) => kind === picked) ?? "text" })}
      />
      {chooses && (
        <label class="field">
          <span>{t("org-intake-choices")}</span>
          <textarea
            class="input"
            rows={3}
            value={field.choices.join("\n")}
            onInput={(event) => onChange({ choices: event.currentTarget.value.split("\n") })}
            onBlur={() =>
              onChange({ choices: field.choices.map((one) => one.trim()).filter(Boolean) })
            }
          />
        </label>
      )}
      <Field
        label={t("org-intake-help")}
        value={field.help}
        onValue={(help) => onChange({ help })}
        maxLength={200}
        autocomplete="off"
      />
      <div class="row row-wrap">
        <Switch
          label={t("org-intake-required")}
          checked={field.is_required}
          onChange={(is_required) => onChange({ is_required })}
        />
        <Switch
          label={t("org-intake-private")}
          checked={field.is_private}
          onChange={(is_private) => onChange({ is_private })}
        />
        {WRITTEN.includes(field.kind) && (
          <Switch
            label={t("org-intake-reason")}
            checked={field.is_reason === true}
            onChange={(is_reason) => onChange({ is_reason })}
          />
        )}
      </div>
    </div>
  );
}

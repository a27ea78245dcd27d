/** What a host wants to know before: each question as the field that fits it. */
import { useId } from "preact/hooks";
import { t } from "../../text/text";
import { Field, Select } from "../../ui/field";
import type { Answer, Answers, IntakeField } from "../../wire/booking";

interface Props {
  fields: readonly IntakeField[];
  answers: Answers;
  /** The labels of what is missing. */
  missing: ReadonlySet<string>;
  onAnswer(id: string, answer: Answer | undefined): void;
}

/** Fields that must be answered and are not. */
export function unanswered(fields: readonly IntakeField[], answers: Answers): IntakeField[] {
  return fields.filter(({ id, is_required }) => {
    const answer = answers[id];
    const isEmpty =
      answer === undefined || answer === "" || (Array.isArray(answer) && answer.length === 0);
    return is_required && isEmpty;
  });
}

export function Intake({ fields, answers, missing, onAnswer }: Props) {
  return (
    <>
      {fields.map((field) => (
        <Question
          key={field.id}
          field={field}
          answer={answers[field.id]}
          fault={missing.has(field.label) ? t("book-field-missing") : null}
          onAnswer={(answer) => onAnswer(field.id, answer)}
        />
      ))}
    </>
  );
}

interface QuestionProps {
  field: IntakeField;
  answer: Answer | undefined;
  fault: string | null;
  onAnswer(answer: Answer | undefined): void;
}

function Question(props: QuestionProps) {
  const { field, answer, fault, onAnswer } = props;
  const label = field.is_required ? field.label : t("book-optional", { label: field.label });
  const text = typeof answer === "string" ? answer : "";
  switch (field.kind) {
    case "long":
      return <Long {...props} label={label} text={text} />;
    case "choice":
      return (
        <div data-question={field.id}>
          <Select
            label={label}
            value={text}
            options={[
              { value: "", label: t("book-choose") },
              ...field.choices.map((choice) => ({ value: choice, label: choice })),
            ]}
            onPick={(value) => onAnswer(value || undefined)}
          />
          <Note help={field.help} fault={fault} />
        </div>
      );
    case "several":
      return <Several {...props} label={label} />;
    case "yes_no":
      return (
        <Several
          {...props}
          label={label}
          field={{ ...field, choices: [t("book-yes"), t("book-no")] }}
          answer={answer === true ? [t("book-yes")] : answer === false ? [t("book-no")] : []}
          single
          onAnswer={(picked) =>
            onAnswer(Array.isArray(picked) ? picked[0] === t("book-yes") : undefined)
          }
        />
      );
    case "number":
      return (
        <Field
          id={`q-${field.id}`}
          label={label}
          value={answer === undefined ? "" : String(answer)}
          inputMode="numeric"
          hint={field.help}
          fault={fault}
          onValue={(value) => {
            const number = Number(value.replace(",", "."));
            onAnswer(value.trim() === "" ? undefined : Number.isFinite(number) ? number : value);
          }}
        />
      );
    case "date":
      return <Day {...props} label={label} text={text} />;
    default:
      return (
        <Field
          id={`q-${field.id}`}
          label={label}
          value={text}
          maxLength={200}
          hint={field.help}
          fault={fault}
          onValue={(value) => onAnswer(value || undefined)}
        />
      );
  }
}

function Note({ help, fault }: { help: string; fault: string | null }) {
  if (fault) return <p class="field-fault">{fault}</p>;
  return help ? <p class="field-hint">{help}</p> : null;
}

type Labelled = QuestionProps & { label: string; text: string };

function Long({ field, label, text, fault, onAnswer }: Labelled) {
  const id = `q-${field.id}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        class="input"
        maxLength={2000}
        value={text}
        aria-invalid={fault ? true : undefined}
        onInput={(event) => onAnswer(event.currentTarget.value || undefined)}
      />
      <Note help={field.help} fault={fault} />
    </div>
  );
}

function Day({ field, label, text, fault, onAnswer }: Labelled) {
  const id = `q-${field.id}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type="date"
        value={text}
        aria-invalid={fault ? true : undefined}
        onInput={(event) => onAnswer(event.currentTarget.value || undefined)}
      />
      <Note help={field.help} fault={fault} />
    </div>
  );
}

function Several(props: QuestionProps & { label: string; single?: boolean }) {
  const { field, label, answer, fault, single, onAnswer } = props;
  const name = useId();
  const picked = Array.isArray(answer) ? answer : [];
  const turn = (choice: string, on: boolean) => {
    if (single) onAnswer(on ? [choice] : []);
    else onAnswer(on ? [...picked, choice] : picked.filter((one) => one !== choice));
  };
  return (
    <fieldset class="field" id={`q-${field.id}`} tabIndex={-1}>
      <legend class="label">{label}</legend>
      {field.choices.map((choice) => (
        <label key={choice} class="check-row">
          <input
            type={single ? "radio" : "checkbox"}
            name={name}
            checked={picked.includes(choice)}
            onChange={(event) => turn(choice, event.currentTarget.checked)}
          />
          <span>{choice}</span>
        </label>
      ))}
      <Note help={field.help} fault={fault} />
    </fieldset>
  );
}

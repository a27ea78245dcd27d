/** What comes back to whoever cancels, as rows of hours and percent, and what that means in words. */
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { oneMore, STEPS_MAX, stepsOf, type TypedStep } from "./refund_rule";

interface Props {
  rows: readonly TypedStep[];
  onRows(rows: readonly TypedStep[]): void;
}

/** One sentence for each step, and one for whoever is later than all of them. */
function meaning(rows: readonly TypedStep[]): string[] {
  const steps = stepsOf(rows);
  if (steps === null) return [t("org-refund-wrong")];
  const given = steps.filter((one) => one.percent > 0);
  if (given.length === 0) return [t("org-refund-nothing")];
  const said = given.map((one, index) =>
    t(index ? "org-refund-then" : "org-refund-until", { ...one }),
  );
  return given.at(-1)?.hours === 0 ? said : [...said, t("org-refund-later")];
}

export function RefundSteps({ rows, onRows }: Props) {
  const set = (key: number, news: Partial<TypedStep>) =>
    onRows(rows.map((row) => (row.key === key ? { ...row, ...news } : row)));
  return (
    <fieldset class="stack refund-steps">
      <legend class="label">{t("org-refund")}</legend>
      {rows.map((row, index) => (
        <div key={row.key} class="row row-wrap">
          <Field
            label={t("org-refund-hours")}
            value={row.hours}
            onValue={(hours) => set(row.key, { hours })}
            inputMode="numeric"
            maxLength={4}
          />
          <Field
            label={t("org-refund-percent")}
            value={row.percent}
            onValue={(percent) => set(row.key, { percent })}
            inputMode="numeric"
            maxLength={3}
          />
          <Button
            look="quiet"
            icon="trash"
            aria-label={t("org-refund-remove-name", { number: index + 1 })}
            onClick={() => onRows(rows.filter((one) => one.key !== row.key))}
          >
            {t("org-refund-remove")}
          </Button>
        </div>
      ))}
      {rows.length < STEPS_MAX && (
        <div>
          <Button look="line" icon="plus" onClick={() => onRows([...rows, oneMore(rows)])}>
            {t("org-refund-add")}
          </Button>
        </div>
      )}
      <ul class="small quiet" aria-live="polite">
        {meaning(rows).map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <p class="small quiet">{t("org-refund-note")}</p>
    </fieldset>
  );
}

/** When people are reminded of one offer, instead of as the organisation says. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../text/text";
import { Switch } from "../../ui/field";
import { type ReminderRule, type ReminderRules, readRules } from "../../wire/letter_words";
import { AddRule, RuleRows } from "../organisation/reminder_times";

/** null: the organisation's. */
export type OwnRules = readonly ReminderRule[] | null;

interface Props {
  orgId: string;
  /** "" of a new one. */
  offerId: string;
  /** undefined while nobody changed them. */
  rules: OwnRules | undefined;
  onRules(rules: OwnRules): void;
}

export function OwnReminders({ orgId, offerId, rules, onRules }: Props) {
  const [kept, setKept] = useState<ReminderRules | null>(null);
  useEffect(() => {
    void readRules(orgId).then((result) => result.ok && setKept(result.value));
  }, [orgId]);
  if (!kept) return null;
  const own = kept.offers[offerId] ?? null;
  const shown = rules === undefined ? own : rules;
  return (
    <div class="stack">
      <Switch
        label={t("offer-reminders")}
        checked={shown !== null}
        onChange={(isOn) => onRules(isOn ? (own ?? kept.rules) : null)}
      />
      {shown && (
        <fieldset class="stack">
          <legend class="vh">{t("offer-reminders")}</legend>
          <p class="small quiet">{t("reminder-note")}</p>
          <RuleRows rules={shown} onRules={onRules} />
          <div class="row">
            <AddRule rules={shown} onRules={onRules} />
          </div>
        </fieldset>
      )}
    </div>
  );
}

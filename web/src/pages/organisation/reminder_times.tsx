/** When people are reminded of an appointment: how long before, by mail or by another system. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Select } from "../../ui/field";
import type { Problem } from "../../wire/http";
import { type ReminderRule, readRules, writeRules } from "../../wire/letter_words";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { useKeeping } from "./saving";
import { SettingsForm } from "./settings_form";
import type { TabProps } from "./tab";

const MOST = 5;
const HOUR = 60;
const DAY = 24 * HOUR;
const DISTANCES = [15, 30, HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 7 * DAY];
const CHANNELS = ["mail", "webhook"] as const;

export function distanceText(minutes: number): string {
  if (minutes % DAY === 0) return t("reminder-days", { count: minutes / DAY });
  if (minutes % HOUR === 0) return t("reminder-hours", { count: minutes / HOUR });
  return t("reminder-minutes", { count: minutes });
}

/** The next distance that is not there yet. */
export function another(rules: readonly ReminderRule[]): ReminderRule {
  const order = [DAY, HOUR, ...DISTANCES];
  const free = order.find((one) => !rules.some(({ minutes }) => minutes === one));
  return { minutes: free ?? DAY, channel: "mail" };
}

export function ReminderTimes({ org }: TabProps) {
  const [rules, setRules] = useState<readonly ReminderRule[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { busy, fault, keep } = useKeeping();
  const load = async () => {
    const result = await readRules(org.id);
    setProblem(result.ok ? null : result.error);
    if (result.ok) setRules(result.value.rules);
  };
  useEffect(() => void load(), [org.id]);
  if (problem) return <LoadFault problem={problem} onAgain={() => void load()} />;
  if (!rules) return <Loading />;
  const save = async () => {
    const kept = await keep(writeRules(org.id, rules));
    if (kept) setRules(kept.rules);
  };
  return (
    <SettingsForm
      label={t("reminder-title")}
      busy={busy}
      fault={fault}
      beside={<AddRule rules={rules} onRules={setRules} />}
      onSave={save}
    >
      <h2>{t("reminder-title")}</h2>
      <p class="small quiet">{t("reminder-note")}</p>
      <RuleRows rules={rules} onRules={setRules} />
    </SettingsForm>
  );
}

interface RulesProps {
  rules: readonly ReminderRule[];
  onRules(rules: readonly ReminderRule[]): void;
}

export function RuleRows({ rules, onRules }: RulesProps) {
  const put = (at: number, news: Partial<ReminderRule>) =>
    onRules(rules.map((rule, index) => (index === at ? { ...rule, ...news } : rule)));
  return (
    <>
      {rules.length === 0 && <p>{t("reminder-none")}</p>}
      {rules.map((rule, at) => (
        <RuleRow
          // Rules have no name of their own: their place is what tells them apart.
          key={at}
          rule={rule}
          onRule={(news) => put(at, news)}
          onRemove={() => onRules(rules.filter((_, index) => index !== at))}
        />
      ))}
    </>
  );
}

/** Another one, while there may be more. */
export function AddRule({ rules, onRules }: RulesProps) {
  if (rules.length >= MOST) return null;
  return (
    <Button look="line" icon="plus" onClick={() => onRules([...rules, another(rules)])}>
      {t("reminder-add")}
    </Button>
  );
}

interface RowProps {
  rule: ReminderRule;
  onRule(news: Partial<ReminderRule>): void;
  onRemove(): void;
}

function RuleRow({ rule, onRule, onRemove }: RowProps) {
  const distances = DISTANCES.includes(rule.minutes) ? DISTANCES : [...DISTANCES, rule.minutes];
  return (
    <div class="row row-wrap letter-rule">
      <Select
        bare
        label={t("reminder-before")}
        options={distances.map((one) => ({ value: String(one), label: distanceText(one) }))}
        value={String(rule.minutes)}
        onPick={(picked) => onRule({ minutes: Number(picked) })}
      />
      <Select
        bare
        label={t("reminder-how")}
        options={CHANNELS.map((one) => ({ value: one, label: t(`reminder-by-${one}`) }))}
        value={rule.channel}
        onPick={(picked) => onRule({ channel: picked === "webhook" ? "webhook" : "mail" })}
      />
      <Button look="quiet" icon="close" onClick={onRemove}>
        {t("reminder-remove")}
      </Button>
    </div>
  );
}

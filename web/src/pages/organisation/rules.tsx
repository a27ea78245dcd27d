/** Until when may be cancelled, what comes back, what is confirmed, kept and recorded. */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { Field, Segmented, Select, Switch } from "../../ui/field";
import type { OrgSettings } from "../../wire/organisations";
import { stepsOf, type TypedStep, typedOf, wholeOf } from "./refund_rule";
import { RefundSteps } from "./refund_steps";
import { useSaving } from "./saving";
import { SettingsForm } from "./settings_form";
import type { TabProps } from "./tab";

const CONFIRMS = ["off", "unknown", "always"] as const;
const POLICIES = ["ask", "required", "never"] as const;
const SWITCHES = [
  "reception_reads_intake",
  "admins_read_notes",
  "notes_in_export",
  "keeps_invoice_names",
  "missed_is_charged",
] as const;

export function Rules({ org }: TabProps) {
  const { busy, fault, save } = useSaving(org.id);
  const [hours, setHours] = useState(String(org.terms.hours ?? 24));
  const [moves, setMoves] = useState(String(org.terms.moves ?? 3));
  const [refund, setRefund] = useState<readonly TypedStep[]>(() => typedOf(org.terms));
  const [months, setMonths] = useState(String(org.settings.notes_months));
  const [settings, setSettings] = useState<OrgSettings>(org.settings);
  const [wrong, setWrong] = useState<string | null>(null);
  const set = (news: Partial<OrgSettings>) => setSettings({ ...settings, ...news });
  const send = async () => {
    const [until, often, kept] = [wholeOf(hours, 1440), wholeOf(moves, 50), wholeOf(months, 600)];
    if (until === null || often === null || kept === null) return setWrong(t("org-rules-number"));
    const steps = stepsOf(refund);
    if (steps === null) return setWrong(t("org-refund-wrong"));
    setWrong(null);
    const { intake: _, about: __, address: ___, ...rest } = settings;
    await save({
      terms: { hours: until, moves: often, refund: steps },
      settings: { ...rest, notes_months: kept },
    });
  };
  return (
    <SettingsForm label={t("org-tab-rules")} busy={busy} fault={wrong ?? fault} onSave={send}>
      <Whole label={t("org-terms-hours")} value={hours} onValue={setHours} />
      <Whole label={t("org-terms-moves")} value={moves} onValue={setMoves} />
      <RefundSteps rows={refund} onRows={setRefund} />
      <fieldset class="stack">
        <legend class="label">{t("org-confirms")}</legend>
        <Segmented
          label={t("org-confirms")}
          options={CONFIRMS.map((one) => ({ value: one, label: t(`org-confirms-${one}`) }))}
          value={settings.confirms}
          onPick={(confirms) => set({ confirms })}
        />
      </fieldset>
      <Select
        label={t("org-recording")}
        options={POLICIES.map((one) => ({ value: one, label: t(`recording-policy-${one}`) }))}
        value={settings.recording_policy}
        onPick={(picked) =>
          set({ recording_policy: POLICIES.find((one) => one === picked) ?? "ask" })
        }
      />
      <Field
        label={t("org-notes-months")}
        hint={t("org-notes-months-hint")}
        value={months}
        onValue={setMonths}
        inputMode="numeric"
        maxLength={3}
      />
      {SWITCHES.map((name) => (
        <Switch
          key={name}
          label={t(`org-switch-${name}`)}
          checked={settings[name]}
          onChange={(on) => set({ [name]: on })}
        />
      ))}
    </SettingsForm>
  );
}

interface NumberProps {
  label: string;
  value: string;
  onValue(value: string): void;
}

function Whole({ label, value, onValue }: NumberProps) {
  return <Field label={label} value={value} onValue={onValue} inputMode="numeric" maxLength={4} />;
}

/** What a room says about recording: who is asked, how long it is kept, who may watch. */
import { t } from "../../text/text";
import { Field, Select, Switch } from "../../ui/field";
import type { Room } from "../../wire/api";
import type { RecordingPolicy } from "../../wire/messages";

const POLICIES: readonly RecordingPolicy[] = ["ask", "required", "never"];
export const DAYS_MAX = 3650;

/** As they are written; numbers may be none yet. */
export interface RecordingRules {
  policy: RecordingPolicy;
  days: string;
  remind: string;
  members: boolean;
}

export const FIRST_RULES: RecordingRules = {
  policy: "ask",
  days: "180",
  remind: "7",
  members: true,
};

export function rulesOf(room: Room): RecordingRules {
  return {
    policy: room.recording_policy,
    days: String(room.recording_days),
    remind: String(room.recording_remind),
    members: room.recording_members,
  };
}

/** What is to be stored; null where a number of days is none. */
export function storedRules(rules: RecordingRules): Partial<Room> | null {
  const [days, remind] = [daysIn(rules.days, 1), daysIn(rules.remind, 0)];
  if (days === null || remind === null) return null;
  return {
    recording_policy: rules.policy,
    recording_days: days,
    recording_remind: remind,
    recording_members: rules.members,
  };
}

function daysIn(text: string, least: number): number | null {
  const days = /^\d{1,4}$/.test(text.trim()) ? Number(text) : -1;
  return days >= least && days <= DAYS_MAX ? days : null;
}

interface RulesProps {
  rules: RecordingRules;
  /** The numbers cannot be stored. */
  fault: string | null;
  onRules(rules: RecordingRules): void;
}

export function RecordingSettings({ rules, fault, onRules }: RulesProps) {
  const isKept = rules.policy !== "never";
  return (
    <fieldset class="stack room-recording">
      <legend class="label">{t("recording-settings")}</legend>
      <Select
        label={t("recording-policy")}
        options={POLICIES.map((one) => ({ value: one, label: t(`recording-policy-${one}`) }))}
        value={rules.policy}
        onPick={(picked) =>
          onRules({ ...rules, policy: POLICIES.find((one) => one === picked) ?? "ask" })
        }
      />
      {isKept && (
        <>
          <Field
            label={t("recording-days")}
            hint={t("recording-days-hint", { max: DAYS_MAX })}
            value={rules.days}
            onValue={(days) => onRules({ ...rules, days })}
            fault={fault}
            inputMode="numeric"
            maxLength={4}
            autocomplete="off"
          />
          <Field
            label={t("recording-remind")}
            value={rules.remind}
            onValue={(remind) => onRules({ ...rules, remind })}
            inputMode="numeric"
            maxLength={4}
            autocomplete="off"
          />
          <Switch
            label={t("recording-members")}
            checked={rules.members}
            onChange={(members) => onRules({ ...rules, members })}
          />
        </>
      )}
    </fieldset>
  );
}

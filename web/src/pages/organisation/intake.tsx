/** The questions new offers begin with. */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { IntakeEditor } from "./intake_editor";
import { useSaving } from "./saving";
import { SettingsForm } from "./settings_form";
import type { TabProps } from "./tab";

export function Intake({ org }: TabProps) {
  const { busy, fault, save } = useSaving(org.id);
  const [fields, setFields] = useState([...org.settings.intake]);
  return (
    <SettingsForm
      label={t("org-tab-intake")}
      busy={busy}
      fault={fault}
      onSave={() => save({ settings: { intake: fields } })}
    >
      <p class="quiet">{t("org-intake-note")}</p>
      <IntakeEditor fields={fields} onFields={setFields} />
    </SettingsForm>
  );
}

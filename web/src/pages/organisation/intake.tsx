/** The questions new offers begin with. */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { FormFault } from "../../ui/field";
import { IntakeEditor } from "./intake_editor";
import { useSaving } from "./saving";
import type { TabProps } from "./tab";

export function Intake({ org }: TabProps) {
  const { busy, fault, save } = useSaving(org.id);
  const [fields, setFields] = useState([...org.settings.intake]);
  return (
    <form
      class="card card-pad stack"
      aria-label={t("org-tab-intake")}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save({ settings: { intake: fields } });
      }}
    >
      <p class="quiet">{t("org-intake-note")}</p>
      <IntakeEditor fields={fields} onFields={setFields} />
      <FormFault>{fault}</FormFault>
      <div>
        <Button type="submit" look="primary" waiting={busy && t("org-saving")}>
          {t("org-save")}
        </Button>
      </div>
    </form>
  );
}

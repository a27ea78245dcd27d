/** A card of settings that are saved together. */
import type { ComponentChildren } from "preact";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { FormFault } from "../../ui/field";

interface Props {
  label: string;
  busy: boolean;
  fault: string | null;
  /** More to press, beside the button that saves. */
  beside?: ComponentChildren;
  onSave(): unknown;
  children: ComponentChildren;
}

export function SettingsForm({ label, busy, fault, beside, onSave, children }: Props) {
  return (
    <form
      class="card card-pad stack"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void onSave();
      }}
    >
      {children}
      <FormFault>{fault}</FormFault>
      <div class="row row-wrap">
        <Button type="submit" look="primary" waiting={busy && t("org-saving")}>
          {t("org-save")}
        </Button>
        {beside}
      </div>
    </form>
  );
}

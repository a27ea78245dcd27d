/** The own link of an enrolled student that was replaced by a newer one, or never was one. */
import { t } from "../../text/text";
import { CodeEntry } from "../code_entry";
import { EntrySheet } from "../entry_form";

export function OldLink() {
  return (
    <EntrySheet title={t("enrol-old-title")} lead={t("enrol-old-note")}>
      <div class="entry-form">
        <CodeEntry />
      </div>
    </EntrySheet>
  );
}

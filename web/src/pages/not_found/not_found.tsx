/** An address that names nothing, or a code that names no class: say so, and offer the way on. */
import { t } from "../../text/text";
import { ButtonLink } from "../../ui/button";
import { CodeEntry } from "../code_entry";
import { EntrySheet } from "../entry_form";

export function NotFound({ room = false }: { room?: boolean }) {
  return (
    <EntrySheet
      title={t(room ? "room-unknown-title" : "not-found-title")}
      lead={t(room ? "room-unknown-note" : "not-found-note")}
    >
      <div class="entry-form">
        <CodeEntry />
        <ButtonLink look="quiet" icon="home" href="/">
          {t("to-home")}
        </ButtonLink>
      </div>
    </EntrySheet>
  );
}

/** Where the one-time link of a fresh server leads: the first account, which administers. */
import { t } from "../../text/text";
import { ButtonLink } from "../../ui/button";
import { session } from "../account";
import { EntrySheet } from "../entry_form";
import { AccountForm } from "../sign_up/sign_up";

export function Setup({ token }: { token: string }) {
  if (session.value?.setup_needed === false) {
    return (
      <EntrySheet title={t("setup-done-title")} lead={t("setup-done-note")}>
        <div class="entry-form">
          <ButtonLink
            look="primary"
            size="large"
            wide
            href={session.value.account ? "/" : "/sign-in"}
          >
            {session.value.account ? t("to-home") : t("sign-in")}
          </ButtonLink>
        </div>
      </EntrySheet>
    );
  }
  return (
    <EntrySheet title={t("setup-title")} lead={t("setup-lead")}>
      <AccountForm action={t("setup-create")} setupToken={token} />
    </EntrySheet>
  );
}

/** A new account, by open sign-up or by the link that makes the first administrator. */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Field, FormFault } from "../../ui/field";
import { createAccount, type NewAccount } from "../../wire/api";
import { NAME_MAX } from "../../wire/messages";
import { session } from "../account";
import { EntrySheet, PasswordField, useSending } from "../entry_form";
import { navigate } from "../router";
import { AlreadyIn } from "../sign_in/sign_in";

export function SignUp() {
  const account = session.value?.account;
  if (!account && session.value?.sign_up === "closed") return <Closed />;
  return (
    <EntrySheet
      title={t("sign-up-title")}
      lead={t("sign-up-lead")}
      foot={
        !account && (
          <>
            {t("sign-up-have")} <a href="/sign-in">{t("sign-in")}</a>
          </>
        )
      }
    >
      {account ? <AlreadyIn name={account.name} /> : <AccountForm action={t("sign-up")} />}
    </EntrySheet>
  );
}

function Closed() {
  return (
    <EntrySheet title={t("sign-up-closed-title")} lead={t("sign-up-closed-note")}>
      <div class="entry-form">
        <ButtonLink look="line" size="large" wide href="/sign-in">
          {t("sign-in")}
        </ButtonLink>
      </div>
    </EntrySheet>
  );
}

const EMPTY = { name: "", email: "", password: "" };

export function AccountForm({ action, setupToken }: { action: string; setupToken?: string }) {
  const [values, setValues] = useState(EMPTY);
  const set = (change: Partial<typeof EMPTY>) => setValues((old) => ({ ...old, ...change }));
  const { faults, refused, waiting, send } = useSending({
    values,
    fresh: true,
    request: () => createAccount(clean(values, setupToken)),
    done: () => navigate("/", { replace: true }),
  });
  return (
    <form class="entry-form" onSubmit={(event) => void send(event)} noValidate>
      <FormFault>{refused}</FormFault>
      <Field
        label={t("field-name")}
        hint={t("field-name-hint")}
        name="name"
        value={values.name}
        onValue={(name) => set({ name })}
        fault={faults.name}
        autocomplete="name"
        maxLength={NAME_MAX}
        autofocus
        required
      />
      <Field
        label={t("field-email")}
        name="email"
        type="email"
        value={values.email}
        onValue={(email) => set({ email })}
        fault={faults.email}
        autocomplete="username"
        spellcheck={false}
        maxLength={254}
        required
      />
      <PasswordField
        value={values.password}
        onValue={(password) => set({ password })}
        fault={faults.password}
        fresh
      />
      <Button
        type="submit"
        look="primary"
        size="large"
        wide
        waiting={waiting && t("sign-up-waiting")}
      >
        {action}
      </Button>
    </form>
  );
}

function clean(values: typeof EMPTY, setupToken?: string): NewAccount {
  const fields = { ...values, name: values.name.trim(), email: values.email.trim() };
  return setupToken ? { ...fields, setup_token: setupToken } : fields;
}

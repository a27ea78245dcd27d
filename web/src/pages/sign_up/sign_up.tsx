/** A new account, by open sign-up or by the link that makes the first administrator. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Field, FormFault } from "../../ui/field";
import { createAccount } from "../../wire/api";
import type { Problem } from "../../wire/http";
import { NAME_MAX } from "../../wire/messages";
import { keepSession, session } from "../account";
import { type EntryFaults, FIELD_OF_CODE, faultsOf } from "../entry_faults";
import { EntrySheet, PasswordField } from "../entry_form";
import { navigate } from "../router";
import { AlreadyIn, focusFault } from "../sign_in/sign_in";

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

export function AccountForm({ action, setupToken }: { action: string; setupToken?: string }) {
  const [values, setValues] = useState({ name: "", email: "", password: "" });
  const [faults, setFaults] = useState<EntryFaults>({});
  const [refused, setRefused] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);
  const set = (change: Partial<typeof values>) => setValues((old) => ({ ...old, ...change }));

  const refuse = (problem: Problem) => {
    const field = FIELD_OF_CODE[problem.code];
    if (field) setFaults({ [field]: `error-${problem.code.replaceAll(".", "-")}` });
    else setRefused(refusalText(problem.code, problem.params));
  };
  const send = async (event: Event) => {
    event.preventDefault();
    const found = faultsOf(values, true);
    setFaults(found);
    setRefused(null);
    if (Object.keys(found).length > 0) return focusFault(event);
    setWaiting(true);
    const fields = { ...values, name: values.name.trim(), email: values.email.trim() };
    const result = await createAccount(
      setupToken ? { ...fields, setup_token: setupToken } : fields,
    );
    setWaiting(false);
    if (!result.ok) return refuse(result.error);
    keepSession(result);
    navigate("/", { replace: true });
  };

  return (
    <form class="entry-form" onSubmit={(event) => void send(event)} noValidate>
      <FormFault>{refused}</FormFault>
      <Field
        label={t("field-name")}
        hint={t("field-name-hint")}
        name="name"
        value={values.name}
        onValue={(name) => set({ name })}
        fault={faults.name && t(faults.name)}
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
        fault={faults.email && t(faults.email)}
        autocomplete="username"
        spellcheck={false}
        maxLength={254}
        required
      />
      <PasswordField
        value={values.password}
        onValue={(password) => set({ password })}
        fault={faults.password && t(faults.password)}
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

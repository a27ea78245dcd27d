/** E-mail and password to a session. */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Field, FormFault } from "../../ui/field";
import { signIn } from "../../wire/api";
import { session } from "../account";
import { EntrySheet, PasswordField, useSending } from "../entry_form";
import { navigate, place } from "../router";

export function SignIn() {
  const account = session.value?.account;
  const foot = session.value?.sign_up === "open" && (
    <>
      {t("sign-in-no-account")} <a href="/sign-up">{t("sign-up")}</a>
    </>
  );
  return (
    <EntrySheet title={t("sign-in-title")} lead={t("sign-in-lead")} foot={!account && foot}>
      {account ? <AlreadyIn name={account.name} /> : <SignInForm />}
    </EntrySheet>
  );
}

export function AlreadyIn({ name }: { name: string }) {
  return (
    <div class="entry-form">
      <p>{t("already-in", { name })}</p>
      <ButtonLink look="primary" size="large" wide href="/">
        {t("to-home")}
      </ButtonLink>
    </div>
  );
}

function SignInForm() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { faults, refused, waiting, send } = useSending({
    values: { email, password },
    fresh: false,
    request: () => signIn(email.trim(), password),
    done() {
      // Whoever was sent here by a page that needs an account stays on that page.
      if (place.value.page === "sign_in") navigate("/", { replace: true });
    },
  });
  return (
    <form class="entry-form" onSubmit={(event) => void send(event)} noValidate>
      <FormFault>{refused}</FormFault>
      <Field
        label={t("field-email")}
        name="email"
        type="email"
        value={email}
        onValue={setEmail}
        fault={faults.email}
        autocomplete="username"
        spellcheck={false}
        maxLength={254}
        autofocus
        required
      />
      <PasswordField value={password} onValue={setPassword} fault={faults.password} />
      <Button
        type="submit"
        look="primary"
        size="large"
        wide
        waiting={waiting && t("sign-in-waiting")}
      >
        {t("sign-in")}
      </Button>
    </form>
  );
}

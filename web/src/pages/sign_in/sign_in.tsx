/** E-mail and password to a session. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Field, FormFault } from "../../ui/field";
import { signIn } from "../../wire/api";
import { keepSession, session } from "../account";
import { type EntryFaults, faultsOf } from "../entry_faults";
import { EntrySheet, PasswordField } from "../entry_form";
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
  const [faults, setFaults] = useState<EntryFaults>({});
  const [refused, setRefused] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);

  const send = async (event: Event) => {
    event.preventDefault();
    const found = faultsOf({ email, password }, false);
    setFaults(found);
    setRefused(null);
    if (Object.keys(found).length > 0) return focusFault(event);
    setWaiting(true);
    const result = await signIn(email.trim(), password);
    setWaiting(false);
    if (!result.ok) return setRefused(refusalText(result.error.code, result.error.params));
    keepSession(result);
    if (place.value.page !== "rooms" && place.value.page !== "settings")
      navigate("/", { replace: true });
  };

  return (
    <form class="entry-form" onSubmit={(event) => void send(event)} noValidate>
      <FormFault>{refused}</FormFault>
      <Field
        label={t("field-email")}
        name="email"
        type="email"
        value={email}
        onValue={setEmail}
        fault={faults.email && t(faults.email)}
        autocomplete="username"
        spellcheck={false}
        maxLength={254}
        autofocus
        required
      />
      <PasswordField
        value={password}
        onValue={setPassword}
        fault={faults.password && t(faults.password)}
      />
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

/** Puts the cursor where the first fault is, once the fault is drawn. */
export function focusFault(event: Event): void {
  const form = event.currentTarget;
  if (!(form instanceof HTMLFormElement)) return;
  requestAnimationFrame(() => {
    form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  });
}

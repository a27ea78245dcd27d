/** The first step of booking for somebody: who it is, known or new. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { type ClientListed, searchClients } from "../../wire/clients";
import type { WhoFor } from "../../wire/week";

const WAIT_MS = 200;
const SHOWN = 6;

/** Whose name is shown in the next step. */
export interface Chosen {
  who: WhoFor;
  name: string;
  email: string;
}

interface Props {
  org: string;
  onChosen(chosen: Chosen): void;
}

export function WhoStep({ org, onChosen }: Props) {
  const [text, setText] = useState("");
  const [found, setFound] = useState<readonly ClientListed[] | null>(null);
  const [isNew, setIsNew] = useState(false);
  const turn = useRef(0);
  useEffect(() => {
    turn.current += 1;
    const now = turn.current;
    const timer = setTimeout(async () => {
      const result = await searchClients(org, text.trim());
      if (now === turn.current) setFound(result.ok ? result.value.clients.slice(0, SHOWN) : []);
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [org, text]);
  if (isNew) return <NewPerson name={text} onChosen={onChosen} />;
  return (
    <div class="stack">
      <Field
        label={t("week-who")}
        value={text}
        onValue={setText}
        placeholder={t("week-who-hint")}
        autocomplete="off"
        autofocus
        maxLength={60}
      />
      <ul class="rows week-found" aria-label={t("week-who-found")}>
        {found?.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              class="week-person"
              onClick={() => onChosen({ who: { client_id: one.id }, ...one })}
            >
              <b class="ell">{one.name}</b>
              <span class="small quiet ell">{one.email || t("week-no-address")}</span>
            </button>
          </li>
        ))}
      </ul>
      {found?.length === 0 && text.trim() && (
        <p class="small quiet" role="status">
          {t("week-who-none", { text: text.trim() })}
        </p>
      )}
      <Button look="line" icon="plus" onClick={() => setIsNew(true)}>
        {t("week-who-new")}
      </Button>
    </div>
  );
}

function NewPerson({ name: first, onChosen }: { name: string; onChosen(one: Chosen): void }) {
  const [name, setName] = useState(first);
  const [email, setEmail] = useState("");
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const client = { name: name.trim(), email: email.trim() };
        if (client.name) onChosen({ who: { client }, ...client });
      }}
    >
      <Field
        label={t("week-new-name")}
        value={name}
        onValue={setName}
        autocomplete="off"
        maxLength={60}
        required
        autofocus
      />
      <Field
        label={t("week-new-email")}
        hint={t("week-new-email-hint")}
        type="email"
        value={email}
        onValue={setEmail}
        autocomplete="off"
        maxLength={254}
      />
      <Button type="submit" look="primary">
        {t("week-next-step")}
      </Button>
    </form>
  );
}

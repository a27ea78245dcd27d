/** Merging a client with another who is the same person: look for them, compare, and do it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { placeOfZone } from "../../booking/zones";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field, FormFault } from "../../ui/field";
import { FormFoot } from "../../ui/form_foot";
import { toast } from "../../ui/live";
import {
  type ClientListed,
  type ClientPage,
  type MergePart,
  mergeClient,
  readClient,
  readNotes,
  searchClients,
} from "../../wire/clients";
import { invoicesOfClient, listCredits } from "../../wire/money";
import type { Organisation } from "../../wire/organisations";
import { wordOf } from "../desk/organisation";
import { chosen, differing, takenAtFirst } from "./merge_parts";

const TYPED_MS = 250;
const SHOWN = 8;

interface MergeProps {
  org: Organisation;
  client: ClientPage;
  onClose(): void;
  /** The one who stays, as they are now. */
  onDone(client: ClientPage): void;
}

export function MergeClient(props: MergeProps) {
  const [other, setOther] = useState<ClientPage | null>(null);
  const title = t("client-merge-title", { name: props.client.name });
  return (
    <Dialog open title={title} onClose={props.onClose} class="merge-dialog">
      {other ? (
        <Compare {...props} other={other} onBack={() => setOther(null)} />
      ) : (
        <Look {...props} onFound={setOther} />
      )}
    </Dialog>
  );
}

function Look({ org, client, onFound }: MergeProps & { onFound(other: ClientPage): void }) {
  const [text, setText] = useState("");
  const [list, setList] = useState<readonly ClientListed[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const asked = useRef(0);
  const load = async () => {
    asked.current += 1;
    const mine = asked.current;
    const result = await searchClients(org.id, text);
    if (mine !== asked.current) return;
    setFault(result.ok ? null : refusalText(result.error.code, result.error.params));
    if (result.ok) setList(result.value.clients.filter((one) => one.id !== client.id));
  };
  useEffect(() => {
    const timer = setTimeout(() => void load(), text ? TYPED_MS : 0);
    return () => clearTimeout(timer);
  }, [text, org.id]);
  const choose = async (id: string) => {
    const result = await readClient(id);
    if (result.ok) onFound(result.value);
    else setFault(refusalText(result.error.code, result.error.params));
  };
  return (
    <div class="stack">
      <p>{t("client-merge-note")}</p>
      <Field
        label={t("client-merge-search")}
        value={text}
        onValue={setText}
        maxLength={120}
        autocomplete="off"
      />
      <FormFault>{fault}</FormFault>
      {list?.length === 0 && <p class="quiet">{t("client-merge-nobody")}</p>}
      {list && list.length > 0 && (
        <ul class="rows">
          {list.slice(0, SHOWN).map((one) => (
            <li key={one.id}>
              <Avatar name={one.name} id={one.id} />
              <span class="grow client-name">
                <b>{one.name}</b>
                <span class="small quiet">
                  {[one.email, one.phone].filter(Boolean).join(" · ")}
                </span>
              </span>
              <span class="pill num">{t("clients-talks", { count: one.talks })}</span>
              <Button
                look="line"
                size="small"
                aria-label={t("client-merge-choose-name", { name: one.name })}
                onClick={() => void choose(one.id)}
              >
                {t("client-merge-choose")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type CompareProps = MergeProps & { other: ClientPage; onBack(): void };

function Compare({ org, client, other, onBack, onClose, onDone }: CompareProps) {
  const [take, setTake] = useState<readonly MergePart[]>(takenAtFirst(client, other));
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const send = async () => {
    setBusy(true);
    const result = await mergeClient(client.id, other.id, take);
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    onDone(result.value);
    toast(t("client-merged", { name: result.value.name }));
    onClose();
  };
  const parts = differing(client, other);
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <div class="merge-sides">
        <Side org={org} one={client} title={t("client-merge-stays")} />
        <Side org={org} one={other} title={t("client-merge-goes")} />
      </div>
      {parts.length > 0 && <h3>{t("client-merge-which")}</h3>}
      {parts.map((part) => (
        <Choice
          key={part}
          part={part}
          values={[client[part], other[part]]}
          isOther={take.includes(part)}
          onPick={(isOther) => setTake(chosen(take, part, isOther))}
        />
      ))}
      <p>{t("client-merge-moves")}</p>
      <p>{t("client-merge-browsers")}</p>
      <p>
        <b>{t("client-merge-for-good")}</b>
      </p>
      <FormFault>{fault}</FormFault>
      <div>
        <Button look="quiet" icon="left" onClick={onBack}>
          {t("client-merge-other")}
        </Button>
      </div>
      <FormFoot
        action={t("client-merge-do")}
        look="danger"
        waiting={busy && t("org-saving")}
        onClose={onClose}
      />
    </form>
  );
}

/** How much there is of each, as far as one may see it. */
function Side({ org, one, title }: { org: Organisation; one: ClientPage; title: string }) {
  const [more, setMore] = useState<readonly string[]>([]);
  useEffect(() => {
    const load = async () => {
      const found: string[] = [];
      if (one.may.includes("notes.write")) {
        const notes = await readNotes(one.id);
        if (notes.ok) found.push(t("client-merge-notes", { count: notes.value.length }));
      }
      if (one.may.includes("money.see")) {
        const invoices = await invoicesOfClient(org.id, one.id);
        const credits = await listCredits(org.id, one.id);
        if (invoices.ok)
          found.push(
            t("client-merge-invoices", {
              count: `${invoices.value.invoices.length}${invoices.value.has_more ? "+" : ""}`,
            }),
          );
        if (credits.ok) found.push(t("client-merge-packages", { count: credits.value.length }));
      }
      setMore(found);
    };
    void load();
  }, [one.id]);
  return (
    <section class="card card-pad" aria-label={title}>
      <p class="small quiet">{title}</p>
      <b>{one.name}</b>
      <p class="small merge-value">{[one.email, one.phone].filter(Boolean).join(" · ")}</p>
      <ul class="small quiet num">
        <li>
          {wordOf(org, "talks", true)}: {one.talks.length}
        </li>
        <li>{t("client-merge-signed", { count: one.signatures.length })}</li>
        {more.map((line) => (
          <li key={line}>{line}</li>
        ))}
        <li>
          {t("client-with")}: {one.hosts.map((host) => host.name).join(", ")}
        </li>
      </ul>
    </section>
  );
}

interface ChoiceProps {
  part: MergePart;
  values: readonly [string, string];
  isOther: boolean;
  onPick(isOther: boolean): void;
}

function Choice({ part, values, isOther, onPick }: ChoiceProps) {
  return (
    <fieldset class="merge-choice">
      <legend>{t(`client-merge-part-${part}`)}</legend>
      <div class="merge-sides">
        {values.map((value, at) => (
          <label key={at === 0 ? "keep" : "other"} class="merge-one">
            <input
              type="radio"
              name={`merge-${part}`}
              checked={isOther === (at === 1)}
              onChange={() => onPick(at === 1)}
            />
            <span class="merge-value">{spoken(part, value)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function spoken(part: MergePart, value: string): string {
  if (!value) return t("client-merge-empty");
  if (part === "zone") return placeOfZone(value, language.value);
  if (part === "locale") return t(`org-locale-${value === "zh-CN" ? "zh-CN" : "en"}`);
  return value;
}

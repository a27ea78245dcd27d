/** Links with which others watch: making one, whose address is told once, and ending them. */
import { useEffect, useState } from "preact/hooks";
import { dayOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { DayField, dayInput, endOfDay } from "../../ui/day_field";
import { Dialog } from "../../ui/dialog";
import { Field, FormFault, Select, Switch } from "../../ui/field";
import { toast } from "../../ui/live";
import {
  addShare,
  endShare,
  listShares,
  type Recording,
  type Share,
  type ShareKind,
} from "../../wire/recordings";
import { copy } from "../copy_link";
import type { QuestionProps } from "./question";

const KINDS: readonly ShareKind[] = ["link", "enrolled", "public"];
const PASSWORD_MIN = 6;

export function ShareDialog({ one, onClose, onDone }: QuestionProps) {
  return (
    <Dialog
      open={one !== null}
      title={t("library-share-title", { title: one?.title ?? "" })}
      onClose={onClose}
      class="record-dialog"
      actions={<Button onClick={onClose}>{t("close")}</Button>}
    >
      {one && <Sharing one={one} onDone={onDone} />}
    </Dialog>
  );
}

function Sharing({ one, onDone }: { one: Recording; onDone(): Promise<void> }) {
  const [shares, setShares] = useState<readonly Share[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [url, setUrl] = useState<string | null>(null);
  const load = async () => {
    const answer = await listShares(one.id);
    if (answer.ok) setShares(answer.value.shares);
    else setFault(refusalText(answer.error.code, answer.error.params));
  };
  useEffect(() => void load(), [one.id]);
  const changed = async () => {
    await load();
    await onDone();
  };
  const end = async (share: Share) => {
    const answer = await endShare(one.id, share.id);
    if (!answer.ok) return setFault(refusalText(answer.error.code, answer.error.params));
    setUrl(null);
    toast(t("library-share-ended"));
    await changed();
  };
  return (
    <>
      {url ? (
        <Made url={url} />
      ) : (
        <NewShareForm
          id={one.id}
          onMade={(made) => {
            setUrl(made);
            void changed();
          }}
        />
      )}
      <FormFault>{fault}</FormFault>
      <section class="stack-tight" aria-labelledby="share-list">
        <h3 id="share-list">{t("library-share-list")}</h3>
        {shares?.length === 0 && <p class="small quiet">{t("library-share-none")}</p>}
        <ul class="rows share-rows">
          {shares?.map((share) => (
            <ShareRow key={share.id} share={share} onEnd={() => void end(share)} />
          ))}
        </ul>
      </section>
    </>
  );
}

/** The only time the address is told. */
function Made({ url }: { url: string }) {
  return (
    <div class="share-made">
      <p class="small" role="status">
        {t("library-share-made")}
      </p>
      <code class="secret num">{url}</code>
      <Button
        look="primary"
        icon="copy"
        autofocus
        onClick={() => void copy(url, t("library-share-copied"), t("library-share-copy-failed"))}
      >
        {t("library-share-copy")}
      </Button>
    </div>
  );
}

function NewShareForm({ id, onMade }: { id: string; onMade(url: string): void }) {
  const [kind, setKind] = useState<ShareKind>("link");
  const [password, setPassword] = useState("");
  const [until, setUntil] = useState("");
  const [mayDownload, setMayDownload] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const today = dayInput(Date.now());
  const send = async (event: Event) => {
    event.preventDefault();
    const asked = kind === "public" ? "" : password;
    if (asked !== "" && asked.length < PASSWORD_MIN) {
      return setFault(t("library-share-password-short", { min: PASSWORD_MIN }));
    }
    if (until !== "" && until < today) return setFault(t("library-share-until-past"));
    setBusy(true);
    const answer = await addShare(id, {
      kind,
      may_download: mayDownload,
      ...(asked && { password: asked }),
      ...(until && { until: endOfDay(until) }),
    });
    setBusy(false);
    if (answer.ok) onMade(new URL(answer.value.url, location.origin).href);
    else setFault(refusalText(answer.error.code, answer.error.params));
  };
  return (
    <form class="stack" onSubmit={(event) => void send(event)} noValidate>
      <Select
        label={t("library-share-kind")}
        options={KINDS.map((one) => ({ value: one, label: t(`library-share-${one}`) }))}
        value={kind}
        onPick={(picked) => setKind(KINDS.find((one) => one === picked) ?? "link")}
      />
      {kind !== "public" && (
        <Field
          label={t("library-share-password")}
          hint={t("library-share-password-hint", { min: PASSWORD_MIN })}
          value={password}
          onValue={(value) => {
            setPassword(value);
            setFault(null);
          }}
          autocomplete="off"
          spellcheck={false}
          maxLength={200}
        />
      )}
      <DayField label={t("library-share-until")} value={until} min={today} onValue={setUntil} />
      <Switch label={t("library-share-download")} checked={mayDownload} onChange={setMayDownload} />
      <FormFault>{fault}</FormFault>
      <Button type="submit" look="primary" icon="link" waiting={busy && t("library-share-making")}>
        {t("library-share-make")}
      </Button>
    </form>
  );
}

function ShareRow({ share, onEnd }: { share: Share; onEnd(): void }) {
  const date = dayOf(share.created_at);
  const isEnded = share.ended_at !== null;
  const facts = [
    t("library-share-made-on", { date }),
    ...(share.has_password ? [t("library-share-with-password")] : []),
    share.until
      ? t("library-share-until-on", { date: dayOf(share.until) })
      : t("library-share-for-ever"),
    ...(share.may_download ? [t("library-share-may-download")] : []),
  ];
  return (
    <li>
      <div class="grow">
        <b>{t(`library-share-${share.kind}`)}</b>
        <span class="small quiet num">{facts.join(" · ")}</span>
      </div>
      {isEnded ? (
        <span class="pill">{t("library-share-is-ended")}</span>
      ) : (
        <Button
          look="line"
          size="small"
          aria-label={t("library-share-end-name", { date })}
          onClick={onEnd}
        >
          {t("library-share-end")}
        </Button>
      )}
    </li>
  );
}

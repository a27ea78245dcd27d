/** `/consent/<token>`: what was recorded of oneself, and taking it back, without an account. */
import { useEffect, useState } from "preact/hooks";
import { RECORDING_KINDS } from "../../room/recording";
import { dayOf, listOf } from "../../text/dates";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { FormFault } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { Empty } from "../../ui/mark";
import type { Problem } from "../../wire/http";
import type { RecordingKind } from "../../wire/messages";
import { type OwnConsent, readOwnConsent, withdrawOwn } from "../../wire/recordings";
import { DoorFrame, Loading, useTitle } from "../frame";
import { LoadFault } from "../load_fault";
import { Sure } from "../sure";
import { signOf } from "./answers";
import { KindChips } from "./chips";

const GONE = new Set(["consent.unknown", "recording.unknown"]);

export function ConsentPage({ token }: { token: string }) {
  const [own, setOwn] = useState<OwnConsent | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = async () => {
    const answer = await readOwnConsent(token);
    if (answer.ok) setOwn(answer.value);
    setProblem(answer.ok ? null : answer.error);
  };
  useEffect(() => void load(), [token]);
  useTitle(t("library-consent-title"));
  return (
    <DoorFrame class="entry">
      {problem && GONE.has(problem.code) && (
        <div class="card watch-problem">
          <Empty title={t("library-consent-gone")} text={t("library-consent-gone-note")} />
        </div>
      )}
      {problem && !GONE.has(problem.code) && (
        <LoadFault problem={problem} onAgain={() => void load()} />
      )}
      {own && !problem && <Sheet own={own} token={token} onChanged={load} />}
      {!own && !problem && <Loading />}
    </DoorFrame>
  );
}

interface SheetProps {
  own: OwnConsent;
  token: string;
  onChanged(): Promise<void>;
}

function Sheet({ own, token, onChanged }: SheetProps) {
  const { title, began_at, name, delete_after } = own;
  return (
    <div class="entry-sheet consent-page">
      <h1>{t("library-consent-title")}</h1>
      <p class="lead num">{t("library-consent-of", { title, date: dayOf(began_at) })}</p>
      <p>{t("library-consent-name", { name })}</p>
      {own.kinds.length === 0 ? (
        <p class="banner">
          <Icon name="check" />
          <span class="grow">{t("library-consent-none")}</span>
        </p>
      ) : (
        <>
          <p>{t("library-consent-is")}</p>
          <ul class="consent-list">
            {RECORDING_KINDS.filter((kind) => own.kinds.includes(kind)).map((kind) => (
              <li key={kind}>
                <Icon name={signOf(kind)} />
                {t(`recording-kind-${kind}`)}
              </li>
            ))}
          </ul>
          <p class="small quiet num">
            {delete_after
              ? t("library-consent-kept", { date: dayOf(delete_after) })
              : t("library-consent-kept-ever")}
          </p>
          <TakeBack own={own} token={token} onChanged={onChanged} />
        </>
      )}
    </div>
  );
}

function TakeBack({ own, token, onChanged }: SheetProps) {
  const [kinds, setKinds] = useState<readonly RecordingKind[]>([]);
  const [fault, setFault] = useState<string | null>(null);
  const [asked, setAsked] = useState<readonly RecordingKind[] | null>(null);
  return (
    <section class="stack" aria-labelledby="take-back">
      <h2 id="take-back">{t("library-consent-take")}</h2>
      <KindChips
        legend={t("library-consent-choose")}
        offered={own.kinds}
        kinds={kinds}
        fault={undefined}
        onKinds={(now) => {
          setKinds(now);
          setFault(null);
        }}
      />
      <FormFault>{fault}</FormFault>
      <Button
        look="danger"
        onClick={() =>
          kinds.length > 0 ? setAsked(kinds) : setFault(t("library-consent-missing"))
        }
      >
        {t("library-consent-take")}
      </Button>
      <Sure
        thing={asked}
        onClose={() => setAsked(null)}
        title={(some) => t("library-consent-sure", { kinds: wordsOf(some) })}
        note={t("library-consent-take-note")}
        action={t("library-consent-take")}
        waiting={t("library-consent-taking")}
        done={() => t("library-consent-taken")}
        send={(some) => withdrawOwn(token, [...some])}
        onDone={async () => {
          setKinds([]);
          await onChanged();
        }}
      />
    </section>
  );
}

function wordsOf(kinds: readonly RecordingKind[]): string {
  return listOf(kinds.map((kind) => t(`recording-kind-${kind}`)));
}

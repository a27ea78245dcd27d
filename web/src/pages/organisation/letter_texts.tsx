/** What each kind of letter says in each language, with how it would read beside it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Field, FormFault, Segmented, Select } from "../../ui/field";
import { toast } from "../../ui/live";
import type { Problem } from "../../wire/http";
import {
  type LetterPreview,
  type LetterTemplate,
  listTemplates,
  previewTemplate,
  writeTemplate,
} from "../../wire/letter_words";
import type { Spoken } from "../../wire/organisations";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import type { TabProps } from "./tab";

const LOCALES: readonly Spoken[] = ["en", "zh-CN"];
const PREVIEW_AFTER_MS = 400;

export function LetterTexts({ org }: TabProps) {
  const [all, setAll] = useState<readonly LetterTemplate[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [kind, setKind] = useState("made");
  const [locale, setLocale] = useState<Spoken>(org.locale);
  const load = async () => {
    const result = await listTemplates(org.id);
    setProblem(result.ok ? null : result.error);
    if (result.ok) setAll(result.value);
  };
  useEffect(() => void load(), [org.id]);
  if (problem) return <LoadFault problem={problem} onAgain={() => void load()} />;
  if (!all) return <Loading />;
  const here = all.filter((one) => one.locale === locale);
  const shown = here.find((one) => one.kind === kind) ?? here[0];
  const keep = (news: LetterTemplate) =>
    setAll(all.map((one) => (one.kind === news.kind && one.locale === news.locale ? news : one)));
  return (
    <section class="card card-pad stack" aria-label={t("letter-texts")}>
      <h2>{t("letter-texts")}</h2>
      <p class="small quiet">{t("letter-texts-note")}</p>
      <div class="row row-wrap letter-rule">
        <Select
          label={t("letter-kind")}
          options={here.map((one) => ({ value: one.kind, label: kindLabel(one) }))}
          value={shown?.kind ?? ""}
          onPick={setKind}
        />
        <Segmented<Spoken>
          label={t("org-locale")}
          options={LOCALES.map((one) => ({ value: one, label: t(`org-locale-${one}`) }))}
          value={locale}
          onPick={setLocale}
        />
      </div>
      {shown && (
        <Writing key={`${shown.kind} ${shown.locale}`} org={org.id} known={shown} onKept={keep} />
      )}
    </section>
  );
}

function kindLabel(one: LetterTemplate): string {
  const name = t(`letter-kind-${one.kind}`);
  return one.is_own ? t("letter-kind-own", { name }) : name;
}

interface WritingProps {
  org: string;
  known: LetterTemplate;
  onKept(news: LetterTemplate): void;
}

function Writing({ org, known, onKept }: WritingProps) {
  const [subject, setSubject] = useState(known.subject);
  const [text, setText] = useState(known.text);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const now = { ...known, subject, text };
  const preview = usePreview(org, now, setFault);
  const save = async (news: LetterTemplate) => {
    setBusy(true);
    const result = await writeTemplate(org, news);
    setBusy(false);
    setFault(result.ok ? null : refusalText(result.error.code, result.error.params));
    if (!result.ok) return;
    setSubject(result.value.subject);
    setText(result.value.text);
    onKept(result.value);
    toast(t("org-saved"));
  };
  const insert = (word: string) => {
    const at = area.current?.selectionStart ?? text.length;
    setText(`${text.slice(0, at)}{${word}}${text.slice(at)}`);
    area.current?.focus();
  };
  return (
    <form
      class="letter-writing"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save(now);
      }}
    >
      <div class="stack">
        <Field label={t("letter-subject")} value={subject} onValue={setSubject} maxLength={200} />
        <label class="field">
          <span>{t("letter-text")}</span>
          <textarea
            ref={area}
            class="input"
            rows={12}
            maxLength={10000}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <span class="field-hint">{t("letter-text-hint")}</span>
        </label>
        <fieldset class="letter-words">
          <legend class="label">{t("letter-words")}</legend>
          {known.words.map((word) => (
            <Button key={word} look="line" size="small" onClick={() => insert(word)}>
              {`{${word}}`}
            </Button>
          ))}
        </fieldset>
        <FormFault>{fault}</FormFault>
        <div class="row row-wrap">
          <Button type="submit" look="primary" waiting={busy && t("org-saving")}>
            {t("org-save")}
          </Button>
          {known.is_own && (
            <Button look="quiet" onClick={() => void save({ ...known, subject: "", text: "" })}>
              {t("letter-ours")}
            </Button>
          )}
        </div>
      </div>
      <section class="letter-preview" aria-label={t("letter-preview")} aria-live="polite">
        <h3>{t("letter-preview")}</h3>
        {preview && (
          <>
            <p class="letter-preview-subject">{preview.subject}</p>
            <p class="letter-preview-text">{preview.text}</p>
          </>
        )}
      </section>
    </form>
  );
}

/** How it would read, a moment after the last letter was typed. */
function usePreview(org: string, now: LetterTemplate, onFault: (fault: string | null) => void) {
  const [preview, setPreview] = useState<LetterPreview | null>(null);
  useEffect(() => {
    let gone = false;
    const timer = setTimeout(async () => {
      const result = await previewTemplate(org, now);
      if (gone) return;
      onFault(result.ok ? null : refusalText(result.error.code, result.error.params));
      if (result.ok) setPreview(result.value);
    }, PREVIEW_AFTER_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [org, now.subject, now.text]);
  return preview;
}

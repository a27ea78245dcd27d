/** Texts that are signed before a talk: written in both languages, each change a new version. */
import { useEffect, useState } from "preact/hooks";
import { dayOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field, FormFault, Segmented, Switch } from "../../ui/field";
import { FormFoot } from "../../ui/form_foot";
import { toast } from "../../ui/live";
import { Empty } from "../../ui/mark";
import type { Problem } from "../../wire/http";
import {
  addFormVersion,
  type ConsentForm,
  createForm,
  type FormTexts,
  listForms,
  type Spoken,
  switchForm,
} from "../../wire/organisations";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import type { TabProps } from "./tab";

const LOCALES: readonly Spoken[] = ["en", "zh-CN"];

export function titleOf(texts: FormTexts): string {
  const own = language.value === "zh-CN" ? "zh-CN" : "en";
  return texts[own]?.title ?? texts.en?.title ?? texts["zh-CN"]?.title ?? "";
}

export function Forms({ org }: TabProps) {
  const [forms, setForms] = useState<readonly ConsentForm[] | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const [writing, setWriting] = useState<ConsentForm | "new" | null>(null);
  const load = async () => {
    const result = await listForms(org.id);
    setFault(result.ok ? null : result.error);
    if (result.ok) setForms(result.value);
  };
  useEffect(() => void load(), [org.id]);
  const turn = async (form: ConsentForm, isOn: boolean) => {
    const result = await switchForm(org.id, form.id, isOn);
    if (result.ok) setForms(result.value);
    else toast(refusalText(result.error.code, result.error.params));
  };
  return (
    <section class="stack" aria-label={t("org-tab-forms")}>
      <div class="row row-wrap">
        <p class="quiet grow">{t("org-forms-note")}</p>
        <Button look="primary" icon="plus" onClick={() => setWriting("new")}>
          {t("org-form-new")}
        </Button>
      </div>
      {fault && <LoadFault problem={fault} onAgain={() => void load()} />}
      {forms === null && !fault && <Loading />}
      {forms?.length === 0 && (
        <div class="card">
          <Empty title={t("org-forms-empty")} text={t("org-forms-empty-note")} />
        </div>
      )}
      {forms && forms.length > 0 && (
        <ul class="card rows">
          {forms.map((form) => (
            <li key={form.id}>
              <span class="grow">
                <b>{titleOf(form.newest.texts)}</b>
                <span class="small quiet num">
                  {t("org-form-version", {
                    number: form.newest.number,
                    day: dayOf(form.newest.at),
                  })}
                </span>
              </span>
              <Switch
                label={t("org-form-on")}
                checked={form.is_on}
                onChange={(on) => void turn(form, on)}
              />
              <Button look="line" icon="pen" onClick={() => setWriting(form)}>
                {t("org-form-change")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {writing && (
        <WriteForm
          org={org.id}
          form={writing === "new" ? null : writing}
          onClose={() => setWriting(null)}
          onDone={() => void load()}
        />
      )}
    </section>
  );
}

interface WriteProps {
  org: string;
  form: ConsentForm | null;
  onClose(): void;
  onDone(): void;
}

function WriteForm({ org, form, onClose, onDone }: WriteProps) {
  const [texts, setTexts] = useState<FormTexts>(form?.newest.texts ?? {});
  const [at, setAt] = useState<Spoken>(language.value === "zh-CN" ? "zh-CN" : "en");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const shown = texts[at] ?? { title: "", text: "" };
  const set = (news: Partial<typeof shown>) => setTexts({ ...texts, [at]: { ...shown, ...news } });
  const send = async () => {
    const written: FormTexts = {};
    for (const one of LOCALES) {
      const said = texts[one];
      if (said?.title.trim() && said.text.trim()) written[one] = said;
    }
    setBusy(true);
    const result = await (form ? addFormVersion(org, form.id, written) : createForm(org, written));
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    onDone();
    onClose();
  };
  return (
    <Dialog
      open
      title={t(form ? "org-form-change" : "org-form-new")}
      onClose={onClose}
      class="dlg-wide"
    >
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void send();
        }}
      >
        {form && <p>{t("org-form-change-note")}</p>}
        <Segmented<Spoken>
          label={t("org-locale")}
          options={LOCALES.map((one) => ({ value: one, label: t(`org-locale-${one}`) }))}
          value={at}
          onPick={setAt}
        />
        <Field
          label={t("org-form-title")}
          value={shown.title}
          onValue={(title) => set({ title })}
          maxLength={120}
          autocomplete="off"
        />
        <label class="field">
          <span>{t("org-form-text")}</span>
          <textarea
            class="input"
            rows={10}
            maxLength={20000}
            value={shown.text}
            onInput={(event) => set({ text: event.currentTarget.value })}
          />
        </label>
        <FormFault>{fault}</FormFault>
        <FormFoot action={t("org-save")} waiting={busy && t("org-saving")} onClose={onClose} />
      </form>
    </Dialog>
  );
}

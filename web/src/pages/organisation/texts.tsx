/** What the organisation is called, its page says, and its words for people and talks. */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Field, Segmented, Select } from "../../ui/field";
import type { Spoken, Vertical, Word, Words } from "../../wire/organisations";
import { copy } from "../copy_link";
import { useSaving } from "./saving";
import { SettingsForm } from "./settings_form";
import type { TabProps } from "./tab";
import { zoneOptions } from "./zones";

const VERTICALS: readonly Vertical[] = ["general", "education", "health", "psychology"];
const WORDS: readonly Word[] = ["client", "clients", "host", "hosts", "talk", "talks"];
const LOCALES: readonly Spoken[] = ["en", "zh-CN"];

export function Texts({ org }: TabProps) {
  const { busy, fault, save } = useSaving(org.id);
  const [name, setName] = useState(org.name);
  const [slug, setSlug] = useState(org.slug);
  const [zone, setZone] = useState(org.zone);
  const [locale, setLocale] = useState<Spoken>(org.locale);
  const [vertical, setVertical] = useState<Vertical>(org.vertical);
  const [about, setAbout] = useState(org.settings.about);
  const [address, setAddress] = useState(org.settings.address);
  const [words, setWords] = useState<Words>(org.words);
  const page = `${location.origin}/b/${org.slug}`;
  const send = () =>
    save({ name, slug, zone, locale, vertical, words, settings: { about, address } });
  return (
    <SettingsForm label={t("org-tab-texts")} busy={busy} fault={fault} onSave={send}>
      <Field label={t("org-name")} value={name} onValue={setName} maxLength={120} required />
      <div class="row row-wrap org-page">
        <p class="small quiet grow">
          {t("org-page")} <a href={page}>{page}</a>
        </p>
        <Button
          look="line"
          size="small"
          icon="copy"
          onClick={() => void copy(page, t("link-copied"), t("link-copy-failed", { link: page }))}
        >
          {t("org-page-copy")}
        </Button>
      </div>
      <Field
        label={t("org-slug")}
        hint={t("org-slug-hint")}
        value={slug}
        onValue={setSlug}
        maxLength={40}
        spellcheck={false}
        autocomplete="off"
        required
      />
      <Select label={t("org-zone")} options={zoneOptions(zone)} value={zone} onPick={setZone} />
      <Segmented<Spoken>
        label={t("org-locale")}
        options={LOCALES.map((one) => ({ value: one, label: t(`org-locale-${one}`) }))}
        value={locale}
        onPick={setLocale}
      />
      <Long label={t("org-about")} hint={t("org-about-hint")} value={about} onValue={setAbout} />
      <Long label={t("org-address")} value={address} onValue={setAddress} />
      <fieldset class="stack">
        <legend class="label">{t("org-words")}</legend>
        <p class="small quiet">{t("org-words-note")}</p>
        <Segmented<Vertical>
          label={t("org-vertical")}
          options={VERTICALS.map((one) => ({ value: one, label: t(`org-vertical-${one}`) }))}
          value={vertical}
          onPick={setVertical}
        />
        {LOCALES.map((one) => (
          <div key={one} class="org-words">
            <h3>{t(`org-locale-${one}`)}</h3>
            {WORDS.filter((_, at) => one === "en" || at % 2 === 0).map((word) => (
              <Field
                key={word}
                label={t(`org-word-${word}`)}
                value={words[one]?.[word] ?? ""}
                onValue={(text) => setWords({ ...words, [one]: { ...words[one], [word]: text } })}
                placeholder={org.spoken[one][word]}
                maxLength={40}
                autocomplete="off"
              />
            ))}
          </div>
        ))}
      </fieldset>
    </SettingsForm>
  );
}

interface LongProps {
  label: string;
  hint?: string;
  value: string;
  onValue(value: string): void;
}

function Long({ label, hint, value, onValue }: LongProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        class="input"
        rows={4}
        maxLength={4000}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {hint && <span class="field-hint">{hint}</span>}
    </label>
  );
}

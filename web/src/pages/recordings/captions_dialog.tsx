/** Captions of a recording: a WebVTT file for each language, and taking one away. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { chooseFiles } from "../../ui/choose_files";
import { Dialog } from "../../ui/dialog";
import { FormFault, Select } from "../../ui/field";
import { toast } from "../../ui/live";
import { type Caption, dropCaptions, putCaptions, type Recording } from "../../wire/recordings";
import type { QuestionProps } from "./question";

const LANGUAGES = [
  ...["en", "zh-CN", "zh-TW", "ar", "de", "es", "fr", "hi", "id", "it", "ja", "ko"],
  ...["nl", "pl", "pt", "ru", "sv", "th", "tr", "uk", "vi"],
] as const;
const BYTES_MAX = 512 * 1024;

export function CaptionsDialog({ one, onClose, onDone }: QuestionProps) {
  return (
    <Dialog
      open={one !== null}
      title={t("library-captions-title", { title: one?.title ?? "" })}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t("close")}</Button>}
    >
      {one && <Captions one={one} onDone={onDone} />}
    </Dialog>
  );
}

function Captions({ one, onDone }: { one: Recording; onDone(): Promise<void> }) {
  const [locale, setLocale] = useState<string>(language.value);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (file: File) => {
    setFault(null);
    if (file.size > BYTES_MAX) return setFault(refusalText("recording.caption"));
    setBusy(true);
    const text = new Blob([file], { type: "text/vtt" });
    const answer = await putCaptions(one.id, locale, text, nameOf(locale, locale));
    setBusy(false);
    if (!answer.ok) return setFault(refusalText(answer.error.code, answer.error.params));
    toast(t("library-captions-added"));
    await onDone();
  };
  const drop = async (caption: Caption) => {
    const answer = await dropCaptions(one.id, caption.locale);
    if (!answer.ok) return setFault(refusalText(answer.error.code, answer.error.params));
    await onDone();
  };
  return (
    <>
      <ul class="rows">
        {one.captions.map((caption) => (
          <li key={caption.locale}>
            <b class="grow" lang={caption.locale}>
              {caption.label}
            </b>
            <IconButton
              icon="trash"
              label={t("library-captions-drop", { name: caption.label })}
              onClick={() => void drop(caption)}
            />
          </li>
        ))}
      </ul>
      {one.captions.length === 0 && <p class="small quiet">{t("library-captions-none")}</p>}
      <Select
        label={t("library-captions-language")}
        icon="globe"
        options={LANGUAGES.map((id) => ({ value: id, label: nameOf(id, language.value) }))}
        value={locale}
        onPick={setLocale}
      />
      <Button
        look="primary"
        icon="upload"
        waiting={busy && t("library-captions-sending")}
        onClick={() =>
          chooseFiles({ accept: ".vtt,text/vtt" }, ([file]) => file && void send(file))
        }
      >
        {t("library-captions-choose")}
      </Button>
      <p class="small quiet">{t("library-captions-note")}</p>
      <FormFault>{fault}</FormFault>
    </>
  );
}

/** How a language is called in another, or in itself. */
function nameOf(locale: string, inLocale: string): string {
  return new Intl.DisplayNames([inLocale], { type: "language" }).of(locale) ?? locale;
}

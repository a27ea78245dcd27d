/** The server's text on what a yes means, in the reader's language and unchanged. */
import { useEffect, useState } from "preact/hooks";
import { language, t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { LongText } from "../../../ui/long_text";
import type { ConsentText, RecordingKind } from "../../../wire/messages";
import type { Desk } from "../desk";

/** What it will be about, while it is not asked for yet. */
export interface Draft {
  purpose: string;
  kinds: readonly RecordingKind[];
}

/** null until it is here; asked for again in another language, and by `again`. */
export function useConsentText(
  desk: Desk,
  draft: Draft | null = null,
): { text: ConsentText | null; isMissing: boolean; again(): void } {
  const [text, setText] = useState<ConsentText | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [turn, setTurn] = useState(0);
  const locale = language.value;
  const { recording_id } = desk.room.value.recording.facts;
  const about = draft ? `${draft.purpose} ${draft.kinds.join()}` : recording_id;
  useEffect(() => {
    let isOver = false;
    setText(null);
    setMissing(false);
    const load = async () => {
      const asked = { locale, purpose: draft?.purpose ?? "", kinds: [...(draft?.kinds ?? [])] };
      const answer = await desk.session.wire.request("recording.text", asked);
      if (isOver) return;
      setText(answer.ok ? answer.value : null);
      setMissing(!answer.ok);
    };
    const timer = setTimeout(() => void load(), draft ? SETTLE_MS : 0);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [locale, about, turn]);
  return { text, isMissing, again: () => setTurn(turn + 1) };
}

/** While somebody writes what it is for, the text is not asked for with each letter. */
const SETTLE_MS = 400;

interface TextProps {
  text: ConsentText | null;
  isMissing: boolean;
  again(): void;
  /** Folded until it is asked for; else it lies open. */
  isFolded?: boolean;
}

export function ConsentWords({ text, isMissing, again, isFolded }: TextProps) {
  if (isMissing) {
    return (
      <div class="banner banner-danger" role="alert">
        <div>{t("recording-asked-missing")}</div>
        <Button look="line" size="small" onClick={again}>
          {t("again")}
        </Button>
      </div>
    );
  }
  if (!text) return <p class="small quiet">{t("recording-asked-loading")}</p>;
  const words = (
    <LongText text={text.text} locale={text.locale} label={t("recording-asked-text")} />
  );
  if (!isFolded) return words;
  return (
    <details class="consent-more">
      <summary>{t("recording-asked-text")}</summary>
      {words}
    </details>
  );
}

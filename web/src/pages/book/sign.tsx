/** Texts that are signed with a booking: read whole, agreed to one by one. */
import { language, t } from "../../text/text";
import { Icon } from "../../ui/icon";
import { LongText } from "../../ui/long_text";
import type { ToSign } from "../../wire/forms";

interface Props {
  forms: readonly ToSign[];
  /** Their versions that were agreed to. */
  agreed: readonly string[];
  onAgreed(versions: string[]): void;
  /** Somebody wanted to go on without agreeing. */
  missing?: boolean;
}

/** In the reader's language where it was written in it, else in the one there is. */
function textOf({ texts }: ToSign): { title: string; text: string; locale: string } {
  const own = language.value === "zh-CN" ? "zh-CN" : "en";
  const locale = texts[own] ? own : (Object.keys(texts)[0] ?? own);
  return { title: "", text: "", ...texts[locale], locale };
}

export function SignForms({ forms, agreed, onAgreed, missing }: Props) {
  if (forms.length === 0) return null;
  const turn = (version: string, on: boolean) =>
    onAgreed(on ? [...agreed, version] : agreed.filter((one) => one !== version));
  return (
    <fieldset class="sign">
      <legend>{t("sign-title")}</legend>
      <p class="quiet">{t("sign-note")}</p>
      {forms.map((form) => {
        const { title, text, locale } = textOf(form);
        const done = agreed.includes(form.version_id);
        return (
          <div key={form.version_id} class="sign-one">
            <details>
              <summary>{t("sign-open", { title })}</summary>
              <LongText text={text} locale={locale} label={title} />
            </details>
            <label class="sign-agree">
              <input
                type="checkbox"
                checked={done}
                aria-invalid={missing && !done ? true : undefined}
                onChange={(event) => turn(form.version_id, event.currentTarget.checked)}
              />
              <span>{t("sign-agree")}</span>
            </label>
          </div>
        );
      })}
      {missing && forms.some((form) => !agreed.includes(form.version_id)) && (
        <p class="field-fault" role="alert">
          <Icon name="warn" />
          <span>{t("sign-missing")}</span>
        </p>
      )}
    </fieldset>
  );
}

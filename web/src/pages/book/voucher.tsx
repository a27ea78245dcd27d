/** The code of a package, and what it pays, told as soon as it was typed. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Field } from "../../ui/field";
import { announce } from "../../ui/live";
import { tryVoucher } from "../../wire/book_calls";

interface Props {
  org: string;
  offerId: string;
  value: string;
  onValue(code: string): void;
}

const LETTERS = 12;

/** Whether it is long enough to be a code at all; fewer letters are not worth a try. */
export function mayBeCode(text: string): boolean {
  return text.replace(/[\s-]/g, "").length >= LETTERS;
}

export function Voucher({ org, offerId, value, onValue }: Props) {
  const [said, setSaid] = useState<{ of: string; hint?: string; fault?: string } | null>(null);
  const look = async () => {
    const code = value.trim();
    if (!code || code === said?.of) return;
    if (!mayBeCode(code)) return setSaid({ of: code, fault: refusalText("voucher.unknown") });
    const answer = await tryVoucher(org, code, offerId);
    if (answer.ok) {
      const { name, left, total } = answer.value;
      const hint = t("pay-code", { name, left, total });
      setSaid({ of: code, hint });
      announce(hint);
    } else {
      const fault = refusalText(answer.error.code, answer.error.params);
      setSaid({ of: code, fault });
    }
  };
  const known = said?.of === value.trim() ? said : null;
  return (
    <Field
      label={t("book-optional", { label: t("book-voucher") })}
      value={value}
      maxLength={40}
      spellcheck={false}
      autocomplete="off"
      {...(known?.hint ? { hint: known.hint } : {})}
      fault={known?.fault ?? null}
      onValue={onValue}
      onBlur={() => void look()}
    />
  );
}

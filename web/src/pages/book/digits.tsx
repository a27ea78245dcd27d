/** Six digits from a letter: they prove the address, and make this browser known. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Field, FormFault } from "../../ui/field";
import type { Problem, Reply } from "../../wire/http";

interface Props<T> {
  send(digits: string): Reply<T>;
  /** A new letter; absent where there is none. */
  again?(): Promise<unknown>;
  onDone(value: T): void;
}

export function DigitsForm<T>({ send, again, onDone }: Props<T>) {
  const [digits, setDigits] = useState("");
  const [sending, setSending] = useState(false);
  const [mailed, setMailed] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async () => {
    setSending(true);
    setProblem(null);
    const answer = await send(digits.replace(/\D/g, ""));
    setSending(false);
    if (answer.ok) onDone(answer.value);
    else setProblem(answer.error);
  };
  return (
    <form
      class="book-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field
        label={t("book-digits")}
        value={digits}
        inputMode="numeric"
        autocomplete="one-time-code"
        maxLength={12}
        onValue={setDigits}
      />
      <FormFault>{problem && refusalText(problem.code, problem.params)}</FormFault>
      <div class="book-acts">
        {again && (
          <Button
            look="quiet"
            disabled={mailed}
            onClick={() => {
              setMailed(true);
              void again();
            }}
          >
            {t(mailed ? "book-digits-mailed" : "book-digits-again")}
          </Button>
        )}
        <Button
          type="submit"
          look="primary"
          size="large"
          disabled={digits.replace(/\D/g, "").length !== 6}
          waiting={sending && t("loading")}
        >
          {t("book-digits-send")}
        </Button>
      </div>
    </form>
  );
}

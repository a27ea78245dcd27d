/** One field for a class code or a whole link, as somebody copied it from a letter. */
import { useState } from "preact/hooks";
import { t } from "../text/text";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { codeIn, navigate } from "./router";

export function CodeEntry({ primary = false }: { primary?: boolean }) {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const enter = (event: Event) => {
    event.preventDefault();
    const code = codeIn(text);
    setWrong(code === null);
    if (code !== null) navigate(`/r/${code}`);
  };
  return (
    <form class="code-entry" onSubmit={enter} noValidate>
      <Field
        label={t("code-label")}
        placeholder={t("code-placeholder")}
        value={text}
        fault={wrong ? t("code-wrong") : null}
        onValue={(value) => {
          setText(value);
          setWrong(false);
        }}
        autocomplete="off"
        spellcheck={false}
        maxLength={300}
      />
      <Button type="submit" look={primary ? "primary" : "line"} icon="enter">
        {t("code-enter")}
      </Button>
    </form>
  );
}

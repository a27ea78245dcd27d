/** Experts of a talk: a colleague is rung, somebody from outside gets a link. */
import { useState } from "preact/hooks";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Field, FormFault } from "../../../ui/field";
import { announce } from "../../../ui/live";
import { addExpert, type TalkRoom } from "../../../wire/talks";
import { copy } from "../../copy_link";
import { keepTalk } from "./talk";

export function Experts({ code, told }: { code: string; told: TalkRoom }) {
  const [name, setName] = useState("");
  const [busy, setBusy] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const add = async (who: { member_id: string } | { name: string }, key: string) => {
    setBusy(key);
    const result = await addExpert(code, who);
    setBusy("");
    setFault(result.ok ? null : refusalText(result.error.code, result.error.params));
    if (!result.ok) return;
    keepTalk(result.value);
    setName("");
    announce(t("talk-expert-added"));
  };
  const share = (link: string) => {
    const whole = location.origin + link;
    void copy(whole, t("link-copied"), t("link-copy-failed", { link: whole }));
  };
  return (
    <div class="stack">
      <p class="small quiet">{t("talk-experts-note")}</p>
      {told.experts.length > 0 && (
        <ul class="visit-people">
          {told.experts.map((one) => (
            <li key={one.link || one.member_id}>
              <span class="grow">{one.name}</span>
              {one.link ? (
                <Button look="line" size="small" icon="copy" onClick={() => share(one.link)}>
                  {t("org-invite-copy")}
                </Button>
              ) : (
                <span class="pill">{t("talk-rung")}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {told.colleagues.length > 0 && (
        <ul class="visit-people" aria-label={t("talk-colleagues")}>
          {told.colleagues.map((one) => (
            <li key={one.member_id}>
              <span class="grow">{one.name}</span>
              <Button
                look="line"
                size="small"
                icon="invite"
                waiting={busy === one.member_id && t("talk-adding")}
                onClick={() => void add({ member_id: one.member_id }, one.member_id)}
              >
                {t("talk-ring", { name: one.name })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && name.trim()) void add({ name }, "outside");
        }}
      >
        <Field
          label={t("talk-outside")}
          hint={t("talk-outside-hint")}
          value={name}
          onValue={setName}
          maxLength={60}
          autocomplete="off"
        />
        <FormFault>{fault}</FormFault>
        <div>
          <Button type="submit" look="line" waiting={busy === "outside" && t("talk-adding")}>
            {t("talk-outside-add")}
          </Button>
        </div>
      </form>
    </div>
  );
}

/** Texts that have to be signed before the talk, one after the other. */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Field } from "../../ui/field";
import { LongText } from "../../ui/long_text";
import type { Visit } from "../../wire/waiting";
import { backOf } from "./back";

interface Props {
  visit: Visit;
  onSign(versionId: string, name: string): Promise<void>;
}

export function FormsToSign({ visit, onSign }: Props) {
  const [name, setName] = useState(visit.name);
  const [fault, setFault] = useState<string | null>(null);
  const [signing, setSigning] = useState(false);
  const [form] = visit.forms;
  if (!form) return null;
  const sign = async () => {
    if (name.trim() === "") return setFault(t("name-missing"));
    setSigning(true);
    await onSign(form.version_id, name.trim());
    setSigning(false);
  };
  return (
    <section class="wait-form card card-pad" aria-label={form.title}>
      <h2>{form.title}</h2>
      <LongText text={form.text} label={form.title} />
      {visit.name === "" ? (
        <>
          <p>{t("wait-sign-unknown")}</p>
          <ButtonLink look="primary" href={backOf(visit)}>
            {t("wait-to-booking")}
          </ButtonLink>
        </>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void sign();
          }}
        >
          <Field
            label={t("wait-sign-name")}
            value={name}
            onValue={(now) => {
              setName(now);
              setFault(null);
            }}
            fault={fault}
            autocomplete="name"
            maxLength={60}
          />
          <Button type="submit" look="primary" waiting={signing && t("wait-saving")}>
            {t("wait-sign")}
          </Button>
        </form>
      )}
    </section>
  );
}

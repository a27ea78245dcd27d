/** Texts whoever comes has signed, each of which can be taken back. */
import { useEffect, useState } from "preact/hooks";
import { dayIn } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button } from "../../ui/button";
import { toast } from "../../ui/live";
import { type MyForms, readSigned, takeBack } from "../../wire/book_calls";
import type { Mine } from "../../wire/booking";
import { zone } from "../book/zone_line";
import { oneOfEach } from "./person";

type Signature = MyForms["signatures"][number];

/** What counts now: the newest word about each text, unless it was taken back. */
export function standing(signatures: readonly Signature[]): Signature[] {
  const newest = new Map<string, Signature>();
  for (const one of [...signatures].sort((a, b) => b.number - a.number))
    if (!newest.has(one.version_id)) newest.set(one.version_id, one);
  return [...newest.values()].filter((one) => !one.is_withdrawal);
}

export function Signed({ bookings }: { bookings: readonly Mine[] }) {
  return (
    <>
      {oneOfEach(bookings).map((one) => (
        <SignedFor key={one.id} mine={one} />
      ))}
    </>
  );
}

function SignedFor({ mine }: { mine: Mine }) {
  const [forms, setForms] = useState<MyForms | null>(null);
  const [busy, setBusy] = useState("");
  const whose = { id: mine.id, token: "" };
  useEffect(() => {
    void readSigned(whose).then((answer) => answer.ok && setForms(answer.value));
  }, [mine.id]);
  const list = standing(forms?.signatures ?? []);
  if (list.length === 0) return null;
  const back = async (version: string) => {
    setBusy(version);
    const answer = await takeBack(whose, version);
    setBusy("");
    if (!answer.ok) return toast(refusalText(answer.error.code, answer.error.params));
    setForms(answer.value);
    toast(t("mine-taken-back"));
  };
  return (
    <section class="mine-list">
      <h2>{t("mine-signed")}</h2>
      <ul class="card rows">
        {list.map((one) => (
          <li key={one.version_id}>
            <span class="grow">
              <b>{one.title[language.value] ?? Object.values(one.title)[0]}</b>
              <span class="quiet num">
                {mine.organisation.name} · {dayIn(zone.value, Date.parse(one.at), "whole")}
              </span>
            </span>
            <Button
              look="line"
              waiting={busy === one.version_id && t("book-sending")}
              onClick={() => void back(one.version_id)}
            >
              {t("mine-take-back")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

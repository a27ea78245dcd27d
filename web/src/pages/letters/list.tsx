/** Letters, the newest first; each opens to what it said. */
import { useEffect, useState } from "preact/hooks";
import { dayOf, timeOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Icon, type IconName } from "../../ui/icon";
import { toast } from "../../ui/live";
import { Empty } from "../../ui/mark";
import type { Problem } from "../../wire/http";
import {
  type Letter,
  type LetterState,
  listLetters,
  readLetter,
  sendAgain,
  type WholeLetter,
} from "../../wire/letters";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { More, useParts } from "../parts";

const SIGNS: Record<LetterState, { icon: IconName; look: string }> = {
  waiting: { icon: "clock", look: "pill" },
  begun: { icon: "clock", look: "pill" },
  sent: { icon: "check", look: "pill pill-ok" },
  failed: { icon: "warn", look: "pill pill-signal" },
  perhaps: { icon: "warn", look: "pill pill-signal" },
  none: { icon: "info", look: "pill" },
  dropped: { icon: "close", look: "pill" },
};

export const whenOf = (iso: string) => `${dayOf(iso)}, ${timeOf(iso)}`;

interface ListProps {
  org: string;
  state: string;
  client: string;
}

export function LetterList({ org, state, client }: ListProps) {
  const [isSet, setIsSet] = useState(true);
  const [open, setOpen] = useState<Letter | null>(null);
  const { list, hasMore, busy, fault, load, more } = useParts(
    (last?: Letter) => listLetters(org, { state, client, before: last?.id ?? "" }),
    (answer) => answer.letters,
    (answer) => setIsSet(answer.is_mail_set),
  );
  useEffect(() => void load(), [org, state, client]);
  return (
    <section class="stack" aria-label={t("desk-letters")}>
      {!isSet && (
        <p class="banner banner-signal">
          <Icon name="warn" />
          <span>{t("letters-no-server")}</span>
        </p>
      )}
      {fault && <LoadFault problem={fault} onAgain={() => void more()} />}
      {list === null && !fault && <Loading />}
      {list?.length === 0 && (
        <div class="card">
          <Empty title={t("letters-empty")} text={t("letters-empty-note")} />
        </div>
      )}
      {list && list.length > 0 && (
        <ul class="card rows">
          {list.map((one) => (
            <Row key={one.id} one={one} onOpen={() => setOpen(one)} />
          ))}
        </ul>
      )}
      {hasMore && <More busy={busy} onMore={more} />}
      {open && <Whole letter={open} onClose={() => setOpen(null)} onDone={() => void load()} />}
    </section>
  );
}

function Row({ one, onOpen }: { one: Letter; onOpen(): void }) {
  const sign = SIGNS[one.state];
  return (
    <li>
      <button type="button" class="letter-open grow" onClick={onOpen}>
        <b>{one.subject}</b>
        <span class="small quiet">
          {t("letter-to", { name: one.to_name, email: one.to_email })}
        </span>
        {one.reason && <span class="small">{t(`letter-reason-${one.reason}`)}</span>}
      </button>
      <span class={sign.look}>
        <Icon name={sign.icon} />
        {t(`letter-state-${one.state}`)}
      </span>
      <time class="small quiet num" dateTime={one.created_at}>
        {whenOf(one.done_at ?? one.created_at)}
      </time>
    </li>
  );
}

interface WholeProps {
  letter: Letter;
  onClose(): void;
  onDone(): void;
}

function Whole({ letter, onClose, onDone }: WholeProps) {
  const [told, setTold] = useState<WholeLetter | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const load = async () => {
    const result = await readLetter(letter.id);
    setFault(result.ok ? null : result.error);
    if (result.ok) setTold(result.value);
  };
  useEffect(() => void load(), [letter.id]);
  const again = async () => {
    setBusy(true);
    const result = await sendAgain(letter.id);
    setBusy(false);
    if (!result.ok) return toast(refusalText(result.error.code, result.error.params));
    toast(t("letter-goes-again"));
    onDone();
    onClose();
  };
  return (
    <Dialog
      open
      class="dlg-wide"
      title={letter.subject}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t("close")}
          </Button>
          {letter.may_go_again && (
            <Button
              look="line"
              icon="again"
              waiting={busy && t("letter-sending")}
              onClick={() => void again()}
            >
              {t("letter-again")}
            </Button>
          )}
        </>
      }
    >
      <p class="small quiet">
        {t("letter-to", { name: letter.to_name, email: letter.to_email })} ·{" "}
        {t(`letter-state-${letter.state}`)}
      </p>
      {fault && <LoadFault problem={fault} onAgain={() => void load()} />}
      {!told && !fault && <Loading />}
      {told && <p class="note-body">{told.text}</p>}
    </Dialog>
  );
}

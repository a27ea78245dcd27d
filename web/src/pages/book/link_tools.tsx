/** What goes with an appointment: calendar, link, reminders, the account it is kept in. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { among } from "../../text/among";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Switch } from "../../ui/field";
import { toast } from "../../ui/live";
import { readSession } from "../../wire/api";
import { keepInAccount, newLink, readEvent, remind, type Whose } from "../../wire/book_calls";
import type { Mine, Ticket } from "../../wire/booking";
import { saveFile } from "../classroom/board/save_file";
import { copy } from "../copy_link";
import { ForgetMe } from "../mine/forget";
import { go } from "./place";

interface Props {
  seen: Mine | Ticket;
  whose: Whose;
  /** It was booked a moment ago: the calendar is what comes next. */
  isFresh: boolean;
  isComing: boolean;
  onSeen(seen: Mine | Ticket): void;
  children?: ComponentChildren;
}

export function LinkTools({ seen, whose, isFresh, isComing, onSeen, children }: Props) {
  const mine = seen.is_known ? (seen as Mine) : null;
  const calendar = async () => {
    const answer = await readEvent(whose);
    if (answer.ok) saveFile(answer.value, "appointment.ics");
    else toast(refusalText(answer.error.code, answer.error.params));
  };
  const link = `${location.origin}${mine?.link ?? location.pathname}`;
  return (
    <>
      <div class="mine-acts">
        {isComing && (
          <Button
            look={isFresh ? "primary" : "line"}
            icon="calendar"
            onClick={() => void calendar()}
          >
            {t("mine-calendar")}
          </Button>
        )}
        <Button
          look="line"
          icon="link"
          onClick={() => void copy(link, t("link-copied"), t("link-copy-failed", { link }))}
        >
          {t("mine-copy")}
        </Button>
      </div>
      {children}
      {mine && isComing && <Reminders mine={mine} whose={whose} onSeen={onSeen} />}
      <div class="mine-acts mine-quiet">
        {mine && <Keep mine={mine} whose={whose} onSeen={onSeen} />}
        <ForgetMe />
      </div>
    </>
  );
}

type KnownProps = { mine: Mine; whose: Whose; onSeen(seen: Mine): void };

function Reminders({ mine, whose, onSeen }: KnownProps) {
  const turn = async (on: boolean) => {
    onSeen({ ...mine, person: { ...mine.person, wants_reminders: on } });
    const answer = await remind(whose, on);
    onSeen(answer.ok ? answer.value : mine);
    if (!answer.ok) toast(refusalText(answer.error.code, answer.error.params));
  };
  return (
    <Switch
      label={t("book-reminders")}
      checked={mine.person.wants_reminders}
      onChange={(on) => void turn(on)}
    />
  );
}

/** In the account of whoever is signed in here; and the way to make an older link worthless. */
function Keep({ mine, whose, onSeen }: KnownProps) {
  const [account, setAccount] = useState("");
  useEffect(() => {
    void readSession().then((answer) => {
      if (answer.ok) setAccount(answer.value.account?.name ?? "");
    });
  }, []);
  const keep = async () => {
    const answer = await keepInAccount(whose);
    if (answer.ok) {
      onSeen(answer.value);
      toast(t("mine-kept"));
    } else toast(refusalText(answer.error.code, answer.error.params));
  };
  const renew = async () => {
    const answer = await newLink(whose);
    if (!answer.ok) return toast(refusalText(answer.error.code, answer.error.params));
    go(`/k/${answer.value.token}`, { replace: true });
    toast(t("mine-link-new-done"));
  };
  return (
    <>
      <a class="btn btn-link" href="/mine">
        {t("mine-all")}
      </a>
      {account && !mine.in_account && (
        <Button look="link" onClick={() => void keep()}>
          {t("mine-keep", { name: among(account) })}
        </Button>
      )}
      <Button look="link" onClick={() => void renew()}>
        {t("mine-link-new")}
      </Button>
    </>
  );
}

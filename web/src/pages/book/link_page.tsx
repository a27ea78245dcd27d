/** An appointment by its private link: when and with whom for whoever has it, the rest for its client. */
import { useEffect, useState } from "preact/hooks";
import { placeOfZone } from "../../booking/zones";
import { among } from "../../text/among";
import { dayIn, timeIn } from "../../text/dates";
import { language, t } from "../../text/text";
import { Button } from "../../ui/button";
import { announce } from "../../ui/live";
import {
  askDigits,
  readFreeToMove,
  readTicket,
  showDigits,
  type Whose,
} from "../../wire/book_calls";
import type { Mine, Ticket } from "../../wire/booking";
import { LoadFault } from "../load_fault";
import { Loading } from "../loading";
import { After } from "./after";
import { CancelDialog } from "./cancel_dialog";
import { DigitsForm } from "./digits";
import { About, otherWall, wallTime } from "./facts";
import { BookFrame } from "./frame";
import { Join } from "./join";
import { justBooked } from "./just_booked";
import { LinkTools } from "./link_tools";
import { Money } from "./money";
import { MoveError, useMove } from "./moving";
import { Nothing } from "./nothing";
import { Pick } from "./pick";
import { useAnswer } from "./use_answer";
import { ZoneLine, zone } from "./zone_line";

type Doing = "look" | "move" | "cancel" | "digits";
export type Seen = Mine | Ticket;

export function isMine(seen: Seen): seen is Mine {
  return seen.is_known;
}

export function LinkPage({ token }: { token: string }) {
  const { value, problem, again, become } = useAnswer<Seen>(
    () => readTicket(token, language.peek()),
    `${token} ${language.value}`,
  );
  const [fresh] = useState(justBooked.peek());
  useEffect(
    () => () => {
      justBooked.value = null;
    },
    [],
  );
  const seen = value ?? fresh;
  if (problem?.status === 404) return <Nothing />;
  return (
    <BookFrame title={t("mine-title")} org={seen?.organisation}>
      {problem && <LoadFault problem={problem} onAgain={again} />}
      {!seen && !problem && <Loading />}
      {seen && (
        <Sheet
          key={seen.id}
          seen={seen}
          whose={{ id: seen.id, token }}
          isFresh={fresh !== null && fresh.id === seen.id}
          onSeen={become}
        />
      )}
    </BookFrame>
  );
}

interface SheetProps {
  seen: Seen;
  whose: Whose;
  isFresh: boolean;
  onSeen(seen: Seen): void;
}

const COMING = ["booked", "unpaid", "unconfirmed", "live"];

function Sheet({ seen, whose, isFresh, onSeen }: SheetProps) {
  const [doing, setDoing] = useState<Doing>("look");
  /** What is done once the digits are shown. */
  const [after, setAfter] = useState<Doing>("look");
  const host = seen.host;
  const mine = isMine(seen) ? seen : null;
  const offer = mine?.offer ?? null;
  const start = (act: Doing, may: string) => {
    if (may === "code" || act === "digits") {
      setAfter(act === "digits" ? "look" : act);
      setDoing("digits");
      void askDigits(whose);
    } else setDoing(act);
  };
  return (
    <>
      <div class="card sheet">
        <About
          host={host}
          offer={offer}
          heading={offer?.name ?? t("book-talk-with", { name: among(host.name) })}
          from={seen.from}
          to={seen.to}
        />
        <section class="pane" aria-label={t("mine-title")}>
          {doing === "digits" && (
            <Digits
              whose={whose}
              onBack={() => setDoing("look")}
              onKnown={(known) => {
                onSeen(known);
                setDoing(after);
              }}
            />
          )}
          {doing === "move" && (
            <Move
              seen={seen}
              whose={whose}
              onBack={() => setDoing("look")}
              onMoved={(moved) => {
                onSeen(moved);
                setDoing("look");
                announce(t("mine-moved"));
              }}
            />
          )}
          {(doing === "look" || doing === "cancel") && (
            <Look seen={seen} whose={whose} isFresh={isFresh} onSeen={onSeen} onStart={start} />
          )}
        </section>
      </div>
      <CancelDialog
        open={doing === "cancel"}
        seen={seen}
        whose={whose}
        onClose={() => setDoing("look")}
        onCancelled={(cancelled) => {
          onSeen(cancelled);
          setDoing("look");
          announce(t("mine-state-cancelled"));
        }}
      />
    </>
  );
}

interface LookProps extends SheetProps {
  onStart(act: Doing, may: string): void;
}

function Look({ seen, whose, isFresh, onSeen, onStart }: LookProps) {
  const mine = isMine(seen) ? seen : null;
  const coming = COMING.includes(seen.state);
  // Whoever has no more than the link may be somebody else.
  const plain = `${mine ? "mine-state" : "mine-word"}-${seen.state}`;
  const title = isFresh && seen.state === "booked" ? "book-done-title" : plain;
  const from = Date.parse(seen.from);
  return (
    <div class="mine-look">
      <div class="mine-head">
        {(seen.state === "booked" || seen.state === "held") && <Arc />}
        <h2>{t(title)}</h2>
      </div>
      <p class="lead num">
        {t("mine-when", {
          day: dayIn(zone.value, from, "whole"),
          from: wallTime(from),
          to: wallTime(Date.parse(seen.to)),
          place: placeOfZone(zone.value, language.value),
        })}{" "}
        {otherWall(seen.host, seen.from)}
      </p>
      {isFresh && mine && (
        <p class="quiet">{t("book-done-mailed", { email: mine.person.email })}</p>
      )}
      {coming && <Join seen={seen} whose={whose} />}
      {mine && <Money booking={mine} whose={whose} />}
      {!coming && mine && <After mine={mine} whose={whose} onSeen={onSeen} />}
      <LinkTools seen={seen} whose={whose} isFresh={isFresh} isComing={coming} onSeen={onSeen}>
        {coming && <Acts seen={seen} onStart={onStart} />}
      </LinkTools>
      {!mine && (
        <div class="mine-more">
          <p class="quiet">{t("mine-ticket-note")}</p>
          <Button look="line" icon="lock" onClick={() => onStart("digits", "code")}>
            {t("mine-show-more")}
          </Button>
        </div>
      )}
      <ZoneLine hostZone={seen.host.zone} />
    </div>
  );
}

/** The booked mark: our open ring, closed by a tick. */
function Arc() {
  return (
    <svg class="book-arc" viewBox="0 0 56 56" aria-hidden="true">
      <path d="M46 17A21 21 0 1 1 36 9" />
      <path d="m19 29 7 7 16-20" />
    </svg>
  );
}

function Acts({ seen, onStart }: { seen: Seen; onStart: LookProps["onStart"] }) {
  const { move, cancel } = seen.may;
  const until = Date.parse(seen.change_until);
  const can = (may: string) => may === "yes" || may === "code";
  if (!can(move) && !can(cancel))
    return move === "late" || cancel === "late" ? (
      <p class="quiet">{t("error-booking-late")}</p>
    ) : null;
  return (
    <div class="mine-change">
      <div class="mine-acts">
        {can(move) && (
          <Button look="line" icon="calendar" onClick={() => onStart("move", move)}>
            {t("mine-move")}
          </Button>
        )}
        {can(cancel) && (
          <Button look="quiet" icon="close" onClick={() => onStart("cancel", cancel)}>
            {t("mine-cancel")}
          </Button>
        )}
      </div>
      <p class="field-hint num">
        {t("mine-change-until", {
          day: dayIn(zone.value, until),
          time: timeIn(zone.value, until),
        })}
      </p>
    </div>
  );
}

interface DigitsProps {
  whose: Whose;
  onBack(): void;
  onKnown(mine: Mine): void;
}

function Digits({ whose, onBack, onKnown }: DigitsProps) {
  return (
    <>
      <h2>{t("mine-digits-title")}</h2>
      <p class="lead">{t("mine-digits-text")}</p>
      <DigitsForm
        send={(digits) => showDigits(whose, digits)}
        again={() => askDigits(whose)}
        onDone={onKnown}
      />
      <Button look="link" onClick={onBack}>
        {t("book-back")}
      </Button>
    </>
  );
}

interface MoveProps {
  seen: Seen;
  whose: Whose;
  onBack(): void;
  onMoved(mine: Mine): void;
}

function Move({ seen, whose, onBack, onMoved }: MoveProps) {
  const { at, setAt, sending, problem, send } = useMove(seen, whose, onMoved);
  return (
    <>
      <h2>{t("mine-move-title")}</h2>
      <MoveError problem={problem} onAt={setAt} />
      <Pick
        load={(window) => readFreeToMove(whose, window)}
        hostZone={seen.host.zone}
        at={at}
        next={t("mine-move-here")}
        waiting={sending ? t("book-sending") : null}
        onAt={setAt}
        onNext={(to) => void send(to)}
      />
      <Button look="quiet" onClick={onBack}>
        {t("mine-move-not")}
      </Button>
    </>
  );
}

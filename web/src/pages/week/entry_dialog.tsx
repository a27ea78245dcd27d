/** What stands in the week, and what can be done with it. */
import { useState } from "preact/hooks";
import { mayDrag } from "../../booking/drag";
import { dayIn } from "../../text/dates";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Switch } from "../../ui/field";
import { type Comer, cancelBooking, cancelSeries, removeClass } from "../../wire/week";
import { ComesBack } from "../money/comes_back";
import { Sure } from "../sure";
import type { Shown } from "./shown";
import { momentFor, nameOf, noteOf, timesOf } from "./words";

interface Props {
  one: Shown;
  zone: string;
  mayChange: boolean;
  now: number;
  onClose(): void;
  onMove(): void;
  onDone(): Promise<void>;
}

type Asked = { what: "booking"; person: Comer } | { what: "rest" } | { what: "class" };

export function EntryDialog(props: Props) {
  const { one, zone, onClose } = props;
  const [asked, setAsked] = useState<Asked | null>(null);
  const isPast = one.to <= props.now;
  const mayChange = props.mayChange && !isPast && one.state === "open";
  return (
    <>
      <Dialog
        open={asked === null}
        title={nameOf(one)}
        onClose={onClose}
        actions={
          <>
            <Button look="quiet" onClick={onClose} autofocus>
              {t("week-close")}
            </Button>
            {mayChange && one.told.series && one.kind !== "class" && (
              <Button look="quiet" onClick={() => setAsked({ what: "rest" })}>
                {t("week-cancel-rest")}
              </Button>
            )}
            {mayChange && mayDrag(one) && (
              <Button look="line" icon="calendar" onClick={props.onMove}>
                {t("week-move-to")}
              </Button>
            )}
            {one.told.room_code && !isPast && (
              <ButtonLink look="primary" href={`/r/${one.told.room_code}`}>
                {t("week-join")}
              </ButtonLink>
            )}
          </>
        }
      >
        <p>
          {dayIn(zone, one.from)}
          <br />
          <span class="num">{timesOf(zone, one)}</span>
        </p>
        {noteOf(one) && <p>{noteOf(one)}</p>}
        {one.people.length > 0 && (
          <ul class="rows">
            {one.people.map((person) => (
              <Person
                key={person.booking_id}
                person={person}
                when={momentFor(person.zone, zone, one.from)}
                onCancel={mayChange ? () => setAsked({ what: "booking", person }) : null}
              />
            ))}
          </ul>
        )}
        {mayChange && one.kind === "class" && (
          <Button look="quiet" icon="trash" onClick={() => setAsked({ what: "class" })}>
            {t("week-class-remove")}
          </Button>
        )}
      </Dialog>
      <Asking one={one} asked={asked} onClose={onClose} onDone={props.onDone} />
    </>
  );
}

interface PersonProps {
  person: Comer;
  when: string;
  onCancel: (() => void) | null;
}

function Person({ person, when, onCancel }: PersonProps) {
  return (
    <li>
      <div class="grow">
        <a href={`/clients/${person.client_id}`}>{person.name}</a>
        <span class="small quiet">{when}</span>
        {person.state !== "booked" && <span class="small">{t(`week-state-${person.state}`)}</span>}
      </div>
      {onCancel && (
        <Button look="quiet" size="small" onClick={onCancel}>
          {t("week-cancel")}
        </Button>
      )}
    </li>
  );
}

interface AskingProps {
  one: Shown;
  asked: Asked | null;
  onClose(): void;
  onDone(): Promise<void>;
}

/** Cancelling cannot be taken back: it is asked once, with what is mailed. */
function Asking({ one, asked, onClose, onDone }: AskingProps) {
  const [tell, setTell] = useState(true);
  const [rest, setRest] = useState(false);
  const person = asked?.what === "booking" ? asked.person : null;
  return (
    <>
      <Sure<Comer>
        thing={person}
        onClose={onClose}
        title={({ name }) => t("week-cancel-title", { name })}
        note={t("week-cancel-note")}
        action={t("week-cancel-act")}
        waiting={t("week-cancelling")}
        done={({ name }) => t("week-cancelled", { name })}
        send={({ booking_id }) => cancelBooking(booking_id, { why: "", tell })}
        onDone={onDone}
      >
        <ComesBack booking={person?.booking_id ?? null} />
        <Switch
          label={t("week-tell", { name: person?.name ?? "" })}
          checked={tell}
          onChange={setTell}
        />
      </Sure>
      <Sure<Shown>
        thing={asked?.what === "rest" ? one : null}
        onClose={onClose}
        title={() => t("week-rest-title", { name: nameOf(one) })}
        note={t("week-rest-note")}
        action={t("week-rest-act")}
        waiting={t("week-cancelling")}
        done={() => t("week-rest-done")}
        send={({ told }) => cancelSeries(told.series)}
        onDone={onDone}
      />
      <Sure<Shown>
        thing={asked?.what === "class" ? one : null}
        onClose={onClose}
        title={() => t("week-class-title", { name: nameOf(one) })}
        note={t("week-class-note")}
        action={t("week-class-act")}
        waiting={t("week-cancelling")}
        done={() => t("week-class-gone")}
        send={({ id, told }) => removeClass(told.room_id, id, rest)}
        onDone={onDone}
      >
        {one.told.series && (
          <Switch label={t("week-class-rest")} checked={rest} onChange={setRest} />
        )}
      </Sure>
    </>
  );
}

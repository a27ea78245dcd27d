/** When a room has its lessons: what is to come, and more of them, once or every week. */
import { useEffect, useState } from "preact/hooks";
import { serverNow } from "../../booking/now";
import { cityOf, dayIn, timeIn } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { DialogActs } from "../../ui/dialog_acts";
import { FormFault, Select, Switch } from "../../ui/field";
import { toast } from "../../ui/live";
import type { SeriesAnswer } from "../../wire/booking";
import type { Problem } from "../../wire/http";
import type { OrgHost } from "../../wire/organisations";
import { addClasses, type Lesson, readTimetable, removeClass } from "../../wire/week";
import { useOrganisation } from "../desk/organisation";
import { Sure } from "../sure";
import { hostNow } from "../week/hosts";
import { Dates, ONCE, RepeatFields } from "../week/repeat_fields";
import { WhenFields } from "../week/when_fields";

const LENGTHS = [30, 45, 50, 60, 75, 90, 120];
const HALF_MS = 30 * 60_000;

/** Nothing for who has no calendar. */
export function Timetable({ room }: { room: string }) {
  const org = useOrganisation();
  const host = org ? hostNow(org) : null;
  if (!host) return null;
  return <TimetableOf key={room} room={room} host={host} />;
}

function TimetableOf({ room, host }: { room: string; host: OrgHost }) {
  const [list, setList] = useState<readonly Lesson[]>([]);
  const [isAdding, setIsAdding] = useState(false);
  const [leaving, setLeaving] = useState<Lesson | null>(null);
  const [rest, setRest] = useState(false);
  const load = async () => {
    const result = await readTimetable(room);
    if (result.ok) setList(result.value);
  };
  useEffect(() => void load(), [room]);
  const when = (one: Lesson) => `${dayIn(host.zone, Date.parse(one.from))}, ${timesOf(one, host)}`;
  return (
    <section class="timetable stack">
      <div class="row row-wrap">
        <h2 class="grow">{t("timetable-title")}</h2>
        <Button look="line" icon="plus" onClick={() => setIsAdding(true)}>
          {t("timetable-add")}
        </Button>
      </div>
      <p class="small quiet">{t("timetable-note", { city: cityOf(host.zone) })}</p>
      {list.length > 0 && (
        <ul class="card rows">
          {list.map((one) => (
            <li key={one.id}>
              <div class="grow num">
                <b>{dayIn(host.zone, Date.parse(one.from), "whole")}</b>
                <span class="small quiet">{timesOf(one, host)}</span>
              </div>
              <IconButton
                icon="trash"
                label={t("timetable-remove", { when: when(one) })}
                onClick={() => setLeaving(one)}
              />
            </li>
          ))}
        </ul>
      )}
      {isAdding && (
        <AddLessons room={room} host={host} onClose={() => setIsAdding(false)} onDone={load} />
      )}
      <Sure<Lesson>
        thing={leaving}
        onClose={() => setLeaving(null)}
        title={(one) => t("week-class-title", { name: when(one) })}
        note={t("week-class-note")}
        action={t("week-class-act")}
        waiting={t("week-cancelling")}
        done={() => t("week-class-gone")}
        send={(one) => removeClass(room, one.id, rest)}
        onDone={load}
      >
        {leaving?.series && (
          <Switch label={t("week-class-rest")} checked={rest} onChange={setRest} />
        )}
      </Sure>
    </section>
  );
}

const timesOf = (one: Lesson, { zone }: OrgHost) =>
  t("week-from-to", {
    from: timeIn(zone, Date.parse(one.from)),
    to: timeIn(zone, Date.parse(one.to)),
  });

interface AddProps {
  room: string;
  host: OrgHost;
  onClose(): void;
  onDone(): Promise<void>;
}

function AddLessons({ room, host, onClose, onDone }: AddProps) {
  const [at, setAt] = useState(() => Math.ceil(serverNow() / HALF_MS) * HALF_MS);
  const [minutes, setMinutes] = useState(60);
  const [repeat, setRepeat] = useState({ ...ONCE, every: "week" as typeof ONCE.every });
  const [dry, setDry] = useState<SeriesAnswer | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = {
    host_id: host.id,
    first: new Date(at).toISOString(),
    every: repeat.every || ("week" as const),
    count: repeat.every ? repeat.count : 1,
    minutes,
  };
  useEffect(() => {
    let isOld = false;
    void addClasses(room, { ...asked, dry: true }).then((result) => {
      if (isOld) return;
      setDry(result.ok ? result.value : null);
      setProblem(result.ok ? null : result.error);
    });
    return () => {
      isOld = true;
    };
  }, [at, minutes, repeat.every, repeat.count]);
  const send = async () => {
    setBusy(true);
    const result = await addClasses(room, { ...asked, skip: true });
    setBusy(false);
    if (!result.ok) return setProblem(result.error);
    toast(t("timetable-added", { count: result.value.made.length }));
    onClose();
    await onDone();
  };
  return (
    <Dialog
      open
      title={t("timetable-add")}
      onClose={onClose}
      class="week-book"
      actions={
        <DialogActs
          action={t("timetable-act", { count: dry?.made.length ?? 0 })}
          waiting={busy && t("week-saving")}
          disabled={!dry?.made.length}
          onClose={onClose}
          onAct={() => void send()}
        />
      }
    >
      <WhenFields zone={host.zone} value={at} onValue={setAt} />
      <Select
        label={t("offer-length")}
        options={LENGTHS.map((count) => ({
          value: String(count),
          label: t("offer-minutes", { count }),
        }))}
        value={String(minutes)}
        onPick={(picked) => setMinutes(Number(picked))}
      />
      <RepeatFields value={repeat} onValue={setRepeat} onceLabel={t("week-every-once")} />
      {dry && <Dates zone={host.zone} answer={dry} />}
      {dry && dry.refused.length > 0 && (
        <p class="small">{t("week-series-skip", { count: dry.refused.length })}</p>
      )}
      <FormFault>{problem && refusalText(problem.code, problem.params)}</FormFault>
    </Dialog>
  );
}

/** A day and a time on a wall in a zone, and which of the two where the wall shows it twice. */
import { useEffect, useId, useState } from "preact/hooks";
import { instantFrom, instantsOf, isSecond, wallAt } from "../../booking/zone";
import { cityOf } from "../../text/dates";
import { t } from "../../text/text";
import { Segmented } from "../../ui/field";
import { TimeInput } from "./time_input";

interface Props {
  zone: string;
  value: number;
  onValue(at: number): void;
  /** What the day and the time are called. */
  day?: string;
  time?: string;
}

export function WhenFields(props: Props) {
  const { zone, value, onValue } = props;
  const shown = wallAt(zone, value);
  const [day, setDay] = useState(shown.day);
  const [minute, setMinute] = useState(shown.minute);
  const [second, setSecond] = useState(isSecond(zone, value));
  const ids = [useId(), useId()] as const;
  useEffect(() => {
    setDay(shown.day);
    setMinute(shown.minute);
    setSecond(isSecond(zone, value));
  }, [value, zone]);
  const take = (newDay: string, newMinute: number, isLater: boolean) => {
    setDay(newDay);
    setMinute(newMinute);
    setSecond(isLater);
    if (!/^\d{4}-\d\d-\d\d$/.test(newDay)) return;
    const all = instantsOf(zone, newDay, newMinute);
    onValue((isLater ? all[1] : all[0]) ?? instantFrom(zone, newDay, newMinute));
  };
  const isTwice = instantsOf(zone, day, minute).length > 1;
  return (
    <div class="stack">
      <div class="week-when">
        <div class="field">
          <label for={ids[0]}>{props.day ?? t("week-day")}</label>
          <input
            id={ids[0]}
            type="date"
            class="input num"
            value={day}
            required
            onInput={(event) => take(event.currentTarget.value, minute, second)}
          />
        </div>
        <div class="field">
          <label for={ids[1]}>{props.time ?? t("week-time", { city: cityOf(zone) })}</label>
          <TimeInput id={ids[1]} minute={minute} onMinute={(next) => take(day, next, second)} />
        </div>
      </div>
      {isTwice && (
        <Segmented
          label={t("week-twice")}
          options={[
            { value: "first", label: t("week-twice-first") },
            { value: "second", label: t("week-twice-second") },
          ]}
          value={second ? "second" : "first"}
          onPick={(picked) => take(day, minute, picked === "second")}
        />
      )}
    </div>
  );
}

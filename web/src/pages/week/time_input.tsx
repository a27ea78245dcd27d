/** A time to type, with 24 hours in every browser: "9", "930" and "9:30" are read. Arrows change it. */
import { useEffect, useState } from "preact/hooks";
import { clockText, readClock } from "../../booking/clock";
import { DAY_MIN } from "../../booking/zone";

const STEP = 15;

interface Props {
  id?: string;
  label?: string;
  minute: number;
  onMinute(minute: number): void;
}

export function TimeInput({ id, label, minute, onMinute }: Props) {
  const [text, setText] = useState(clockText(minute));
  useEffect(() => setText(clockText(minute)), [minute]);
  const read = readClock(text);
  const take = () => {
    if (read === null) setText(clockText(minute));
    else if (read % DAY_MIN !== minute % DAY_MIN) onMinute(read);
    else setText(clockText(minute));
  };
  const step = (by: number) => onMinute((((minute + by) % DAY_MIN) + DAY_MIN) % DAY_MIN);
  return (
    <input
      id={id}
      class="input num"
      inputMode="numeric"
      autocomplete="off"
      maxLength={7}
      aria-label={label}
      aria-invalid={read === null || undefined}
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "ArrowUp") step(STEP);
        else if (event.key === "ArrowDown") step(-STEP);
        else if (event.key === "Enter") take();
        else return;
        if (event.key !== "Enter") event.preventDefault();
      }}
    />
  );
}

/** One of several ways, each with a sentence about what it means. */
import { useId } from "preact/hooks";

export interface Way<T extends string> {
  value: T;
  label: string;
  note: string;
  disabled?: boolean;
}

interface WaysProps<T extends string> {
  legend: string;
  ways: readonly Way<T>[];
  value: T;
  onPick(value: T): void;
}

export function Ways<T extends string>({ legend, ways, value, onPick }: WaysProps<T>) {
  const name = useId();
  return (
    <fieldset class="wall-ways">
      <legend class="vh">{legend}</legend>
      {ways.map((way) => (
        <label key={way.value}>
          <input
            type="radio"
            name={name}
            checked={way.value === value}
            disabled={way.disabled}
            onChange={() => onPick(way.value)}
          />
          <span>
            <b>{way.label}</b>
            <span class="small quiet">{way.note}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

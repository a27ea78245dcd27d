/** Fields with their label, hint and fault tied together for eyes and for screen readers. */
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { Icon, type IconName } from "./icon";

interface InputProps {
  id?: string;
  name?: string;
  type?: "text" | "email" | "password";
  value: string;
  onValue(value: string): void;
  autocomplete?: JSX.IntrinsicElements["input"]["autocomplete"];
  inputMode?: "text" | "email" | "numeric";
  placeholder?: string;
  maxLength?: number;
  minLength?: number;
  required?: boolean;
  autofocus?: boolean;
  spellcheck?: boolean;
  readOnly?: boolean;
  onBlur?(): void;
}

interface Frame {
  label: string;
  hint?: string;
  /** What is wrong with the value, in a sentence. */
  fault?: string | null;
}

export function Field({ label, hint, fault, onValue, type, ...input }: Frame & InputProps) {
  const own = useId();
  const id = input.id ?? own;
  const note = fault ? `${id}-fault` : hint ? `${id}-hint` : undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...input}
        // The element's type has one shape per kind of input; for these three they are the same.
        type={(type ?? "text") as "text"}
        id={id}
        class="input"
        onInput={(event) => onValue(event.currentTarget.value)}
        aria-invalid={fault ? true : undefined}
        aria-describedby={note}
      />
      {fault && (
        <p class="field-fault" id={`${id}-fault`}>
          <Icon name="warn" />
          <span>{fault}</span>
        </p>
      )}
      {hint && !fault && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

export interface Option {
  value: string;
  label: string;
}

interface SelectProps {
  label: string;
  options: readonly Option[];
  value: string;
  onPick(value: string): void;
  icon?: IconName;
  /** The label is then only for screen readers and the tooltip. */
  bare?: boolean;
  disabled?: boolean;
}

/** The browser's own list under our own face: it works with every keyboard and every phone. */
export function Select({ label, options, value, onPick, icon, bare, disabled }: SelectProps) {
  const id = useId();
  const shown = options.find((o) => o.value === value) ?? options[0];
  return (
    <div class="field">
      <label for={id} class={bare ? "vh" : undefined}>
        {label}
      </label>
      <div class={icon ? "pick has-icon" : "pick"} data-tip={bare ? label : undefined}>
        {icon && <Icon name={icon} />}
        <span class="ell" aria-hidden="true">
          {shown?.label}
        </span>
        <Icon name="down" class="pick-down" />
        <select
          id={id}
          value={value}
          disabled={disabled}
          onChange={(event) => onPick(event.currentTarget.value)}
        >
          {options.map((o) => (
            <option key={o.value} value={o.value}>
              {o.label}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

interface SwitchProps {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
}

export function Switch({ label, checked, onChange }: SwitchProps) {
  return (
    <label class="switch-row">
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        class="switch"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

interface SegmentedProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string; icon?: IconName }[];
  value: T;
  onPick(value: T): void;
}

/** One of few, all visible. Real radio buttons below, so arrow keys work by themselves. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset class="seg">
      <legend class="vh">{props.label}</legend>
      {props.options.map((o) => (
        <label key={o.value} class="seg-one">
          <input
            type="radio"
            class="vh"
            name={name}
            checked={o.value === props.value}
            onChange={() => props.onPick(o.value)}
          />
          <span>
            {o.icon && <Icon name={o.icon} />}
            {o.label}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** A fault that belongs to the whole form, said aloud when it appears. */
export function FormFault({ children }: { children: ComponentChildren }) {
  return (
    <div role="alert">
      {children && (
        <p class="banner banner-danger">
          <Icon name="warn" />
          <span class="grow">{children}</span>
        </p>
      )}
    </div>
  );
}

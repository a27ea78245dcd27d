/** A control of the call bar: a sign, its word under it, and its state in shape, word and colour. */
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../../ui/icon";

interface ControlProps {
  icon: IconName;
  /** The word under the sign: what a press will do. */
  word: string;
  /** Longer, for the tooltip and screen readers; the word when not given. */
  tip?: string;
  state?: "off" | "live" | "open" | "leave" | "blocked" | "waiting" | "locked" | "raised";
  pressed?: boolean;
  disabled?: boolean;
  badge?: number;
  /** Marigold when somebody waits. */
  badgeLook?: "accent" | "signal";
  class?: string;
  /** The id of the popover it opens and closes; the browser knows a press on it from one beside. */
  opens?: string;
  onPress?(): void;
  children?: ComponentChildren;
}

export function Control(props: ControlProps) {
  const { icon, word, tip, state, badge = 0 } = props;
  const names = ["ctl", state ? `is-${state}` : "", props.class ?? ""].filter(Boolean);
  return (
    <button
      type="button"
      class={names.join(" ")}
      aria-pressed={props.pressed}
      aria-disabled={props.disabled || undefined}
      aria-busy={state === "waiting" || undefined}
      aria-label={tip ? `${word}. ${tip}` : undefined}
      data-tip={tip}
      popovertarget={props.opens}
      onClick={() => {
        if (!props.disabled && state !== "waiting") props.onPress?.();
      }}
    >
      <span class="ctl-b">
        {state === "waiting" ? <span class="spin" /> : <Icon name={icon} />}
        {props.children}
        {state === "locked" && (
          <span class="badge badge-signal mark-b" aria-hidden="true">
            <Icon name="lock" />
          </span>
        )}
        {state === "blocked" && (
          <span class="badge badge-signal mark-b" aria-hidden="true">
            !
          </span>
        )}
        {badge > 0 && (
          <span class={props.badgeLook === "signal" ? "badge badge-signal mark-b" : "badge mark-b"}>
            {badge > 99 ? "99+" : badge}
          </span>
        )}
      </span>
      <span class="ctl-word">{word}</span>
    </button>
  );
}

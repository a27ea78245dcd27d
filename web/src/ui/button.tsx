/** Buttons: a word always, an icon sometimes; an icon alone only with a name and a tooltip. */
import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "./icon";

export type Look = "plain" | "primary" | "line" | "quiet" | "danger" | "link";
export type Size = "normal" | "large" | "small";

interface Shape {
  look?: Look;
  size?: Size;
  icon?: IconName;
  wide?: boolean;
  class?: string;
  children?: ComponentChildren;
}

function classes({ look = "plain", size = "normal", wide, class: extra }: Shape): string {
  const parts = ["btn"];
  if (look !== "plain") parts.push(`btn-${look}`);
  if (size === "large") parts.push("btn-lg");
  if (size === "small") parts.push("btn-sm");
  if (wide) parts.push("btn-wide");
  if (extra) parts.push(extra);
  return parts.join(" ");
}

type ButtonProps = Shape &
  Omit<JSX.IntrinsicElements["button"], "size" | "icon" | "class"> & {
    /** While it waits the button says so, keeps its place and takes no second press. */
    waiting?: string | null | false;
  };

export function Button(props: ButtonProps) {
  const { look, size, icon, wide, class: extra, children, waiting, onClick, ...rest } = props;
  const busy = Boolean(waiting);
  return (
    <button
      type="button"
      {...rest}
      class={classes({ look, size, wide, class: extra }) + (busy ? " is-waiting" : "")}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? stop : onClick}
    >
      {busy ? <span class="spin" /> : icon && <Icon name={icon} />}
      <span>{busy ? waiting : children}</span>
    </button>
  );
}

function stop(event: Event): void {
  event.preventDefault();
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function ButtonLink(props: Shape & { href: string }) {
  return (
    <a class={classes(props)} href={props.href}>
      {props.icon && <Icon name={props.icon} />}
      <span>{props.children}</span>
    </a>
  );
}

type IconButtonProps = Omit<JSX.IntrinsicElements["button"], "label" | "icon" | "class"> & {
  label: string;
  icon: IconName;
  pressed?: boolean;
  /** Shown in the tooltip after the label. */
  shortcut?: string;
  class?: string;
  children?: ComponentChildren;
};

export function IconButton(props: IconButtonProps) {
  const { label, icon, pressed, shortcut, class: extra, children, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      class={extra ? `icon-btn ${extra}` : "icon-btn"}
      aria-label={label}
      aria-pressed={pressed}
      data-tip={shortcut ? `${label} (${shortcut})` : label}
    >
      <Icon name={icon} />
      {children}
    </button>
  );
}

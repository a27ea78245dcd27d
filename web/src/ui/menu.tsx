/**
 * A button with a short list of choices above the page. The browser's popover closes it on Escape
 * or a press elsewhere; arrow keys, Home and End move in it, and focus returns to the button.
 */
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icon";
import { placeBeside } from "./place";

export interface MenuItem {
  label: string;
  icon?: IconName;
  /** Given for a choice among several: a tick stands at the chosen one. */
  checked?: boolean;
  /** The tick is this entry's own: a press turns it, whatever the others have. */
  toggles?: boolean;
  danger?: boolean;
  disabled?: boolean;
  /** A number behind the words; 0 shows nothing. */
  badge?: number;
  run(): void;
}

/** A heading or a line between items. */
export interface MenuBreak {
  heading: string | null;
}

interface MenuProps {
  label: string;
  items: readonly (MenuItem | MenuBreak)[];
  /** Inside the button; without it the button shows `icon` and a tooltip. */
  children?: ComponentChildren;
  icon?: IconName;
  class?: string;
  side?: "above" | "below";
}

export function Menu(props: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  // The entries are drawn after the popover has opened, and only then is its height known.
  useLayoutEffect(() => {
    if (!open || !list.current || !button.current) return;
    placeBeside(button.current, list.current, props.side ?? "below");
    list.current.style.opacity = "1";
    entries(list.current)[0]?.focus();
    // A phone that is turned: the place was chosen for the window as it was.
    const close = () => list.current?.hidePopover();
    addEventListener("resize", close);
    return () => removeEventListener("resize", close);
  }, [open]);
  const hide = () => {
    list.current?.hidePopover();
    button.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (list.current && moveFocus(list.current, event.key)) event.preventDefault();
    if (event.key === "Tab") list.current?.hidePopover();
  };
  const name = props.children ? {} : { "aria-label": props.label, "data-tip": props.label };

  return (
    <>
      <button
        ref={button}
        type="button"
        class={props.class ?? (props.children ? "btn btn-quiet" : "icon-btn")}
        aria-haspopup="menu"
        aria-expanded={open}
        popovertarget={id}
        {...name}
      >
        {props.children ?? <Icon name={props.icon ?? "more"} />}
      </button>
      <div
        ref={list}
        id={id}
        class="menu"
        role="menu"
        tabIndex={-1}
        aria-label={props.label}
        popover="auto"
        onBeforeToggle={(event) => event.currentTarget.style.setProperty("opacity", "0")}
        onToggle={(event) => setOpen(event.newState === "open")}
        onKeyDown={onKey}
      >
        {open && props.items.map((item, at) => drawEntry(item, at, hide))}
      </div>
    </>
  );
}

function drawEntry(item: MenuItem | MenuBreak, at: number, hide: () => void) {
  if ("heading" in item) {
    return item.heading === null ? (
      <hr key={at} />
    ) : (
      <p key={at} class="menu-head" role="presentation">
        {item.heading}
      </p>
    );
  }
  const choice = item.checked !== undefined;
  return (
    <button
      key={at}
      type="button"
      {...(choice
        ? {
            role: item.toggles ? "menuitemcheckbox" : "menuitemradio",
            "aria-checked": item.checked,
          }
        : { role: "menuitem" })}
      disabled={item.disabled}
      class={item.danger ? "menu-item is-danger" : "menu-item"}
      onClick={() => {
        hide();
        item.run();
      }}
    >
      {choice && <Icon name="check" class={item.checked ? undefined : "is-hidden"} />}
      {item.icon && <Icon name={item.icon} />}
      <span class="ell">{item.label}</span>
      {item.badge ? <span class="badge">{item.badge}</span> : null}
    </button>
  );
}

function entries(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>("[role^=menuitem]:not([disabled])")];
}

function moveFocus(list: HTMLElement, key: string): boolean {
  const all = entries(list);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const targets: Record<string, number> = {
    ArrowDown: (at + 1) % all.length,
    ArrowUp: (at - 1 + all.length) % all.length,
    Home: 0,
    End: all.length - 1,
  };
  const target = targets[key];
  if (target === undefined) return false;
  all[target]?.focus();
  return true;
}

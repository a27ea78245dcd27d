/**
 * A small panel of controls above the page, beside the button that opens it. The browser's popover
 * closes it on Escape or a press elsewhere and gives the focus back.
 */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { placeBeside, type Side } from "./place";

interface FlyoutProps {
  /** What the button's `popovertarget` names. */
  id: string;
  label: string;
  /** A sheet is placed by its style, at the lower edge of a small window. */
  side: Side | "sheet";
  /** Names what around the button it stands beside, when that is more than the button. */
  beside?: string;
  class?: string;
  /** Drawn only while it is open. */
  children: (hide: () => void) => ComponentChildren;
}

const FIRST = "input:checked, [aria-pressed=true], [aria-checked=true]";
const ANY = "button:not([disabled]), input, select";

export function Flyout(props: FlyoutProps) {
  const ref = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    const panel = ref.current;
    if (!open || !panel) return;
    const button = document.querySelector(`[popovertarget="${CSS.escape(props.id)}"]`);
    const anchor = (props.beside && button?.closest(props.beside)) || button;
    panel.style.left = "";
    panel.style.top = "";
    if (anchor && props.side !== "sheet") placeBeside(anchor, panel, props.side);
    panel.style.opacity = "1";
    const first = panel.querySelector<HTMLElement>(FIRST) ?? panel.querySelector<HTMLElement>(ANY);
    first?.focus();
    const close = () => panel.hidePopover();
    addEventListener("resize", close);
    return () => removeEventListener("resize", close);
  }, [open]);
  return (
    <div
      ref={ref}
      id={props.id}
      class={props.class ? `menu flyout ${props.class}` : "menu flyout"}
      role="dialog"
      aria-label={props.label}
      popover="auto"
      tabIndex={-1}
      onBeforeToggle={(event) => event.currentTarget.style.setProperty("opacity", "0")}
      onToggle={(event) => setOpen(event.newState === "open")}
      // Letters and arrows in here are not the page's.
      onKeyDown={(event) => event.stopPropagation()}
    >
      {open && props.children(() => ref.current?.hidePopover())}
    </div>
  );
}

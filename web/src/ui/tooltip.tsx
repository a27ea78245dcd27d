/**
 * One tooltip for the whole page: any element with `data-tip` gets it on hover after a moment and
 * on keyboard focus at once. It only repeats the accessible name, so it is hidden from readers.
 */
import { useEffect, useRef } from "preact/hooks";
import { placeBeside } from "./place";

const DELAY_MS = 450;

export function TooltipLayer() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => (box.current ? followTips(box.current) : undefined), []);
  return <div ref={box} class="tip" popover="manual" aria-hidden="true" />;
}

function followTips(box: HTMLElement): () => void {
  let timer = 0;
  const hide = () => {
    clearTimeout(timer);
    if (box.matches(":popover-open")) box.hidePopover();
  };
  const show = (anchor: Element) => {
    box.textContent = anchor.getAttribute("data-tip");
    if (!box.textContent || !anchor.isConnected) return;
    box.showPopover();
    placeBeside(anchor, box, "above");
  };
  const over = (event: Event) => {
    const anchor = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
    hide();
    if (!anchor || (event instanceof PointerEvent && event.pointerType === "touch")) return;
    timer = window.setTimeout(() => show(anchor), DELAY_MS);
  };
  const focus = (event: Event) => {
    const anchor = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
    hide();
    if (!anchor || !(event.target as Element).matches(":focus-visible")) return;
    // Focus may come back from a menu that is just closing; a popover cannot open in the middle.
    timer = window.setTimeout(() => show(anchor), 0);
  };
  const key = (event: KeyboardEvent) => event.key === "Escape" && hide();
  document.addEventListener("pointerover", over);
  document.addEventListener("pointerdown", hide);
  document.addEventListener("focusin", focus);
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", key);
  return () => {
    hide();
    document.removeEventListener("pointerover", over);
    document.removeEventListener("pointerdown", hide);
    document.removeEventListener("focusin", focus);
    document.removeEventListener("focusout", hide);
    document.removeEventListener("keydown", key);
  };
}

/** Places as links in a row. On a phone the row scrolls, and begins where one is. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  class: string;
  label: string;
  /** Which of them is open: it is brought in sight, also when the phone is turned. */
  at: string;
  children: ComponentChildren;
}

export function TabRow({ class: look, label, at, children }: Props) {
  const row = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const all = row.current;
    if (!all) return;
    const show = () => {
      const here = all.querySelector<HTMLElement>("[aria-current]");
      if (!here) return;
      // Not scrollIntoView, which would move the page, too.
      const middle = here.offsetLeft - all.offsetLeft + here.offsetWidth / 2;
      all.scrollLeft = middle - all.clientWidth / 2;
    };
    show();
    const turned = new ResizeObserver(show);
    turned.observe(all);
    return () => turned.disconnect();
  }, [at]);
  return (
    <nav ref={row} class={`tab-row ${look}`} aria-label={label}>
      {children}
    </nav>
  );
}

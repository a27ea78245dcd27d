/** Places as links in a row. On a phone the row scrolls, and begins where one is. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  class: string;
  label: string;
  /** Which of them is open: when it is another one, that one is brought in sight. */
  at: string;
  children: ComponentChildren;
}

export function TabRow({ class: look, label, at, children }: Props) {
  const row = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const here = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (!row.current || !here) return;
    // Not scrollIntoView, which would move the page, too.
    const middle = here.offsetLeft - row.current.offsetLeft + here.offsetWidth / 2;
    row.current.scrollLeft = middle - row.current.clientWidth / 2;
  }, [at]);
  return (
    <nav ref={row} class={`tab-row ${look}`} aria-label={label}>
      {children}
    </nav>
  );
}

/** A bar of tools: one stop of the Tab key, arrow keys within. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { moveInBar, useRoving } from "../../../ui/roving";

interface ToolbarProps {
  label: string;
  /** From left to right, as on a phone. */
  lying: boolean;
  children: ComponentChildren;
}

export function Toolbar({ label, lying, children }: ToolbarProps) {
  const bar = useRef<HTMLDivElement>(null);
  useRoving(bar);
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={label}
      aria-orientation={lying ? "horizontal" : "vertical"}
      onKeyDown={(event) => {
        // Space and Enter press the button; they are not the page's here.
        if (event.key === " " || event.key === "Enter") event.stopPropagation();
        if (!bar.current || !moveInBar(bar.current, event.key)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {children}
    </div>
  );
}

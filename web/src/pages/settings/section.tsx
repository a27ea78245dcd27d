/** One part of the settings: its name and what it is about, and beside that what can be set. */
import type { ComponentChildren } from "preact";

interface SectionProps {
  title: string;
  note?: string;
  /** Below the note. */
  more?: ComponentChildren;
  children: ComponentChildren;
}

export function Section({ title, note, more, children }: SectionProps) {
  return (
    <section class="setting">
      <div class="setting-words">
        <h2>{title}</h2>
        {note && <p class="small quiet">{note}</p>}
        {more}
      </div>
      <div class="card card-pad stack">{children}</div>
    </section>
  );
}

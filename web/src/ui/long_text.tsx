/** A text that somebody has to be able to read in full, in a box of its own that scrolls. */

interface LongTextProps {
  text: string;
  /** The language it is written in, where that is known. */
  locale?: string;
  label: string;
}

/** An empty line parts paragraphs; lines within one stay lines. */
export function LongText({ text, locale, label }: LongTextProps) {
  return (
    <section
      class="long-text"
      lang={locale}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
      tabIndex={0}
    >
      {text.split(/\n{2,}/).map((part) => (
        <p key={part}>{part}</p>
      ))}
    </section>
  );
}

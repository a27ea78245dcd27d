/** How much of something is done, as a line. */

interface PartLineProps {
  /** What it is the part of. */
  label: string;
  /** 0 to 100; null while nobody knows. */
  percent: number | null;
}

export function PartLine({ label, percent }: PartLineProps) {
  return (
    <div
      class="decks-bar-line"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      style={{ "--part": `${percent ?? 0}%` }}
    />
  );
}

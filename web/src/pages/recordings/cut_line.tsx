/** The recording as a line with what goes hatched; its two ends are handles that trim it. */
import { t } from "../../text/text";
import type { Span } from "../../wire/recordings";
import { edgesOf, SHORTEST_MS, timeText, trimmed } from "./cuts";

interface LineProps {
  cuts: readonly Span[];
  end: number;
  onCuts(cuts: readonly Span[]): void;
}

/** The browser's own sliders: they work with keys, with touch and for screen readers. */
export function CutLine({ cuts, end, onCuts }: LineProps) {
  const { start, stop } = edgesOf(cuts, end);
  const part = (ms: number) => `${(100 * ms) / Math.max(1, end)}%`;
  const trim = (from: number, to: number) => onCuts(trimmed(cuts, end, from, to));
  return (
    <div class="cut-line">
      <div class="cut-ground" aria-hidden="true">
        {cuts.map(([from, to]) => (
          <i key={from} style={{ left: part(from), width: part(to - from) }} />
        ))}
      </div>
      <Handle
        label={t("library-cut-start")}
        value={start}
        end={end}
        onValue={(ms) => trim(Math.min(ms, stop - SHORTEST_MS), stop)}
      />
      <Handle
        label={t("library-cut-end")}
        value={stop}
        end={end}
        onValue={(ms) => trim(start, Math.max(ms, start + SHORTEST_MS))}
      />
      <p class="cut-edges num small quiet" aria-hidden="true">
        <span>{timeText(start)}</span>
        <span>{timeText(stop)}</span>
      </p>
    </div>
  );
}

interface HandleProps {
  label: string;
  value: number;
  end: number;
  onValue(ms: number): void;
}

function Handle({ label, value, end, onValue }: HandleProps) {
  return (
    <input
      type="range"
      class="cut-handle"
      aria-label={label}
      aria-valuetext={timeText(value)}
      min={0}
      max={end}
      step={STEP_MS}
      value={value}
      onInput={(event) => onValue(Number(event.currentTarget.value))}
    />
  );
}

const STEP_MS = 500;

/** How a connection is, as a small sign: each state has its own shape, so that colour is not alone. */
import type { Standing } from "./findings";

/** In a square of 12. */
const SHAPES: Record<Standing, preact.JSX.Element> = {
  good: <circle cx="6" cy="6" r="5" />,
  weak: <path d="M6 1.3 11.2 10.4H.8Z" />,
  poor: <path d="M6 .4 11.6 6 6 11.6.4 6Z" />,
  unknown: <circle cx="6" cy="6" r="4" />,
  away: <path d="M2 2l8 8M10 2l-8 8" />,
};

export function NetworkDot({ standing }: { standing: Standing }) {
  return (
    <svg class={`net-dot is-${standing}`} viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[standing]}
    </svg>
  );
}

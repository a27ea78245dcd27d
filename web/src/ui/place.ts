/** Puts a floating box beside its anchor and inside the window. Pure but for the last step. */

const GAP = 6;
const EDGE = 8;

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export type Side = "above" | "below" | "right" | "left";

export function placeOf(
  anchor: Box,
  size: { width: number; height: number },
  window: { width: number; height: number },
  side: Side,
): { left: number; top: number } {
  if (side === "right" || side === "left") return sideOf(anchor, size, window, side);
  const centre = anchor.left + anchor.width / 2;
  // Near an edge of the window the box keeps to the anchor's own edge instead of its centre.
  let left = centre - size.width / 2;
  if (left < EDGE) left = Math.max(EDGE, anchor.left);
  if (left + size.width > window.width - EDGE) left = anchor.left + anchor.width - size.width;
  left = Math.max(EDGE, Math.min(left, window.width - size.width - EDGE));
  const above = anchor.top - GAP - size.height;
  const below = anchor.top + anchor.height + GAP;
  const fitsBelow = below + size.height <= window.height - EDGE;
  const top = side === "above" ? (above >= EDGE ? above : below) : fitsBelow ? below : above;
  // Too high for either side: inside the window all the same, over the anchor.
  return { left, top: Math.max(EDGE, Math.min(top, window.height - size.height - EDGE)) };
}

/** Beside a rail or a list: level with the anchor, pushed up where the window ends. */
function sideOf(
  anchor: Box,
  size: { width: number; height: number },
  window: { width: number; height: number },
  side: "right" | "left",
): { left: number; top: number } {
  const most = window.height - size.height - EDGE;
  const right = anchor.left + anchor.width + GAP;
  const wanted = side === "right" ? right : anchor.left - GAP - size.width;
  const left = Math.min(wanted, window.width - size.width - EDGE);
  return { left: Math.max(EDGE, left), top: Math.max(EDGE, Math.min(anchor.top, most)) };
}

export function placeBeside(anchor: Element, box: HTMLElement, side: Side): void {
  const { left, top } = placeOf(
    anchor.getBoundingClientRect(),
    { width: box.offsetWidth, height: box.offsetHeight },
    { width: innerWidth, height: innerHeight },
    side,
  );
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}

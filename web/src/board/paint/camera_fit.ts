/** Which part of the page is seen, and the camera that shows a part whole. */

import { overlap } from "../kernel/rect";
import type { Camera, PageFacts, Rect } from "../model";

/** CSS pixels left free round what is fitted. */
const MARGIN = 24;
const LARGEST = 8;
const SMALLEST = 0.02;
/** What an empty infinite page shows. */
const STANDARD: Rect = { x: 0, y: 0, w: 1280, h: 720 };

export interface Size {
  w: number;
  h: number;
}

/** The page's own rectangle; null when it is infinite. */
export function pageRect(facts: PageFacts | null): Rect | null {
  if (!facts || facts.width === null || facts.height === null) return null;
  return { x: 0, y: 0, w: facts.width, h: facts.height };
}

/** The part of page space that a view of this size (CSS pixels) shows. */
export function viewOf(camera: Camera, size: Size): Rect {
  return { x: camera.x, y: camera.y, w: size.w / camera.scale, h: size.h / camera.scale };
}

/** What of the rectangle lies on the page; null when nothing does. */
export function clipToPage(rect: Rect, facts: PageFacts | null): Rect | null {
  const page = pageRect(facts);
  const part = page ? overlap(rect, page) : rect;
  return part && part.w > 0 && part.h > 0 ? part : null;
}

/** Shows the rectangle whole and in the middle, with a margin of 24 pixels where there is room. */
export function fitCamera(rect: Rect | null, size: Size): Camera {
  const { x, y, w, h } = rect ?? STANDARD;
  const across = Math.max(size.w - 2 * MARGIN, size.w / 2, 1) / Math.max(w, 1);
  const down = Math.max(size.h - 2 * MARGIN, size.h / 2, 1) / Math.max(h, 1);
  const scale = Math.min(Math.max(Math.min(across, down), SMALLEST), LARGEST);
  return { x: x + w / 2 - size.w / scale / 2, y: y + h / 2 - size.h / scale / 2, scale };
}

/** Where the shared picture is seen, and where in its frame it lies. Pure, but for what a desk says. */
import type { Rect } from "../../../board/model";
import type { Desk } from "../desk";

/** The screen lies on the stage here, large enough to draw on it. */
export function seesStage(desk: Desk): boolean {
  return desk.content.value === "screen" && desk.view.value !== "gallery";
}

/** As `object-fit: contain` places a picture of this ratio (width to height). */
export function pictureRect(frame: { width: number; height: number }, ratio: number): Rect {
  const { width, height } = frame;
  if (!(width > 0 && height > 0 && ratio > 0)) return { x: 0, y: 0, w: 0, h: 0 };
  const w = Math.min(width, height * ratio);
  const h = w / ratio;
  return { x: (width - w) / 2, y: (height - h) / 2, w, h };
}

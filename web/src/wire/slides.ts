/** The pictures under pages of the board. An address opens by itself, for whoever was told it. */
import type { BackdropAnswer, BackdropWidth } from "../board/paint/backdrops";
import { download } from "./http";

export async function fetchBackdrop(ref: string, px: BackdropWidth): Promise<BackdropAnswer> {
  const found = await download(`${ref}/${px}.webp`);
  if (found.ok) return found.value;
  return found.error.code === "slide.unknown" ? "gone" : "coming";
}

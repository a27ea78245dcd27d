/** The pictures under pages of the board. An address opens by itself, for whoever was told it. */
import { download } from "./http";

/** `gone`: there will never be one; `coming`: it is being made, or cannot be had now. */
export async function fetchBackdrop(ref: string, px: number): Promise<Blob | "coming" | "gone"> {
  const found = await download(`${ref}/${px}.webp`);
  if (found.ok) return found.value;
  return found.error.code === "slide.unknown" ? "gone" : "coming";
}

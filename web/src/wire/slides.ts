/** The pictures and texts of slides. An address opens by itself, for whoever was told it. */
import { download, type Reply, request } from "./http";

/** `gone`: there will never be one; `coming`: it is being made, or cannot be had now. */
export async function fetchBackdrop(ref: string, px: number): Promise<Blob | "coming" | "gone"> {
  const found = await download(`${ref}/${px}.webp`);
  if (found.ok) return found.value;
  return found.error.code === "slide.unknown" ? "gone" : "coming";
}

/** What stands on a slide. Refused `slide.coming` while it is being made. */
export function fetchText(ref: string): Reply<{ text: string }> {
  return request<{ text: string }>("GET", `${ref}/text.json`);
}

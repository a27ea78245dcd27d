/** Which sentence a refusal of microphone, camera or both gets, and where it is shown; pure. */
import type { CaptureRefusal } from "../../media/capture";

export type About = "both" | "microphone" | "camera";

export interface ShownRefusal {
  why: CaptureRefusal;
  about: About;
}

/** Refusals that are about the page or the browser, not about one device. */
const OF_THE_PAGE: readonly CaptureRefusal[] = ["insecure", "unsupported"];

export function shownRefusal(
  microphone: CaptureRefusal | null,
  camera: CaptureRefusal | null,
): ShownRefusal | null {
  if (microphone !== null && microphone === camera) return { why: microphone, about: "both" };
  // The camera's refusal fills the empty picture; the microphone's then stands beside its bar.
  if (camera !== null) return { why: camera, about: "camera" };
  return microphone === null ? null : { why: microphone, about: "microphone" };
}

export function titleKey({ why, about }: ShownRefusal): string {
  if (OF_THE_PAGE.includes(why) || why === "unknown") return `refusal-${why}`;
  return `refusal-${why}-${about}`;
}

/** `mayJoin` is false where the browser cannot show a class at all. */
export function noteKey({ why }: ShownRefusal, mayJoin = true): string {
  if (!mayJoin) return "net-blocked-note";
  return `refusal-${why}-note`;
}

/** Pressing "Try again" can help only where nothing but the device stood in the way. */
export function mayTryAgain({ why }: ShownRefusal): boolean {
  return !OF_THE_PAGE.includes(why);
}

/** Whose instructions "Show me how" gives. */
export function browserFamily(agent: string): "chrome" | "firefox" | "safari" {
  if (/Firefox|FxiOS/.test(agent)) return "firefox";
  return /Chrom|CriOS|Edg/.test(agent) ? "chrome" : "safari";
}

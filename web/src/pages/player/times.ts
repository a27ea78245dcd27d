/** Times as the player shows them. */
import { t } from "../../text/text";

/** 4:05, and 1:04:05 from an hour on. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}

/** As it is read aloud: "4 minutes 5 seconds". */
export function spokenOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const words = [t("player-minutes", { minutes }), t("player-seconds", { seconds: seconds % 60 })];
  if (hours > 0) words.unshift(t("player-hours", { hours }));
  return words.join(" ");
}

/** How far a file on its way is, in words. */
import { isChecked, secondsLeft, type Upload } from "../../../room/upload";
import { percentOf, sizeOf } from "../../../text/figures";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";

/** Where a file on its way stands, in words. */
export function standingOf(upload: Upload): string {
  switch (upload.state) {
    case "waiting":
      return t("files-waiting");
    case "lost":
      return t("files-lost");
    case "paused":
      return t("files-paused", { part: percent(upload) });
    case "failed":
      return refusalText(upload.refusal?.code ?? "", upload.refusal?.params);
    case "ready":
      return sizeOf(upload.bytes);
    case "sending":
      return isChecked(upload) ? t("files-checking") : progress(upload);
  }
}

function progress(upload: Upload): string {
  const part = percent(upload);
  const seconds = secondsLeft(upload);
  // The first moments say nothing of the rest, and a second is over before it is read.
  if (seconds === null || seconds < 2) return part;
  const left =
    seconds < 90
      ? t("files-seconds", { count: seconds })
      : t("files-minutes", { count: Math.round(seconds / 60) });
  const speed = t("files-speed", { size: sizeOf(upload.speed ?? 0) });
  return t("files-progress", { part, speed, left });
}

function percent({ done, bytes }: Upload): string {
  return percentOf(bytes > 0 ? Math.floor((100 * done) / bytes) / 100 : 0);
}

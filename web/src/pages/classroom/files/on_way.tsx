/** Files on their way: each with its name, how far it is, pause, and the way out. */
import { useEffect, useState } from "preact/hooks";
import { partOf, type Upload } from "../../../room/upload";
import type { Uploads } from "../../../room/uploads";
import { t } from "../../../text/text";
import { IconButton } from "../../../ui/button";
import { FileSign } from "../../../ui/file_sign";
import { Icon } from "../../../ui/icon";
import { standingOf } from "./words";

interface OnWayProps {
  uploads: Uploads;
  ids: readonly string[];
  onRemove(id: string): void;
}

export function OnWay({ uploads, ids, onRemove }: OnWayProps) {
  const shown = uploads.list.value.filter((one) => ids.includes(one.id));
  if (shown.length === 0) return null;
  return (
    <ul class="on-way" aria-label={t("files-on-way")}>
      {shown.map((one) => (
        <One key={one.id} uploads={uploads} upload={one} onRemove={() => onRemove(one.id)} />
      ))}
    </ul>
  );
}

interface OneProps {
  uploads: Uploads;
  upload: Upload;
  onRemove(): void;
}

function One({ uploads, upload, onRemove }: OneProps) {
  const { id, name, state } = upload;
  const isFailed = state === "failed";
  const percent = Math.floor(100 * partOf(upload));
  return (
    <li class={isFailed ? "way is-failed" : "way"}>
      <Small uploads={uploads} upload={upload} />
      <div class="way-words">
        <b class="ell" title={name}>
          {name}
        </b>
        <span class="num" role={isFailed ? "alert" : undefined}>
          {standingOf(upload)}
        </span>
      </div>
      <Turn uploads={uploads} upload={upload} />
      <IconButton label={t("files-take-out", { name })} icon="close" onClick={onRemove} />
      {state !== "ready" && !isFailed && (
        <div
          class="way-bar"
          role="progressbar"
          aria-label={name}
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
          style={{ "--part": `${percent}%` }}
          data-id={id}
        />
      )}
    </li>
  );
}

/** A press stops it, or lets it go on; a file that is there needs neither. */
function Turn({ uploads, upload }: Omit<OneProps, "onRemove">) {
  const { id, name, state } = upload;
  if (state === "ready") return <Icon name="check" class="way-done" />;
  if (state === "sending" || state === "waiting") {
    const label = t("files-pause", { name });
    return <IconButton label={label} icon="pause" onClick={() => uploads.pause(id)} />;
  }
  const label = t(state === "paused" ? "files-go-on" : "files-again", { name });
  const icon = state === "paused" ? "play" : "again";
  return <IconButton label={label} icon={icon} onClick={() => uploads.resume(id)} />;
}

/** A picture as it lies on this computer; of other files their sign. */
function Small({ uploads, upload }: Omit<OneProps, "onRemove">) {
  const [address, setAddress] = useState<string | null>(null);
  const isPicture = upload.kind.startsWith("image/") && !upload.kind.includes("svg");
  useEffect(() => {
    const file = uploads.fileOf(upload.id);
    if (!isPicture || !file) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [upload.id]);
  if (!address) return <FileSign kind={upload.kind} />;
  // What cannot be drawn here, such as a picture of another maker's phone, keeps its sign.
  return <img class="file-sign" src={address} alt="" onError={() => setAddress(null)} />;
}

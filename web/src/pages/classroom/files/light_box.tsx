/** One picture of the class as large as the window; arrows go to the next, Escape closes. */
import { useEffect, useState } from "preact/hooks";
import { isPicture } from "../../../room/files";
import { timeOf } from "../../../text/dates";
import { sizeOf } from "../../../text/figures";
import { t } from "../../../text/text";
import { IconButton } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Menu } from "../../../ui/menu";
import type { FileCard } from "../../../wire/messages";
import type { Desk } from "../desk";
import { download, fileItems } from "./acts";
import { RemoveFile } from "./card";
import { type Bounds, usePicture } from "./small_picture";

export function LightBox({ desk }: { desk: Desk }) {
  const [asking, setAsking] = useState(false);
  const pictures = desk.room.value.files.filter(isPicture);
  const at = pictures.findIndex((one) => one.id === desk.shownPicture.value);
  const file = pictures[at];
  const close = () => {
    desk.shownPicture.value = null;
  };
  const turn = (step: 1 | -1) => {
    // After the last one comes the first: a button that is pressed never goes away.
    const next = pictures[(at + step + pictures.length) % pictures.length];
    if (next) desk.shownPicture.value = next.id;
  };
  const items = file ? fileItems(desk, file, () => setAsking(true)) : [];
  useArrows(file !== undefined && !asking, turn);
  return (
    <Dialog open={file !== undefined} title={file?.name ?? ""} onClose={close} class="light-box">
      {file && (
        <>
          <Large key={file.id} desk={desk} file={file} />
          <p class="num light-note">
            {t("files-by", { name: file.owner_name })} · {timeOf(file.at)} · {sizeOf(file.bytes)}
          </p>
          <div class="light-acts">
            {pictures.length > 1 && (
              <>
                <IconButton label={t("files-before")} icon="left" onClick={() => turn(-1)} />
                <span class="num" aria-live="polite">
                  {t("files-place", { at: at + 1, count: pictures.length })}
                </span>
                <IconButton label={t("files-next")} icon="right" onClick={() => turn(1)} />
              </>
            )}
            <IconButton
              label={t("files-download")}
              icon="download"
              onClick={() => void download(desk, file.id)}
            />
            {items.length > 0 && (
              <Menu label={t("files-actions", { name: file.name })} items={items} side="above" />
            )}
            <IconButton label={t("close")} icon="close" onClick={close} />
          </div>
          {asking && <RemoveFile desk={desk} file={file} onClose={() => setAsking(false)} />}
        </>
      )}
    </Dialog>
  );
}

/** The small one at once, and the whole one over it when it is here. */
function Large({ desk, file }: { desk: Desk; file: FileCard & Bounds }) {
  const small = usePicture(desk, file.id, "small");
  const whole = usePicture(desk, file.id, "whole");
  const address = whole.address ?? small.address;
  return (
    <div class="light-picture">
      {address && (
        <img
          src={address}
          alt={file.name}
          width={file.width}
          height={file.height}
          data-whole={whole.address ? "yes" : "no"}
        />
      )}
      {!whole.address && !whole.failed && <span class="spin" />}
      {whole.failed && <p role="alert">{t("files-picture-failed")}</p>}
    </div>
  );
}

function useArrows(isOpen: boolean, turn: (step: 1 | -1) => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const press = (event: KeyboardEvent) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      if ((event.target as Element).closest?.("[role=menu]")) return;
      event.preventDefault();
      turn(event.key === "ArrowRight" ? 1 : -1);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}

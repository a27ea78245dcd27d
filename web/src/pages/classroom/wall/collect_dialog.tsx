/** What becomes of all boards: pages of the class, one file, or nothing. */
import { useState } from "preact/hooks";
import type { BoardView } from "../../../board/view_types";
import { hasText, t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { FormFault } from "../../../ui/field";
import { saveFile } from "../board/save_file";
import type { Desk } from "../desk";
import { closeWall } from "./acts";

type Way = "pages" | "pdf" | "remove";

const WAYS: readonly Way[] = ["pages", "pdf", "remove"];

interface CollectProps {
  desk: Desk;
  view: BoardView;
  open: boolean;
  onClose(): void;
}

export function CollectDialog({ desk, view, open, onClose }: CollectProps) {
  const [way, setWay] = useState<Way>("pages");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const run = async () => {
    setBusy(true);
    setFault(null);
    const refused = way === "pdf" ? await savePdf(desk, view) : null;
    const done = way === "pdf" ? refused === null : await closeWall(desk, way === "pages");
    setBusy(false);
    setFault(refused);
    if (done) onClose();
  };
  return (
    <Dialog
      open={open}
      title={t("wall-collect-title")}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            look={way === "remove" ? "danger" : "primary"}
            icon={way === "pdf" ? "download" : way === "remove" ? "trash" : "pages"}
            waiting={busy && t("board-busy-export")}
            onClick={() => void run()}
          >
            {t(`wall-collect-${way}`)}
          </Button>
        </>
      }
    >
      <fieldset class="wall-ways">
        <legend class="vh">{t("wall-collect-how")}</legend>
        {WAYS.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="wall-way"
              checked={way === one}
              onChange={() => setWay(one)}
            />
            <span>
              <b>{t(`wall-collect-${one}`)}</b>
              <span class="small quiet">{t(`wall-collect-${one}-note`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <FormFault>{fault}</FormFault>
    </Dialog>
  );
}

/** Null, or why there is no file. */
async function savePdf(desk: Desk, view: BoardView): Promise<string | null> {
  const { title, wall } = desk.room.value;
  const made = await view.exportPictures(
    "pdf",
    wall.tiles.map((tile) => tile.page_id),
  );
  if (!made.ok) {
    const key = `error-${made.error.replaceAll(".", "-")}`;
    return t(hasText(key) ? key : "board-notice-export-failed");
  }
  for (const file of made.value) saveFile(file, `${title}.pdf`);
  return null;
}

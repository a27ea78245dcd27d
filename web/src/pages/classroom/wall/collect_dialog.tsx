/** What becomes of all boards: pages of the class, one file, or nothing. */
import { useState } from "preact/hooks";
import type { BoardView } from "../../../board/view_types";
import { hasText, t } from "../../../text/text";
import { Dialog } from "../../../ui/dialog";
import { DialogActs } from "../../../ui/dialog_acts";
import { FormFault } from "../../../ui/field";
import { saveFile } from "../board/save_file";
import type { Desk } from "../desk";
import { closeWall } from "./acts";
import { Ways } from "./ways";

type Kind = "pages" | "pdf" | "remove" | "close";

const OF_WALL: readonly Kind[] = ["pages", "pdf", "remove"];
/** The groups keep their boards until they end. */
const OF_GROUPS: readonly Kind[] = ["pdf", "close"];
const ICONS = { pages: "pages", pdf: "download", remove: "trash", close: "close" } as const;

interface CollectProps {
  desk: Desk;
  view: BoardView;
  open: boolean;
  onClose(): void;
}

export function CollectDialog({ desk, view, open, onClose }: CollectProps) {
  const kinds = desk.room.value.wall.wall.is_borrowed ? OF_GROUPS : OF_WALL;
  const [picked, setPicked] = useState<Kind>("pages");
  const way = kinds.includes(picked) ? picked : "pdf";
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const run = async () => {
    setBusy(true);
    setFault(null);
    const refused = way === "pdf" ? await savePdf(desk, view) : null;
    const done = way === "pdf" ? refused === null : await closeWall(desk, way !== "remove");
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
        <DialogActs
          action={t(`wall-collect-${way}`)}
          waiting={busy && t("board-busy-export")}
          look={way === "remove" ? "danger" : "primary"}
          icon={ICONS[way]}
          onClose={onClose}
          onAct={() => void run()}
        />
      }
    >
      <Ways<Kind>
        legend={t("wall-collect-how")}
        value={way}
        onPick={setPicked}
        ways={kinds.map((one) => ({
          value: one,
          label: t(`wall-collect-${one}`),
          note: t(`wall-collect-${one}-note`),
        }))}
      />
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

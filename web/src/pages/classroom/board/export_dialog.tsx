/** The page or the board as a picture: which kind, how much of it, and where it stands. */
import { useState } from "preact/hooks";
import { fileNames, zipOf } from "../../../board/export/zip";
import type { BoardView, ExportScope, PictureFormat } from "../../../board/view_types";
import { hasText, t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { FormFault, Segmented } from "../../../ui/field";
import { endingOf, saveFile } from "./save_file";

interface ExportProps {
  view: BoardView;
  title: string;
  /** Of all pages, in their order; "" for one without. */
  pageNames: readonly string[];
  open: boolean;
  onClose(): void;
}

const FORMATS: readonly PictureFormat[] = ["pdf", "png", "svg"];
const SCOPES: readonly ExportScope[] = ["page", "board"];

/** A browser asks before it takes several files; one with all of them it takes. */
function inOneFile(files: readonly Blob[], pageNames: readonly string[]): Promise<Blob> {
  const names = fileNames(pageNames, `.${endingOf(files[0] ?? new Blob())}`);
  return zipOf(files.map((content, at) => ({ name: names[at] ?? String(at + 1), content })));
}

export function ExportDialog({ view, title, pageNames, open, onClose }: ExportProps) {
  const [format, setFormat] = useState<PictureFormat>("pdf");
  const [scope, setScope] = useState<ExportScope>("page");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const run = async () => {
    setBusy(true);
    setFault(null);
    const made = await view.exportPictures(format, scope);
    setBusy(false);
    if (!made.ok) {
      const key = `error-${made.error.replaceAll(".", "-")}`;
      setFault(t(hasText(key) ? key : "board-notice-export-failed"));
      return;
    }
    const [first, ...more] = made.value;
    if (first) {
      const file = more.length > 0 ? await inOneFile(made.value, pageNames) : first;
      saveFile(file, `${title}.${endingOf(file)}`);
    }
    onClose();
  };
  const progress = view.busy.value;
  const part = progress?.kind === "export" && progress.total > 0 ? progress : null;
  return (
    <Dialog
      open={open}
      title={t("board-export-title")}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            look="primary"
            icon="download"
            waiting={
              busy &&
              (part
                ? t("board-busy-export-part", {
                    percent: Math.round((100 * part.done) / part.total),
                  })
                : t("board-busy-export"))
            }
            onClick={() => void run()}
          >
            {t("board-export-do")}
          </Button>
        </>
      }
    >
      <Segmented<ExportScope>
        label={t("board-export-scope")}
        value={scope}
        options={SCOPES.map((value) => ({ value, label: t(`board-export-${value}`) }))}
        onPick={setScope}
      />
      <Segmented<PictureFormat>
        label={t("board-export-format")}
        value={format}
        options={FORMATS.map((value) => ({ value, label: value.toUpperCase() }))}
        onPick={setFormat}
      />
      <p>{t(`board-export-${format}-note`)}</p>
      <FormFault>{fault}</FormFault>
    </Dialog>
  );
}

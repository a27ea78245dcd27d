/** A deck on the stage as a PDF with what was drawn on it: saved, or handed out to the class. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { BoardView } from "../../../board/view_types";
import { refusalText } from "../../../text/refusal";
import { language, t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { FormFault, Segmented } from "../../../ui/field";
import { announce, toast } from "../../../ui/live";
import { PartLine } from "../../../ui/part_line";
import type { Placement } from "../../../wire/messages";
import type { Desk } from "../desk";
import { DeckExport, type Made, type Standing, slidesShown, type Wanted } from "./deck_export";
import { saveFile } from "./save_file";

interface DeckExportProps {
  desk: Desk;
  view: BoardView;
  /** Null: closed. */
  placement: Placement | null;
  onClose(): void;
}

type Which = "shown" | "all";
const WHICH: readonly Which[] = ["shown", "all"];
const QUARTER = 25;

export function DeckExportDialog({ desk, view, placement, onClose }: DeckExportProps) {
  return (
    <Dialog
      open={placement !== null}
      title={placement ? t("export-title", { name: placement.name }) : ""}
      onClose={onClose}
      class="decks-dialog"
    >
      {placement && <Body desk={desk} view={view} placement={placement} onClose={onClose} />}
    </Dialog>
  );
}

function Body({ desk, view, placement, onClose }: DeckExportProps & { placement: Placement }) {
  const [which, setWhich] = useState<Which>("shown");
  const [to, setTo] = useState<Wanted["to"]>("save");
  const foot = useRef<HTMLDivElement>(null);
  const work = useMemo(() => exporterOf(desk, view), [desk, view]);
  useEffect(() => () => work.cancel(), [work]);
  const standing = work.standing.value;
  const counts = slidesShown(desk.room.value.board.pages, placement);
  const run = async (wanted: Wanted["to"]) => {
    setTo(wanted);
    const made = await work.run({ placement, to: wanted, shownOnly: which === "shown" });
    if (!made) return;
    tell(made, placement, desk);
    onClose();
  };
  // The button that was pressed is gone by then; the first one stays.
  useEffect(() => {
    const { activeElement } = document;
    const isLost = activeElement === document.body || activeElement?.tagName === "DIALOG";
    if (isLost) foot.current?.querySelector("button")?.focus();
  }, [standing.is]);
  const isIdle = standing.is === "idle" || standing.is === "failed";
  return (
    <>
      {isIdle && <Choice which={which} counts={counts} onPick={setWhich} />}
      {standing.is === "missing" && (
        <p role="alert">
          {t("export-missing", {
            slides: standing.slides.join(", "),
            count: standing.slides.length,
          })}
        </p>
      )}
      {!isIdle && standing.is !== "missing" && <Progress standing={standing} />}
      <FormFault>
        {standing.is === "failed" ? refusalText(standing.code, standing.params) : null}
      </FormFault>
      <div class="dlg-foot" ref={foot}>
        <Button look="quiet" onClick={onClose}>
          {t("cancel")}
        </Button>
        {isIdle && (
          <Button look="line" icon="files" onClick={() => void run("class")}>
            {t("export-hand-out")}
          </Button>
        )}
        {isIdle && (
          <Button look="primary" icon="download" onClick={() => void run("save")}>
            {t("export-save")}
          </Button>
        )}
        {standing.is === "missing" && (
          <>
            <Button look="line" onClick={() => void run(to)}>
              {t("export-again")}
            </Button>
            <Button look="primary" onClick={() => work.goOn()}>
              {t("export-go-on")}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

interface ChoiceProps {
  which: Which;
  counts: ReturnType<typeof slidesShown>;
  onPick(which: Which): void;
}

function Choice({ which, counts, onPick }: ChoiceProps) {
  const { shown, all, old } = counts;
  return (
    <>
      <p>{t("export-note")}</p>
      {shown < all && (
        <Segmented<Which>
          label={t("export-which")}
          value={which}
          options={WHICH.map((value) => ({
            value,
            label: t(`export-${value}`, { count: value === "shown" ? shown : all }),
          }))}
          onPick={onPick}
        />
      )}
      {old > 0 && <p class="small">{t("export-old", { count: old })}</p>}
      <p class="small quiet">{t("export-hand-out-note")}</p>
    </>
  );
}

/** What goes on, said aloud at its stages and not at each page. */
function Progress({ standing }: { standing: Standing }) {
  const text = wordsOf(standing);
  const percent = percentOf(standing);
  const step = percent === null ? -1 : Math.floor(percent / QUARTER);
  useEffect(() => announce(text), [standing.is, step]);
  return (
    <>
      <p class="num">{text}</p>
      <PartLine label={text} percent={percent} />
    </>
  );
}

function wordsOf(standing: Standing): string {
  switch (standing.is) {
    case "gathering":
      return t("export-gathering", { done: standing.done, total: standing.total });
    case "sending":
      return t("export-sending", { percent: standing.percent });
    default:
      return t("export-writing");
  }
}

function percentOf(standing: Standing): number | null {
  if (standing.is === "sending") return standing.percent;
  if (standing.is !== "gathering" || standing.total === 0) return null;
  return Math.floor((100 * standing.done) / standing.total);
}

function exporterOf(desk: Desk, view: BoardView): DeckExport {
  return new DeckExport({
    drawn: view.drawn,
    door: desk.session.decks.door,
    pages: () => desk.room.value.board.pages,
    language: () => language.value,
  });
}

function tell(made: Made, { name }: Placement, desk: Desk): void {
  if ("saved" in made) {
    saveFile(made.saved, t("export-file", { name }));
    toast(t("export-saved", { name }));
    return;
  }
  const open = {
    label: t("export-open-files"),
    run: () => {
      desk.panel.value = "files";
    },
  };
  toast(t("export-handed-out", { name: made.handedOut.name }), open);
}

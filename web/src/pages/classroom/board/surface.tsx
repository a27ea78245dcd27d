/** The board on the stage: tools, the page itself, what lies over it, and the foot. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { BoardView } from "../../../board/view_types";
import { hasText, t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import { StageQuestion } from "../ask/stage_question";
import { isDeckType } from "../decks/kinds";
import { SlideWords } from "../decks/slide_words";
import { SlideStrip } from "../decks/strip";
import { WallBar } from "../wall/wall_bar";
import type { BoardProps } from "./board_props";
import { Cursors } from "./cursors";
import { Editor } from "./editor";
import { Foot } from "./foot";
import { FormulaDialog } from "./formula_dialog";
import { followPageKeys } from "./page_keys";
import { PageLayer } from "./page_layers";
import { Rail } from "./rail";
import { PhoneSelection } from "./selection_bar";
import { Skeleton } from "./skeleton";

export function Surface({ desk, view, link }: BoardProps) {
  const host = useRef<HTMLDivElement>(null);
  const board = useRef<HTMLDivElement>(null);
  const [toolsOpen, setToolsOpen] = useState(false);
  useEffect(() => {
    if (!host.current || !board.current) return;
    return view.attach(host.current, board.current);
  }, [view]);
  useEffect(() => followPageKeys(desk, view), [desk, view]);
  const phone = desk.form.value === "phone";
  const draws = view.pen.value !== "none";
  const tools = draws && (!phone || toolsOpen);
  return (
    <section class="stage board" aria-label={t("board-stage")} data-draws={draws ? "yes" : "no"}>
      <WallBar desk={desk} view={view} />
      <div class="board-desk" ref={board}>
        {tools && !phone && <Rail view={view} />}
        <div class="board-fit">
          <div class="board-under">
            <PageLayer desk={desk} view={view} which="Under" />
          </div>
          <div ref={host} class="board-host" role="application" aria-label={hostLabel(view)} />
          <div class="board-over">
            <Cursors view={view} />
            <Editor view={view} />
          </div>
          <PageLayer desk={desk} view={view} which="Over" />
          <State view={view} />
          <DropZone view={view} />
          <SlideWords desk={desk} view={view} />
        </div>
        <StageQuestion desk={desk} view={view} />
        {phone && view.selection.value.length > 0 && <PhoneSelection view={view} />}
        {tools && phone && <Rail view={view} lying />}
      </div>
      <PageLayer desk={desk} view={view} which="Bar" />
      <SlideStrip desk={desk} view={view} />
      <Foot
        desk={desk}
        view={view}
        link={link}
        toolsOpen={toolsOpen}
        onTools={() => setToolsOpen(!toolsOpen)}
      />
      <FormulaDialog view={view} />
    </section>
  );
}

function hostLabel(view: BoardView): string {
  return t(view.pen.value === "none" ? "board-host-looking" : "board-host");
}

/** A page that is not there yet, or will not come, says so in its place. */
function State({ view }: { view: BoardView }) {
  const state = view.pageState.value;
  if (state === "opening" && view.backdrop.value !== "ready") {
    return <Skeleton words={t("board-page-coming")} />;
  }
  const code = view.refusal.value;
  if (state !== "refused" || code === null) return <Backdrop view={view} />;
  const key = `board-refused-${code.replaceAll(".", "-")}`;
  return (
    <div class="board-skeleton" role="alert">
      <Icon name="warn" />
      <p>{t(hasText(key) ? key : "board-refused-other")}</p>
    </div>
  );
}

/** A slide whose picture is being made, or was deleted: what was drawn on it stays. */
function Backdrop({ view }: { view: BoardView }) {
  const state = view.backdrop.value;
  if (state !== "coming" && state !== "gone") return null;
  return (
    <p class="board-backdrop pill" role="status">
      {state === "coming" ? <span class="spin" /> : <Icon name="warn" />}
      <span>{t(state === "coming" ? "present-coming" : "present-gone")}</span>
    </p>
  );
}

/** Shown while files are held over the board; the board itself takes them. */
function DropZone({ view }: { view: BoardView }) {
  const ref = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const draws = view.pen.value !== "none";
  useEffect(() => {
    const fit = ref.current?.parentElement;
    if (!fit || !draws) return;
    const abort = new AbortController();
    const { signal } = abort;
    const enter = (event: DragEvent) => {
      const items = [...(event.dataTransfer?.items ?? [])];
      if (items.some((one) => one.kind === "file" && !isDeckType(one.type))) setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!fit.contains(event.relatedTarget as Node | null)) setOver(false);
    };
    fit.addEventListener("dragenter", enter, { signal });
    fit.addEventListener("dragleave", leave, { signal });
    fit.addEventListener("drop", () => setOver(false), { signal });
    return () => abort.abort();
  }, [draws]);
  const busy = view.busy.value;
  return (
    <div ref={ref} class={over ? "board-drop is-over" : "board-drop"} role="status">
      {over && (
        <p class="pill pill-accent">
          <Icon name="image" />
          <span>{t("board-drop")}</span>
        </p>
      )}
      {busy && (
        <p class="pill">
          <span class="spin" />
          <span>
            {busy.total > 0
              ? t(`board-busy-${busy.kind}-part`, {
                  percent: Math.round((100 * busy.done) / busy.total),
                })
              : t(`board-busy-${busy.kind}`)}
          </span>
        </p>
      )}
    </div>
  );
}

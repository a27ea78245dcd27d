/** The panel at the side, or docked below on small windows: one at a time, Escape closes it. */
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";
import { screens } from "./board/parts";
import { type BoardPanel, type Desk, isOfBoard } from "./desk";
import { shownPanels } from "./panels";

export function SidePanel({ desk }: { desk: Desk }) {
  const open = desk.panel.value;
  if (open === "none") return null;
  if (isOfBoard(open)) return <PanelOfBoard desk={desk} id={open} />;
  const panel = shownPanels(desk).find((one) => one.id === open);
  if (!panel) return null;
  const title = t(panel.titleKey);
  return (
    <aside class="panel" aria-label={title} key={open}>
      <PanelHead desk={desk} title={title} count={panel.count?.(desk)} />
      <panel.View desk={desk} />
    </aside>
  );
}

const TITLES: Record<BoardPanel, string> = {
  pages: "board-pages",
  objects: "board-objects",
  text: "present-text",
};

/** The board's own; they come with the board's part of the client. */
function PanelOfBoard({ desk, id }: { desk: Desk; id: BoardPanel }) {
  const board = desk.session.board.open.value;
  const parts = screens.value;
  if (!board || !parts) return null;
  const title = t(TITLES[id]);
  return (
    <aside class="panel" aria-label={title} key={id}>
      <PanelHead desk={desk} title={title} />
      {id === "pages" && <parts.PagesPanel desk={desk} view={board.view} />}
      {id === "objects" && <parts.ObjectsPanel view={board.view} />}
      {id === "text" && <parts.TextPanel desk={desk} view={board.view} />}
    </aside>
  );
}

function PanelHead({
  desk,
  title,
  count,
}: {
  desk: Desk;
  title: string;
  count?: number | undefined;
}) {
  return (
    <div class="panel-head">
      <h2>
        {title} {count !== undefined && <span class="faint num">{count}</span>}
      </h2>
      <IconButton
        label={t("close")}
        icon="close"
        onClick={() => {
          desk.panel.value = "none";
        }}
      />
    </div>
  );
}

/** The panel at the side, or docked below on small windows: one at a time, Escape closes it. */
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";
import { screens } from "./board/parts";
import type { Desk } from "./desk";
import { shownPanels } from "./panels";

export function SidePanel({ desk }: { desk: Desk }) {
  const open = desk.panel.value;
  if (open === "none") return null;
  if (open === "pages" || open === "objects") return <BoardPanel desk={desk} id={open} />;
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

/** The board's own two; they come with the board's part of the client. */
function BoardPanel({ desk, id }: { desk: Desk; id: "pages" | "objects" }) {
  const board = desk.session.board.open.value;
  const parts = screens.value;
  if (!board || !parts) return null;
  const title = t(`board-${id}`);
  return (
    <aside class="panel" aria-label={title} key={id}>
      <PanelHead desk={desk} title={title} />
      {id === "pages" ? (
        <parts.PagesPanel desk={desk} view={board.view} />
      ) : (
        <parts.ObjectsPanel view={board.view} />
      )}
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

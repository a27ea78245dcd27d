/** The panel at the side, or docked below on small windows: one at a time, Escape closes it. */
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";
import { screens } from "./board/parts";
import { ChatPanel } from "./chat_panel";
import type { Desk } from "./desk";
import { PeoplePanel } from "./people_panel";

export function SidePanel({ desk }: { desk: Desk }) {
  const panel = desk.panel.value;
  if (panel === "none") return null;
  const board = desk.session.board.open.value;
  const parts = screens.value;
  if ((panel === "pages" || panel === "objects") && (!board || !parts)) return null;
  const title = t(panel === "pages" || panel === "objects" ? `board-${panel}` : `room-${panel}`);
  return (
    <aside class="panel" aria-label={title} key={panel}>
      <div class="panel-head">
        <h2>
          {title} {panel === "people" && <span class="faint num">{desk.faces.value.length}</span>}
        </h2>
        <IconButton
          label={t("close")}
          icon="close"
          onClick={() => {
            desk.panel.value = "none";
          }}
        />
      </div>
      {panel === "people" && <PeoplePanel desk={desk} />}
      {panel === "chat" && <ChatPanel desk={desk} />}
      {panel === "pages" && parts && board && <parts.PagesPanel desk={desk} view={board.view} />}
      {panel === "objects" && parts && board && <parts.ObjectsPanel view={board.view} />}
    </aside>
  );
}

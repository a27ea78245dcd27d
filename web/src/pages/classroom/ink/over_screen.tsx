/** The shared screen's part that comes with the board: fetched when somebody draws on it first. */
import { useEffect } from "preact/hooks";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import { fetchScreens, screens } from "../board/parts";
import type { Desk } from "../desk";

/** While there is ink, or somebody is about to draw. */
export function useInkParts(desk: Desk): void {
  const begun = desk.room.value.ink.page_id !== "";
  const { board } = desk.session;
  useEffect(() => {
    if (!begun) return;
    void Promise.all([fetchScreens(), board.showInk()]).then(([there]) => {
      if (!there || board.missing.value) toast(t("ink-missing"));
    });
  }, [begun, board]);
}

export function InkOverScreen({ desk, ratio }: { desk: Desk; ratio: number }) {
  const view = desk.session.board.ink.value;
  const parts = screens.value;
  if (!view || !parts || desk.room.value.ink.page_id === "") return null;
  return <parts.InkLayer desk={desk} view={view} ratio={ratio} />;
}

/** The tools come when a press would draw: the page is here, and the pen. */
export function InkTools({ desk, lying = false }: { desk: Desk; lying?: boolean }) {
  const view = desk.session.board.ink.value;
  const parts = screens.value;
  if (!view || !parts || !desk.drawing.value || view.pen.value === "none") return null;
  return <parts.InkRail view={view} lying={lying} />;
}

/** The tools on the mat beside the shared screen: fewer than the board's, in the same place. */
import type { BoardView } from "../../../board/view_types";
import { t } from "../../../text/text";
import { type Group, GroupButton, Steps } from "../board/rail";
import { Toolbar } from "../board/toolbar";

const GROUPS: readonly Group[] = [
  { id: "ink-select", tools: ["select"] },
  { id: "ink-pen", tools: ["pen"] },
  { id: "ink-hl", tools: ["hl"] },
  { id: "ink-eraser", tools: ["eraser"] },
  { id: "ink-arrow", tools: ["arrow"] },
  { id: "ink-rect", tools: ["rect"] },
  { id: "ink-text", tools: ["text"] },
  { id: "ink-laser", tools: ["laser"] },
];

export function InkRail({ view, lying = false }: { view: BoardView; lying?: boolean }) {
  return (
    <div class={lying ? "rail ink-rail is-lying" : "rail ink-rail"}>
      <Toolbar label={t("ink-tools")} lying={lying}>
        {GROUPS.map((group) => (
          <GroupButton key={group.id} view={view} group={group} lying={lying} />
        ))}
        <hr />
        <Steps view={view} />
      </Toolbar>
    </div>
  );
}

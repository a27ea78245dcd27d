/** The tools on the mat beside the shared screen: fewer than the board's, in the same place. */
import { useRef } from "preact/hooks";
import type { BoardView } from "../../../board/view_types";
import { t } from "../../../text/text";
import { moveInBar, useRoving } from "../../../ui/roving";
import { type Group, GroupButton, Steps } from "../board/rail";

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
  const bar = useRef<HTMLDivElement>(null);
  useRoving(bar);
  return (
    <div class={lying ? "rail ink-rail is-lying" : "rail ink-rail"}>
      <div
        ref={bar}
        role="toolbar"
        aria-label={t("ink-tools")}
        aria-orientation={lying ? "horizontal" : "vertical"}
        onKeyDown={(event) => {
          // Space and Enter press the button; they are not the room's here.
          if (event.key === " " || event.key === "Enter") event.stopPropagation();
          if (!bar.current || !moveInBar(bar.current, event.key)) return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        {GROUPS.map((group) => (
          <GroupButton key={group.id} view={view} group={group} lying={lying} />
        ))}
        <hr />
        <Steps view={view} />
      </div>
    </div>
  );
}

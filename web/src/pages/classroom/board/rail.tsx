/**
 * The tools on the mat: one stop of the Tab key, arrow keys within. Pressing the tool in hand once
 * more opens what can be set for it. What a low window has no room for stands behind "more".
 */
import { useId, useRef } from "preact/hooks";
import { BOARD_KEYS } from "../../../board/keys";
import { KNOBS } from "../../../board/styles";
import type { AidKind, BoardView, ToolName } from "../../../board/view_types";
import { t } from "../../../text/text";
import { Flyout } from "../../../ui/flyout";
import { Icon, type IconName } from "../../../ui/icon";
import { useSize } from "../use_size";
import { ToolSettings } from "./tool_settings";
import { Toolbar } from "./toolbar";

export interface Group {
  id: string;
  tools: readonly ToolName[];
}

const GROUPS: readonly Group[] = [
  { id: "select", tools: ["select", "lasso", "hand"] },
  { id: "pen", tools: ["pen"] },
  { id: "hl", tools: ["hl"] },
  { id: "eraser", tools: ["eraser"] },
  { id: "shapes", tools: ["line", "arrow", "rect", "ell", "poly"] },
  { id: "text", tools: ["text"] },
  { id: "note", tools: ["note"] },
  { id: "tex", tools: ["tex"] },
  { id: "img", tools: ["img"] },
  { id: "laser", tools: ["laser"] },
];

export const TOOL_ICONS: Record<ToolName, IconName> = {
  select: "select",
  lasso: "lasso",
  hand: "hand-tool",
  pen: "pen",
  hl: "highlighter",
  eraser: "eraser",
  line: "line",
  arrow: "arrow",
  rect: "rect",
  ell: "ell",
  poly: "poly",
  text: "text",
  note: "note",
  tex: "formula",
  img: "image",
  laser: "laser",
};

export function keyOf(tool: ToolName): string {
  return BOARD_KEYS.find((row) => row.tool === tool)?.key.toUpperCase() ?? "";
}

/** The last used of each group stands for it. */
const lastOf = new Map<string, ToolName>();

interface RailProps {
  view: BoardView;
  /** Lying above the foot on a phone, where it scrolls sideways. */
  lying?: boolean;
}

const BUTTON = 40;
/** Undo, redo, the aids, "more" and the line between. */
const FIXED = 4 * BUTTON + 11;

export function Rail({ view, lying = false }: RailProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { height } = useSize(frame);
  const room = lying || height === 0 ? GROUPS.length : Math.floor((height - FIXED) / BUTTON);
  const all = room + 1 >= GROUPS.length;
  const shown = all ? GROUPS : GROUPS.slice(0, Math.max(3, room));
  const rest = all ? [] : GROUPS.slice(shown.length);
  return (
    <div ref={frame} class={lying ? "rail is-lying" : "rail"}>
      <Toolbar label={t("board-tools")} lying={lying}>
        {shown.map((group) => (
          <GroupButton key={group.id} view={view} group={group} lying={lying} />
        ))}
        {rest.length > 0 && <MoreTools view={view} groups={rest} />}
        <AidButton view={view} lying={lying} />
        <hr />
        <Steps view={view} />
      </Toolbar>
    </div>
  );
}

/** One step back, one on. */
export function Steps({ view }: { view: BoardView }) {
  return (
    <>
      <button
        type="button"
        class="icon-btn"
        aria-label={t("board-undo")}
        data-tip={t("board-tip", { label: t("board-undo"), key: "Ctrl+Z" })}
        disabled={!view.mayUndo.value}
        onClick={() => view.undo()}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        class="icon-btn"
        aria-label={t("board-redo")}
        data-tip={t("board-tip", { label: t("board-redo"), key: "Ctrl+Shift+Z" })}
        disabled={!view.mayRedo.value}
        onClick={() => view.redo()}
      >
        <Icon name="redo" />
      </button>
    </>
  );
}

export function GroupButton({
  view,
  group,
  lying,
}: {
  view: BoardView;
  group: Group;
  lying: boolean;
}) {
  const id = useId();
  const inHand = view.tool.value;
  const held = group.tools.includes(inHand);
  if (held) lastOf.set(group.id, inHand);
  const tool = held ? inHand : (lastOf.get(group.id) ?? group.tools[0] ?? "pen");
  const settable = group.tools.length > 1 || KNOBS[tool].length > 0;
  const style = view.styles.value[tool];
  const label = t(`board-tool-${tool}`);
  // Once in hand, the browser itself opens and closes the flyout.
  const opener = held && settable ? { popovertarget: id, "aria-haspopup": "dialog" as const } : {};
  return (
    <>
      <button
        type="button"
        class={held ? "icon-btn is-tool" : "icon-btn"}
        aria-label={label}
        aria-pressed={tool === "img" ? undefined : held}
        data-tip={t("board-tip", { label, key: keyOf(tool) })}
        data-tool={tool}
        {...opener}
        onClick={(event) => {
          if (held) return;
          // By the time the browser looks, the button already names the flyout: not at this press.
          event.preventDefault();
          view.pick(tool);
        }}
      >
        <Icon name={held || lastOf.has(group.id) ? TOOL_ICONS[tool] : groupIcon(group)} />
        {KNOBS[tool].includes("colour") && (held || tool === "pen" || tool === "hl") && (
          <span class="swatch" style={{ "--c": style.colour }} />
        )}
        {held && settable && <span class="corner" />}
      </button>
      {held && settable && (
        <Flyout id={id} label={label} side={lying ? "above" : "right"} class="tool-flyout">
          {(hide) => (
            <>
              {group.tools.length > 1 && (
                <Variants
                  view={view}
                  tools={group.tools}
                  onPick={() => KNOBS[tool].length || hide()}
                />
              )}
              <ToolSettings view={view} tool={view.tool.value} />
            </>
          )}
        </Flyout>
      )}
    </>
  );
}

function groupIcon(group: Group): IconName {
  return group.id === "shapes" ? "shapes" : TOOL_ICONS[group.tools[0] ?? "pen"];
}

interface VariantsProps {
  view: BoardView;
  tools: readonly ToolName[];
  onPick(): void;
}

function Variants({ view, tools, onPick }: VariantsProps) {
  return (
    <fieldset class="flyout-row" aria-label={t("board-kind")}>
      {tools.map((tool) => (
        <button
          key={tool}
          type="button"
          class="icon-btn"
          aria-pressed={view.tool.value === tool}
          aria-label={t(`board-tool-${tool}`)}
          data-tip={t("board-tip", { label: t(`board-tool-${tool}`), key: keyOf(tool) })}
          onClick={() => {
            view.pick(tool);
            onPick();
          }}
        >
          <Icon name={TOOL_ICONS[tool]} />
        </button>
      ))}
    </fieldset>
  );
}

function MoreTools({ view, groups }: { view: BoardView; groups: readonly Group[] }) {
  const id = useId();
  const tools = groups.flatMap((group) => group.tools);
  const held = tools.includes(view.tool.value);
  return (
    <>
      <button
        type="button"
        class={held ? "icon-btn is-tool" : "icon-btn"}
        aria-label={t("board-more-tools")}
        data-tip={t("board-more-tools")}
        aria-haspopup="dialog"
        popovertarget={id}
      >
        <Icon name={held ? TOOL_ICONS[view.tool.value] : "more"} />
        {held && <span class="corner" />}
      </button>
      <Flyout id={id} label={t("board-more-tools")} side="right" class="tool-flyout">
        {(hide) => (
          <>
            <Variants view={view} tools={tools} onPick={hide} />
            {held && <ToolSettings view={view} tool={view.tool.value} />}
          </>
        )}
      </Flyout>
    </>
  );
}

const AIDS: readonly AidKind[] = ["ruler", "protractor"];

function AidButton({ view, lying }: { view: BoardView; lying: boolean }) {
  const id = useId();
  const aid = view.aid.value;
  return (
    <>
      <button
        type="button"
        class="icon-btn"
        aria-label={t("board-aids")}
        aria-haspopup="dialog"
        data-tip={t("board-aids")}
        popovertarget={id}
      >
        <Icon name={aid?.kind === "protractor" ? "protractor" : "ruler"} />
        {aid && <span class="corner is-on" />}
      </button>
      <Flyout id={id} label={t("board-aids")} side={lying ? "above" : "right"} class="tool-flyout">
        {(hide) => (
          <>
            {AIDS.map((kind) => (
              <button
                key={kind}
                type="button"
                class="menu-item"
                aria-pressed={aid?.kind === kind}
                onClick={() => {
                  view.toggleAid(kind);
                  hide();
                }}
              >
                <Icon name={kind} />
                <span class="ell">
                  {t(aid?.kind === kind ? `board-aid-${kind}-off` : `board-aid-${kind}`)}
                </span>
              </button>
            ))}
            {aid && <AidKeys view={view} />}
            <label class="switch-row flyout-switch">
              <input
                type="checkbox"
                role="switch"
                class="switch"
                aria-checked={view.penMode.value}
                checked={view.penMode.value}
                onChange={(event) => view.setPenMode(event.currentTarget.checked)}
              />
              <span>{t("board-pen-mode")}</span>
            </label>
          </>
        )}
      </Flyout>
    </>
  );
}

const TURN = Math.PI / 36;
const STEP = 20;

/** Ruler and protractor are dragged; this is the same by buttons. */
function AidKeys({ view }: { view: BoardView }) {
  const moves: readonly [string, IconName, number, number, number][] = [
    ["left", "left", -STEP, 0, 0],
    ["right", "right", STEP, 0, 0],
    ["up", "up", 0, -STEP, 0],
    ["down", "down", 0, STEP, 0],
    ["turn-left", "undo", 0, 0, -TURN],
    ["turn-right", "redo", 0, 0, TURN],
  ];
  return (
    <fieldset class="flyout-row" aria-label={t("board-aid-move")}>
      {moves.map(([name, icon, dx, dy, turn]) => (
        <button
          key={name}
          type="button"
          class="icon-btn"
          aria-label={t(`board-aid-${name}`)}
          data-tip={t(`board-aid-${name}`)}
          onClick={() => view.moveAid(dx, dy, turn)}
        >
          <Icon name={icon} />
        </button>
      ))}
    </fieldset>
  );
}

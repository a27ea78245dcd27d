/** What can be set for a tool: colours, width, line, fill, size of letters, kind of eraser. */
import type { JSX } from "preact";
import type { Dash } from "../../../board/model";
import {
  ERASER_WIDTHS,
  FILLS,
  INKS,
  KNOBS,
  LETTER_SIZES,
  LINE_WIDTHS,
  MARKER_WIDTHS,
  MARKERS,
  NOTE_PAPERS,
  PEN_WIDTHS,
} from "../../../board/styles";
import type { BoardView, ToolName, ToolStyle } from "../../../board/view_types";
import { t } from "../../../text/text";
import { Segmented } from "../../../ui/field";
import { Icon } from "../../../ui/icon";
import { colourName } from "./words";

const WIDTHS: Partial<Record<ToolName, readonly number[]>> = {
  pen: PEN_WIDTHS,
  hl: MARKER_WIDTHS,
  eraser: ERASER_WIDTHS,
};

export function widthsOf(tool: ToolName): readonly number[] {
  return WIDTHS[tool] ?? LINE_WIDTHS;
}

export function coloursOf(tool: ToolName): readonly string[] {
  return tool === "hl" ? MARKERS : tool === "note" ? NOTE_PAPERS : INKS;
}

export function ToolSettings({ view, tool }: { view: BoardView; tool: ToolName }) {
  const knobs = KNOBS[tool];
  const style = view.styles.value[tool];
  const set = (wish: Partial<ToolStyle>) => view.setStyle(tool, wish);
  if (knobs.length === 0) return null;
  return (
    <div class="knobs">
      {knobs.includes("eraser") && (
        <Segmented<"part" | "whole">
          label={t("board-eraser")}
          value={style.eraser}
          options={[
            { value: "part", label: t("board-eraser-part") },
            { value: "whole", label: t("board-eraser-whole") },
          ]}
          onPick={(eraser) => set({ eraser })}
        />
      )}
      {knobs.includes("colour") && (
        <Colours
          label={t(tool === "note" ? "board-note-paper" : "board-colour")}
          colours={coloursOf(tool)}
          value={style.colour}
          onPick={(colour) => set({ colour })}
        />
      )}
      {knobs.includes("width") && (
        <Widths
          widths={widthsOf(tool)}
          value={style.width}
          round={tool === "eraser"}
          onPick={(width) => set({ width })}
        />
      )}
      {knobs.includes("dash") && <Dashes value={style.dash} onPick={(dash) => set({ dash })} />}
      {knobs.includes("fill") && (
        <Colours
          label={t("board-fill")}
          colours={FILLS}
          value={style.fill}
          onPick={(fill) => set({ fill })}
        />
      )}
      {knobs.includes("size") && <Sizes value={style.size} onPick={(size) => set({ size })} />}
    </div>
  );
}

interface ColoursProps {
  label: string;
  colours: readonly string[];
  /** null: the selected items differ. */
  value: string | null;
  onPick(colour: string): void;
}

export function Colours({ label, colours, value, onPick }: ColoursProps) {
  const own = value !== null && value !== "" && !colours.includes(value);
  return (
    <fieldset class="knob">
      <legend>{label}</legend>
      <div class="flyout-row">
        {colours.map((colour) => {
          const name =
            colour === "" ? t("board-fill-none") : t(`board-colour-${colourName(colour)}`);
          return (
            <button
              key={colour}
              type="button"
              class={colour === "" ? "ink is-none" : "ink"}
              style={{ "--c": colour === "" ? "transparent" : colour }}
              aria-label={name}
              aria-pressed={value === colour}
              data-tip={name}
              onClick={() => onPick(colour)}
            />
          );
        })}
        <label class={own ? "ink is-own is-chosen" : "ink is-own"} data-tip={t("board-colour-own")}>
          <span class="vh">{t("board-colour-own")}</span>
          <input
            type="color"
            value={value === null || value === "" ? "#1d1c1a" : value}
            onChange={(event) => onPick(event.currentTarget.value)}
          />
          <Icon name="plus" />
        </label>
      </div>
    </fieldset>
  );
}

interface WidthsProps {
  widths: readonly number[];
  value: number | null;
  /** Shown as circles; otherwise as lines. */
  round?: boolean;
  onPick(width: number): void;
}

export function Widths({ widths, value, round, onPick }: WidthsProps) {
  const most = Math.max(...widths);
  return (
    <Choice label={t("board-width")}>
      {widths.map((width, at) => (
        <button
          key={width}
          type="button"
          class="icon-btn"
          aria-pressed={value === width}
          aria-label={t("board-width-step", { step: at + 1 })}
          data-tip={t("board-width-step", { step: at + 1 })}
          onClick={() => onPick(width)}
        >
          <span
            class={round ? "width-dot" : "width-line"}
            style={{ "--w": `${round ? 8 + (width / most) * 14 : 1.5 + (width / most) * 8}px` }}
          />
        </button>
      ))}
    </Choice>
  );
}

const DASHES: readonly Dash[] = [0, 1, 2];

interface DashesProps {
  value: Dash | null;
  onPick(dash: Dash): void;
}

export function Dashes({ value, onPick }: DashesProps) {
  return (
    <Choice label={t("board-dash")}>
      {DASHES.map((dash) => (
        <button
          key={dash}
          type="button"
          class="icon-btn"
          aria-pressed={value === dash}
          aria-label={t(`board-dash-${dash}`)}
          data-tip={t(`board-dash-${dash}`)}
          onClick={() => onPick(dash)}
        >
          <span class="dash-line" data-dash={dash} />
        </button>
      ))}
    </Choice>
  );
}

export function Sizes(props: { value: number | null; onPick(size: number): void }) {
  return (
    <Choice label={t("board-size")}>
      {LETTER_SIZES.map((size, at) => (
        <button
          key={size}
          type="button"
          class="icon-btn"
          aria-pressed={props.value === size}
          aria-label={t("board-size-step", { step: at + 1 })}
          data-tip={t("board-size-step", { step: at + 1 })}
          onClick={() => props.onPick(size)}
        >
          <span class="size-letter" style={{ "--w": `${11 + at * 4}px` }}>
            A
          </span>
        </button>
      ))}
    </Choice>
  );
}

function Choice({ label, children }: { label: string; children: JSX.Element[] }) {
  return (
    <fieldset class="knob">
      <legend>{label}</legend>
      <div class="flyout-row">{children}</div>
    </fieldset>
  );
}

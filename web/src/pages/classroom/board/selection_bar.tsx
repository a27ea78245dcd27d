/** What can be done with what is selected, and who drew it. */
import { useId } from "preact/hooks";
import { knobsOf } from "../../../board/selection";
import { FILLS } from "../../../board/styles";
import type { BoardView } from "../../../board/view_types";
import { t } from "../../../text/text";
import { IconButton } from "../../../ui/button";
import { Flyout } from "../../../ui/flyout";
import { Icon } from "../../../ui/icon";
import { Colours, coloursOf, Dashes, Sizes, Widths, widthsOf } from "./tool_settings";

export function SelectionBar({ view }: { view: BoardView }) {
  const may = view.maySelectionChange.value;
  return (
    <fieldset class="selection-bar" aria-label={t("board-selected")}>
      <Who view={view} />
      {may && <Looks view={view} />}
      {may && (
        <>
          <IconButton
            label={t("board-duplicate")}
            icon="duplicate"
            shortcut="Ctrl+D"
            onClick={() => view.duplicate()}
          />
          <IconButton
            label={t("board-to-front")}
            icon="to-front"
            shortcut="]"
            onClick={() => view.toFront()}
          />
          <IconButton
            label={t("board-to-back")}
            icon="to-back"
            shortcut="["
            onClick={() => view.toBack()}
          />
          <IconButton
            label={t("board-remove")}
            icon="trash"
            shortcut={t("board-key-name-Delete")}
            onClick={() => view.remove()}
          />
        </>
      )}
    </fieldset>
  );
}

export function PhoneSelection({ view }: { view: BoardView }) {
  return (
    <div class="phone-row">
      <SelectionBar view={view} />
    </div>
  );
}

/** "By Lin Yue", or how many by how many. */
export function Who({ view }: { view: BoardView }) {
  const chosen = new Set(view.selection.value);
  const items = view.items.value.filter((item) => chosen.has(item.id));
  const authors = new Set(items.map((item) => item.by));
  const [first] = items;
  if (!first) return null;
  const own = view.isOwn(first);
  const name = own ? t("board-by-you") : view.authorName(first.by) || t("board-by-unknown");
  const words =
    items.length === 1
      ? t("board-by", { name })
      : authors.size === 1
        ? t("board-selected-by", { count: items.length, name })
        : t("board-selected-of", { count: items.length, people: authors.size });
  return (
    <span class="who-drew ell" role="status" data-tip={words}>
      {words}
    </span>
  );
}

function Looks({ view }: { view: BoardView }) {
  const id = useId();
  const style = view.selectionStyle.value;
  const chosen = new Set(view.selection.value);
  const items = view.items.value.filter((item) => chosen.has(item.id));
  const knobs = knobsOf(items);
  if (knobs.size === 0) return null;
  const [first] = items;
  // Of one kind: as that tool offers it; of several: as the pen and lines have it.
  const kind = first && items.every((item) => item.t === first.t) ? first.t : "rect";
  return (
    <>
      <button
        type="button"
        class="icon-btn"
        aria-label={t("board-looks")}
        data-tip={t("board-looks")}
        aria-haspopup="dialog"
        popovertarget={id}
      >
        <Icon name="pen" />
        <span class="swatch" style={{ "--c": style.colour ?? "transparent" }} />
      </button>
      <Flyout id={id} label={t("board-looks")} side="above" class="tool-flyout">
        {() => (
          <div class="knobs">
            {knobs.has("colour") && (
              <Colours
                label={t(kind === "note" ? "board-note-paper" : "board-colour")}
                colours={coloursOf(kind)}
                value={style.colour}
                onPick={(colour) => view.restyle({ colour })}
              />
            )}
            {knobs.has("width") && (
              <Widths
                widths={widthsOf(kind)}
                value={style.width}
                onPick={(width) => view.restyle({ width })}
              />
            )}
            {knobs.has("dash") && (
              <Dashes value={style.dash} onPick={(dash) => view.restyle({ dash })} />
            )}
            {knobs.has("fill") && (
              <Colours
                label={t("board-fill")}
                colours={FILLS}
                value={style.fill}
                onPick={(fill) => view.restyle({ fill })}
              />
            )}
            {knobs.has("size") && (
              <Sizes value={style.size} onPick={(size) => view.restyle({ size })} />
            )}
          </div>
        )}
      </Flyout>
    </>
  );
}

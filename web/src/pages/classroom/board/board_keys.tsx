/** The board's part of the sheet of shortcuts: tools, then acts, as its table says. */
import { BOARD_KEYS, type BoardKey } from "../../../board/keys";
import { hasText, t } from "../../../text/text";

const ARROWS = /^Arrow/u;

export function BoardKeys() {
  const rows = BOARD_KEYS.filter((row) => !row.isSpare);
  return (
    <>
      <h3 class="keys-head">{t("board")}</h3>
      <p class="keys-note">{t("board-keys-note")}</p>
      <dl class="keys">
        {rows.map((row) => (
          <div key={`${row.ctrl} ${row.shift} ${row.key}`}>
            <dt>{meaning(row)}</dt>
            <dd>
              <kbd>{keysOf(row)}</kbd>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t("board-key-list-move")}</dt>
          <dd>
            <kbd>Alt + {t("board-key-name-arrows")}</kbd>
          </dd>
        </div>
      </dl>
    </>
  );
}

function meaning(row: BoardKey): string {
  if (row.tool) return t(`board-tool-${row.tool}`);
  return t(row.shift && row.act === "nudge" ? "board-key-nudge-far" : `board-key-${row.act}`);
}

function keysOf(row: BoardKey): string {
  const named = `board-key-name-${ARROWS.test(row.key) ? "arrows" : row.key === " " ? "space" : row.key}`;
  const key =
    /^[A-Za-z]+$/u.test(named.slice(15)) && hasText(named) ? t(named) : row.key.toUpperCase();
  return [row.ctrl ? "Ctrl" : "", row.shift ? "Shift" : "", key].filter(Boolean).join(" + ");
}

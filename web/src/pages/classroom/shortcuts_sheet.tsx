/** The sheet behind `?`: every key and what it does. */
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Switch } from "../../ui/field";
import { BoardKeys } from "./board/board_keys";
import type { Desk } from "./desk";
import { KEYS, setSingleKeys, singleKeys } from "./keys";
import { shownPanels } from "./panels";

export function ShortcutsSheet({ desk }: { desk: Desk }) {
  const close = () => {
    desk.overlay.value = "none";
  };
  return (
    <Dialog
      open={desk.overlay.value === "shortcuts"}
      title={t("room-shortcuts")}
      onClose={close}
      class="keys-dialog"
      actions={<Button onClick={close}>{t("close")}</Button>}
    >
      <Switch label={t("room-keys-on")} checked={singleKeys.value} onChange={setSingleKeys} />
      <dl class="keys">
        <div>
          <dt>{t("room-key-hold")}</dt>
          <dd>
            <kbd>{t("room-key-space")}</kbd>
          </dd>
        </div>
        {shownPanels(desk).map((panel) => (
          <Row key={panel.id} word={t(panel.titleKey)} letter={panel.key} />
        ))}
        {KEYS.map(({ key, act }) => (
          <Row key={act} word={t(`room-key-${act}`)} letter={key} />
        ))}
        <div>
          <dt>{t("room-key-page")}</dt>
          <dd>
            <kbd>←</kbd> <kbd>→</kbd>
          </dd>
        </div>
        <div>
          <dt>{t("room-key-escape")}</dt>
          <dd>
            <kbd>Esc</kbd>
          </dd>
        </div>
      </dl>
      <BoardKeys />
    </Dialog>
  );
}

function Row({ word, letter }: { word: string; letter: string }) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>
        <kbd>{letter.toUpperCase()}</kbd>
      </dd>
    </div>
  );
}

/** The sheet behind `?`: every key and what it does. */
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Switch } from "../../ui/field";
import { setSingleKeys, singleKeys } from "../classroom/keys";
import type { PlayerDesk } from "./desk";
import { KEYS } from "./keys";

export function KeysSheet({ desk }: { desk: PlayerDesk }) {
  const close = () => {
    desk.hasKeys.value = false;
  };
  return (
    <Dialog
      open={desk.hasKeys.value}
      title={t("player-keys")}
      onClose={close}
      class="keys-dialog"
      actions={<Button onClick={close}>{t("close")}</Button>}
    >
      <Switch label={t("player-keys-on")} checked={singleKeys.value} onChange={setSingleKeys} />
      <dl class="keys">
        {KEYS.map(({ shown, word }) => (
          <div key={word}>
            <dt>{t(word)}</dt>
            <dd>
              {shown.split(" ").map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

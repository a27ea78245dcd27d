/** Before a share: for reading or for movement, and with its sound or without. */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Switch } from "../../ui/field";
import { Icon, type IconName } from "../../ui/icon";
import type { ShareMode } from "../../wire/messages";
import { startShare } from "./actions";
import type { Desk } from "./desk";

const MODES: readonly { mode: ShareMode; icon: IconName }[] = [
  { mode: "text", icon: "text" },
  { mode: "motion", icon: "motion" },
];

export function ShareDialog({ desk }: { desk: Desk }) {
  const [mode, setMode] = useState<ShareMode>("text");
  const [sound, setSound] = useState(true);
  const close = () => {
    desk.overlay.value = "none";
  };
  return (
    <Dialog
      open={desk.overlay.value === "share"}
      title={t("room-share-title")}
      onClose={close}
      actions={
        <>
          <Button look="quiet" onClick={close}>
            {t("cancel")}
          </Button>
          <Button look="primary" icon="share" onClick={() => void startShare(desk, mode, sound)}>
            {t("room-share-choose")}
          </Button>
        </>
      }
    >
      <fieldset class="modes">
        <legend class="vh">{t("room-share-mode")}</legend>
        {MODES.map((one) => (
          <label key={one.mode} class="mode">
            <input
              type="radio"
              class="vh"
              name="share-mode"
              checked={mode === one.mode}
              onChange={() => setMode(one.mode)}
            />
            <span>
              <Icon name={one.icon} />
              <b>{t(`room-share-${one.mode}`)}</b>
              <small>{t(`room-share-${one.mode}-note`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <Switch label={t("room-share-sound")} checked={sound} onChange={setSound} />
      <p class="tiny">{t("room-share-sound-note")}</p>
      <p class="tiny">{t("ink-share-note")}</p>
    </Dialog>
  );
}

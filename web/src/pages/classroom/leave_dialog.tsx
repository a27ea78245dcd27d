/** Asked once, and only of those who may end the class: leave it, or end it for everyone. */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { endForAll, leaveNow } from "./actions";
import type { Desk } from "./desk";

export function LeaveDialog({ desk }: { desk: Desk }) {
  const [ending, setEnding] = useState(false);
  const close = () => {
    desk.overlay.value = "none";
  };
  const end = async () => {
    setEnding(true);
    await endForAll(desk);
    setEnding(false);
  };
  return (
    <Dialog
      open={desk.overlay.value === "leave"}
      title={t("room-end-title", { title: desk.room.value.title })}
      onClose={close}
      actions={
        <>
          <Button look="quiet" onClick={close}>
            {t("room-stay")}
          </Button>
          <Button look="line" onClick={() => void leaveNow(desk)}>
            {t("room-leave")}
          </Button>
          <Button look="danger" waiting={ending && t("room-ending")} onClick={() => void end()}>
            {t("room-end-all")}
          </Button>
        </>
      }
    >
      <p>{t("room-end-note")}</p>
    </Dialog>
  );
}

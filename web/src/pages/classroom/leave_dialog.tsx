/**
 * Asked once, of those who may end the class: leave it, or end it for everyone; and of whoever has
 * files on their way.
 */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { endForAll, leaveNow } from "./actions";
import type { Desk } from "./desk";
import { hasUnsent } from "./files/unsent";

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
  const { rights, title } = desk.room.value;
  return (
    <Dialog
      open={desk.overlay.value === "leave"}
      title={rights.may_end ? t("room-end-title", { title }) : t("files-leave-title")}
      onClose={close}
      actions={
        <>
          <Button look="quiet" onClick={close}>
            {t("room-stay")}
          </Button>
          <Button look="line" onClick={() => void leaveNow(desk)}>
            {t("room-leave")}
          </Button>
          {rights.may_end && (
            <Button look="danger" waiting={ending && t("room-ending")} onClick={() => void end()}>
              {t("room-end-all")}
            </Button>
          )}
        </>
      }
    >
      {rights.may_end && <p>{t("room-end-note")}</p>}
      {hasUnsent(desk) && <p>{t("files-leave-note")}</p>}
    </Dialog>
  );
}

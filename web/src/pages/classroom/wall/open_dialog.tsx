/** Who gets a board: every student, or every group. */
import { useState } from "preact/hooks";
import { areOpen } from "../../../room/groups";
import { t } from "../../../text/text";
import { Dialog } from "../../../ui/dialog";
import { DialogActs } from "../../../ui/dialog_acts";
import type { WallPer } from "../../../wire/messages";
import type { Desk } from "../desk";
import { openWall } from "./acts";
import { Ways } from "./ways";

interface OpenProps {
  desk: Desk;
  open: boolean;
  onClose(): void;
}

export function OpenWallDialog({ desk, open, onClose }: OpenProps) {
  const [picked, setPicked] = useState<WallPer>("student");
  const [busy, setBusy] = useState(false);
  const { groups } = desk.room.value;
  const hasGroups = groups.groups.length > 0;
  const per = hasGroups ? picked : "student";
  const run = async () => {
    setBusy(true);
    const opened = await openWall(desk, per);
    setBusy(false);
    if (opened) onClose();
  };
  const note = hasGroups ? (areOpen(groups) ? "open" : "planned") : "none";
  return (
    <Dialog
      open={open}
      title={t("wall-open")}
      onClose={onClose}
      actions={
        <DialogActs
          action={t("wall-open-do")}
          waiting={busy && t("wall-opening")}
          icon="wall"
          onClose={onClose}
          onAct={() => void run()}
        />
      }
    >
      <Ways<WallPer>
        legend={t("wall-open-per")}
        value={per}
        onPick={setPicked}
        ways={[
          { value: "student", label: t("wall-per-student"), note: t("wall-open-note") },
          {
            value: "group",
            label: t("wall-per-group"),
            note: t(`wall-per-group-${note}`),
            disabled: !hasGroups,
          },
        ]}
      />
    </Dialog>
  );
}

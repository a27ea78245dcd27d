/** What a student gets who is brought on stage; remembered on this computer. */
import { t } from "../../../text/text";
import { Menu } from "../../../ui/menu";
import type { Grant } from "../../../wire/messages";
import { setStageGrant, stageGrant } from "./acts";

const GIVEN: readonly (keyof Grant)[] = ["microphone", "camera", "share", "pen"];

export function StageMenu() {
  const grant = stageGrant.value;
  return (
    <Menu
      label={t("floor-stage-with")}
      icon="settings"
      items={[
        { heading: t("floor-stage-with") },
        ...GIVEN.map((what) => ({
          label: t(`floor-stage-${what}`),
          checked: grant[what],
          toggles: true,
          run: () => setStageGrant({ ...grant, [what]: !grant[what] }),
        })),
      ]}
    />
  );
}

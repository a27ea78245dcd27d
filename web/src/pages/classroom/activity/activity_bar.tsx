/** Under an activity: use it or draw over it, begin it anew, and what it can and cannot see. */
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import type { LayerProps } from "../board/layer_props";
import { beginnings, isUsed } from "./activity_frame";

export function ActivityBar({ view }: LayerProps) {
  const draws = view.pen.value !== "none";
  const used = isUsed.value || !draws;
  return (
    <fieldset class="activity-bar" aria-label={t("activity-controls")}>
      {draws && (
        <Button
          look="line"
          size="small"
          icon={used ? "pen" : "select"}
          onClick={() => {
            isUsed.value = !used;
          }}
        >
          {t(used ? "activity-draw" : "activity-use")}
        </Button>
      )}
      <span class="activity-note" data-tip={t("activity-note-long")}>
        <Icon name="shield" />
        <span class="ell">{t("activity-note")}</span>
      </span>
      <IconButton
        label={t("activity-again")}
        icon="again"
        onClick={() => {
          beginnings.value += 1;
        }}
      />
    </fieldset>
  );
}

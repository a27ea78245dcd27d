/** Under an activity: use it or draw over it, begin it anew, and what it can and cannot see. */
import { useState } from "preact/hooks";
import { selfOf } from "../../../room/state";
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Sure } from "../../sure";
import type { LayerProps } from "../board/layer_props";
import { leads } from "../chat/recipients";
import { beginnings, isUsed } from "./activity_frame";

export function ActivityBar({ desk, view, page }: LayerProps) {
  const [emptied, setEmptied] = useState<string | null>(null);
  const self = selfOf(desk.room.value);
  const mayEmpty = self !== null && leads(self.role) && desk.room.value.board.page_id === page.id;
  const draws = view.pen.value !== "none";
  const used = isUsed.value || !draws;
  return (
    <fieldset class="page-bar" aria-label={t("activity-controls")}>
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
      {mayEmpty && (
        <IconButton label={t("activity-empty")} icon="eraser" onClick={() => setEmptied(page.id)} />
      )}
      <Sure
        thing={emptied}
        onClose={() => setEmptied(null)}
        title={() => t("activity-empty-title")}
        note={t("activity-empty-note")}
        action={t("activity-empty")}
        waiting={t("activity-emptying")}
        done={() => t("activity-emptied")}
        send={(page_id) => desk.session.wire.request("activity.reset", { page_id })}
      />
    </fieldset>
  );
}

/** Who watched a recording, and who took it away. */
import { useEffect, useState } from "preact/hooks";
import { dayOf, timeOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { FormFault } from "../../ui/field";
import { listViews, type RecordingView } from "../../wire/recordings";
import { lengthText } from "../lessons/figures";
import type { QuestionProps } from "./question";

export function ViewsDialog({ one, onClose }: QuestionProps) {
  return (
    <Dialog
      open={one !== null}
      title={t("library-views-title", { title: one?.title ?? "" })}
      onClose={onClose}
      class="decks-dialog"
      actions={<Button onClick={onClose}>{t("close")}</Button>}
    >
      {one && <Views id={one.id} />}
    </Dialog>
  );
}

function Views({ id }: { id: string }) {
  const [views, setViews] = useState<readonly RecordingView[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    const load = async () => {
      const answer = await listViews(id);
      if (answer.ok) setViews(answer.value.views);
      else setFault(refusalText(answer.error.code, answer.error.params));
    };
    void load();
  }, [id]);
  if (!views) {
    return fault ? <FormFault>{fault}</FormFault> : <p class="small quiet">{t("loading")}</p>;
  }
  if (views.length === 0) return <p class="quiet">{t("library-views-none")}</p>;
  return (
    <ul class="rows answers-rows">
      {views.map((view) => (
        <li key={`${view.at} ${view.name} ${view.kind}`}>
          <div class="grow">
            <b class="ell">{view.name || t("library-views-nameless")}</b>
            <span class="small quiet num">
              {[
                `${dayOf(view.at)}, ${timeOf(view.at)}`,
                t(`library-views-${view.kind}`, { time: lengthText(view.seconds * 1000) }),
                ...(view.share ? [t("library-views-link")] : []),
              ].join(" · ")}
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}

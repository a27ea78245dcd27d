/** The way from a class to its report, for whoever may read it: the teacher whose room it is. */
import { t } from "../../text/text";
import { Icon } from "../../ui/icon";
import type { Desk } from "./desk";

/** The lesson whose report this person may read; empty when they may not. */
export function reportOf(desk: Desk): string {
  const { participants, selfId, lessonId } = desk.room.value;
  const own = participants.find((one) => one.id === selfId);
  return own?.role === "host" ? lessonId : "";
}

/** Opens beside the class, which goes on. */
export function ReportLink({ desk }: { desk: Desk }) {
  const lesson = reportOf(desk);
  if (lesson === "") return null;
  return (
    <a
      class="btn btn-line btn-sm report-link"
      href={`/lessons/${lesson}`}
      target="_blank"
      rel="noopener"
    >
      <Icon name="chart" />
      <span>{t("report-attendance")}</span>
    </a>
  );
}

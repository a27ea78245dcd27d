/** The way from a class to its report, for whoever may read it: its teacher and the assistants. */
import { useEffect } from "preact/hooks";
import { t } from "../../text/text";
import { Icon } from "../../ui/icon";
import { saveReportSeat, tabSeat } from "../../wire/seats";
import type { Desk } from "./desk";

/** The lesson whose report this person may read; empty when they may not. */
export function reportOf(desk: Desk): string {
  const { participants, selfId, lessonId } = desk.room.value;
  const own = participants.find((one) => one.id === selfId);
  return own?.role === "host" || own?.role === "assistant" ? lessonId : "";
}

/** What was recorded last of this lesson, for staff; empty when nothing was. */
export function recordedOf(desk: Desk): string {
  const { facts } = desk.room.value.recording;
  const was = facts.phase !== "asking" && facts.began_ms > 0;
  return was && reportOf(desk) !== "" ? facts.recording_id : "";
}

/** An assistant reads the report with their seat: kept for the page that opens beside the class, or
 * after it. */
export function useReportSeat(desk: Desk, code: string): void {
  const { participants, selfId, lessonId } = desk.room.value;
  const own = participants.find((one) => one.id === selfId);
  const helps = own?.role === "assistant";
  useEffect(() => {
    const token = tabSeat(code)?.token;
    if (helps && lessonId !== "" && token) saveReportSeat(lessonId, token);
  }, [code, helps, lessonId]);
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

/** Every number of a report in one table; on a narrow window it scrolls inside its own frame. */
import { timeOf } from "../../text/dates";
import { t } from "../../text/text";
import type { PersonReport, Report } from "../../wire/lessons";
import { lengthText, momentOf } from "./figures";

interface Column {
  head: string;
  cell(one: PersonReport, report: Report): string | number;
}

const COLUMNS: readonly Column[] = [
  { head: "report-role", cell: (one) => t(`report-role-${one.role}`) },
  { head: "report-came", cell: (one, report) => moment(report, one.stays[0]?.from_ms) },
  {
    head: "report-left",
    cell: (one, report) =>
      one.is_inside ? t("report-inside") : moment(report, one.stays.at(-1)?.to_ms),
  },
  { head: "report-present", cell: (one) => lengthText(one.present_ms) },
  { head: "report-late", cell: (one) => (one.late_ms ? lengthText(one.late_ms) : "–") },
  { head: "report-spoke", cell: (one) => lengthText(one.spoke_ms) },
  { head: "report-hands", cell: (one) => one.hands },
  { head: "report-on-stage", cell: (one) => one.on_stage },
  { head: "report-messages", cell: (one) => one.messages },
  { head: "report-files", cell: (one) => one.files },
  { head: "report-answers", cell: (one) => one.answers },
  { head: "report-right", cell: (one) => one.right },
  { head: "report-points", cell: (one) => one.points },
  { head: "report-stars", cell: (one) => one.stars },
  {
    head: "report-trouble",
    cell: (one) => (one.trouble_ms ? lengthText(one.trouble_ms) : "–"),
  },
];

export function PeopleTable({ report }: { report: Report }) {
  return (
    <section
      class="people-table-frame"
      aria-label={t("report-table")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
    >
      <table class="people-table">
        <thead>
          <tr>
            <th scope="col">{t("report-name")}</th>
            {COLUMNS.map((column) => (
              <th key={column.head} scope="col">
                {t(column.head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.people.map((one) => (
            <tr key={one.participant_id}>
              <th scope="row">{one.name}</th>
              {COLUMNS.map((column) => (
                <td key={column.head} class="num">
                  {column.cell(one, report)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function moment(report: Report, ms: number | undefined): string {
  return ms === undefined ? "–" : timeOf(momentOf(report.lesson.started_at, ms));
}

/** What appointments came to: by person, offer or month; the same as a table for spreadsheets. */
import { useEffect, useState } from "preact/hooks";
import { language, t } from "../../text/text";
import { ButtonLink } from "../../ui/button";
import { Segmented, Select } from "../../ui/field";
import { Empty } from "../../ui/mark";
import type { Problem } from "../../wire/http";
import {
  type FiguresBy,
  type FiguresReport,
  type FiguresSpan,
  figuresTable,
  readFigures,
} from "../../wire/money";
import type { Organisation } from "../../wire/organisations";
import { DeskFrame } from "../desk/frame";
import { loadOrganisations, organisationFault, useOrganisation } from "../desk/organisation";
import type { PlaceProps } from "../desk/props";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { Bars, Days } from "./charts";
import { Facts, Table } from "./figures";

const SPANS: readonly FiguresSpan[] = ["week", "month", "last_month", "quarter", "year"];
const BYS: readonly FiguresBy[] = ["host", "offer", "month"];

export function Page(_: PlaceProps) {
  const org = useOrganisation();
  const fault = organisationFault.value;
  return (
    <DeskFrame at="talks" title={t("desk-talks")}>
      {fault && <LoadFault problem={fault} onAgain={() => void loadOrganisations()} />}
      {org === undefined && !fault && <Loading />}
      {org === null && (
        <div class="card">
          <Empty title={t("talks-empty")} text={t("talks-empty-note")} />
        </div>
      )}
      {org && org.role === "reception" && (
        <div class="card">
          <Empty title={t("talks-not-yours")} text={t("talks-not-yours-note")} />
        </div>
      )}
      {org && org.role !== "reception" && <Report key={org.id} org={org} />}
    </DeskFrame>
  );
}

function Report({ org }: { org: Organisation }) {
  const [span, setSpan] = useState<FiguresSpan>("month");
  const [by, setBy] = useState<FiguresBy>("host");
  const [report, setReport] = useState<FiguresReport | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const load = async () => {
    const result = await readFigures(org.id, span, by);
    setFault(result.ok ? null : result.error);
    if (result.ok) setReport(result.value);
  };
  useEffect(() => void load(), [span, by]);
  const isEmpty = report !== null && report.rows.length === 0;
  return (
    <div class="stack">
      <div class="row row-wrap">
        <Select
          label={t("talks-span")}
          options={SPANS.map((value) => ({ value, label: t(`talks-span-${value}`) }))}
          value={span}
          onPick={(picked) => setSpan(SPANS.find((one) => one === picked) ?? "month")}
          bare
        />
        <Segmented
          label={t("talks-by")}
          options={BYS.map((value) => ({ value, label: t(`talks-by-${value}`) }))}
          value={by}
          onPick={(value) => setBy(value)}
        />
        <span class="grow" />
        <ButtonLink
          look="line"
          icon="download"
          href={figuresTable(org.id, span, by, language.value)}
        >
          {t("talks-csv")}
        </ButtonLink>
      </div>
      {fault && <LoadFault problem={fault} onAgain={() => void load()} />}
      {report === null && !fault && <Loading />}
      {isEmpty && (
        <div class="card">
          <Empty title={t("talks-none")} text={t("talks-none-note")} />
        </div>
      )}
      {report !== null && !isEmpty && (
        <>
          <Facts total={report.total} />
          <section class="card card-pad stack" aria-label={t(`talks-by-${by}`)}>
            <Bars rows={report.rows} />
          </section>
          {report.days.length > 0 && <Days report={report} />}
          <section class="card card-pad stack" aria-label={t("talks-table")}>
            <Table report={report} />
          </section>
        </>
      )}
    </div>
  );
}

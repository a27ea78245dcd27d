/** One lesson's report: who was there, who spoke, what was answered; also while it goes on. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { dayOf, listOf, timeOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { toast } from "../../ui/live";
import { Empty } from "../../ui/mark";
import type { Problem } from "../../wire/http";
import {
  downloadTable,
  type Lesson,
  type Report,
  readReport,
  tableAddress,
} from "../../wire/lessons";
import { forgetReportSeat, reportSeat } from "../../wire/seats";
import { session } from "../account";
import { saveFile } from "../classroom/board/save_file";
import { AppFrame, DoorFrame, Loading, useTitle } from "../frame";
import { LoadFault } from "../load_fault";
import { PresenceChart, QuestionBars } from "./charts";
import { percentOf, rightOf, studentsOf, sumOf } from "./figures";
import { PeopleTable } from "./people_table";
import { LessonRecordings } from "./recordings";

const PERIOD_MS = 10_000;

export function LessonReport({ id }: { id: string }) {
  const { report, fault, refresh } = useReport(id);
  useTitle(report?.lesson.title ?? t("report-title"));
  if (fault?.code === "lesson.unknown") return <Unknown />;
  return (
    <Frame>
      {fault && <LoadFault problem={fault} onAgain={() => void refresh()} />}
      {report ? <Sheet report={report} /> : !fault && <Loading />}
    </Frame>
  );
}

/** The newest report; asked for again while the lesson goes on and somebody looks. */
function useReport(id: string) {
  const [report, setReport] = useState<Report | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const refresh = async () => {
    const result = await readReport(id, reportSeat(id));
    if (result.ok) setReport(result.value);
    else if (result.error.code === "lesson.unknown") forgetReportSeat(id);
    setFault(result.ok ? null : result.error);
  };
  useEffect(() => void refresh(), [id]);
  const isLive = report?.lesson.is_live === true;
  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void refresh();
    }, PERIOD_MS);
    return () => clearInterval(timer);
  }, [id, isLive]);
  return { report, fault, refresh };
}

/** Whoever came by a host link has no account and no navigation. */
function Frame({ children }: { children: ComponentChildren }) {
  if (session.value?.account) return <AppFrame at="/lessons">{children}</AppFrame>;
  return (
    <DoorFrame>
      <div class="page report-guest">{children}</div>
    </DoorFrame>
  );
}

function Unknown() {
  return (
    <Frame>
      <div class="card">
        <Empty title={t("report-unknown")} text={t("error-lesson-unknown")}>
          <ButtonLink look="line" href="/">
            {t("room-home")}
          </ButtonLink>
        </Empty>
      </div>
    </Frame>
  );
}

function Sheet({ report }: { report: Report }) {
  return (
    <div class="report">
      <Head lesson={report.lesson} />
      <Facts report={report} />
      <section class="card card-pad" aria-labelledby="report-who">
        <h2 id="report-who">{t("report-who")}</h2>
        <PresenceChart report={report} />
        {report.expected > 0 && <OnTheList report={report} />}
        <PeopleTable report={report} />
      </section>
      <section class="card card-pad" aria-labelledby="report-questions">
        <h2 id="report-questions">{t("report-questions")}</h2>
        {report.questions.length === 0 ? (
          <p class="small quiet">{t("report-no-questions")}</p>
        ) : (
          <QuestionBars questions={report.questions} />
        )}
      </section>
    </div>
  );
}

/** How many of the room's list came, and who did not. */
function OnTheList({ report }: { report: Report }) {
  const { expected, absent, lesson } = report;
  const came = expected - absent.length;
  const share = percentOf(came, expected) ?? 0;
  return (
    <div class="report-list">
      <p class="num">{t("report-list-came", { came, expected, share })}</p>
      {absent.length > 0 && (
        <p>
          <b>{t(lesson.is_live ? "report-not-yet" : "report-absent")}</b>{" "}
          {listOf(absent.map((one) => one.name))}
        </p>
      )}
    </div>
  );
}

function Head({ lesson }: { lesson: Lesson }) {
  const date = dayOf(lesson.started_at);
  const from = timeOf(lesson.started_at);
  return (
    <div class="page-head">
      <div class="grow">
        <h1>{lesson.title}</h1>
        <p class="num">
          {lesson.ended_at === null
            ? t("report-since", { date, from })
            : t("report-when", { date, from, to: timeOf(lesson.ended_at) })}{" "}
          {lesson.ended_at === null && (
            <span class="pill pill-ok">
              <span class="dot" />
              {t("home-live-now")}
            </span>
          )}
        </p>
      </div>
      <LessonRecordings lesson={lesson} />
      <Table lesson={lesson} />
    </div>
  );
}

/** A plain link for the teacher; who has only a seat shows it, and saves what comes. */
function Table({ lesson }: { lesson: Lesson }) {
  const [busy, setBusy] = useState(false);
  const seat = reportSeat(lesson.id);
  if (seat === null)
    return (
      <a class="btn btn-line" href={tableAddress(lesson.id, language.value)} download>
        <Icon name="download" />
        <span>{t("report-csv")}</span>
      </a>
    );
  const save = async () => {
    setBusy(true);
    const made = await downloadTable(lesson.id, language.value, seat);
    setBusy(false);
    if (made.ok) saveFile(made.value, `report-${lesson.room_code}.csv`);
    else toast(refusalText(made.error.code, made.error.params));
  };
  return (
    <Button
      look="line"
      icon="download"
      waiting={busy && t("report-csv")}
      onClick={() => void save()}
    >
      {t("report-csv")}
    </Button>
  );
}

function Facts({ report }: { report: Report }) {
  const students = studentsOf(report);
  const late = students.filter((one) => one.late_ms > 0);
  const { right, answers } = rightOf(report.questions);
  const hands = sumOf(students, (one) => one.hands);
  const share = report.teacher_share === null ? null : Math.round(100 * report.teacher_share);
  const rightShare = percentOf(right, answers);
  return (
    <dl class="card facts">
      <Fact
        name={t("report-fact-there", { count: students.length })}
        value={String(students.length)}
        note={t("report-fact-late", { count: late.length, name: late[0]?.name ?? "" })}
      />
      <Fact
        name={t("report-fact-teacher")}
        value={share === null ? "–" : t("report-percent", { share })}
        note={share === null ? t("report-fact-silent") : t("report-fact-of-speech")}
      />
      <Fact
        name={t("report-fact-right")}
        value={rightShare === null ? "–" : t("report-percent", { share: rightShare })}
        note={t("report-fact-questions", { count: report.questions.length })}
      />
      <Fact
        name={t("report-fact-hands")}
        value={String(hands)}
        note={t("report-fact-students", { count: students.filter((one) => one.hands).length })}
      />
    </dl>
  );
}

function Fact({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>
        <b class="num">{value}</b>
        <small>{note}</small>
      </dd>
    </div>
  );
}

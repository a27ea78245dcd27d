/** One enrolled person over the lessons of the room: how often they came, and what they did. */
import { useEffect, useState } from "preact/hooks";
import { dayOf, timeOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Empty } from "../../ui/mark";
import { type Attended, type PersonLessons, readPersonLessons } from "../../wire/enrolments";
import type { Problem } from "../../wire/http";
import { loadSession } from "../account";
import { AppFrame, Loading, useTitle } from "../frame";
import { lengthText, percentOf } from "../lessons/figures";
import { LoadFault } from "../load_fault";

const NUMBERS = ["hands", "messages", "answers", "right", "points", "stars"] as const;

export function Student({ room, id }: { room: string; id: string }) {
  const [told, setTold] = useState<PersonLessons | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  useTitle(told?.enrolment.name ?? t("enrol-title"));
  const load = async (before?: PersonLessons) => {
    setBusy(true);
    const result = await readPersonLessons(room, id, before?.lessons.at(-1)?.lesson.started_at);
    setBusy(false);
    setFault(result.ok ? null : result.error);
    if (result.ok) {
      const lessons = [...(before?.lessons ?? []), ...result.value.lessons];
      setTold({ ...result.value, lessons });
    } else if (result.error.code === "session.required") await loadSession();
  };
  useEffect(() => void load(), [room, id]);
  const back = `/rooms/${encodeURIComponent(room)}/students`;
  if (fault?.code === "enrolment.unknown" || fault?.code === "room.unknown") {
    return (
      <AppFrame at="/rooms">
        <div class="card">
          <Empty title={t("enrol-title")} text={refusalText(fault.code)}>
            <ButtonLink look="line" href={back}>
              {t("enrol-to-list")}
            </ButtonLink>
          </Empty>
        </div>
      </AppFrame>
    );
  }
  return (
    <AppFrame at="/rooms">
      {fault && <LoadFault problem={fault} onAgain={() => void load(told ?? undefined)} />}
      {told === null && !fault && <Loading />}
      {told && (
        <>
          <Head told={told} back={back} />
          {told.lessons.length === 0 ? (
            <div class="card">
              <Empty title={t("enrol-no-lessons")} text={t("enrol-no-lessons-note")} />
            </div>
          ) : (
            <section class="card card-pad" aria-label={t("enrol-lessons")}>
              <p class="small quiet">{t("enrol-bars")}</p>
              <Bars lessons={told.lessons} />
              <LessonTable lessons={told.lessons} />
            </section>
          )}
          {told.has_more && (
            <div class="lesson-more">
              <Button look="line" waiting={busy && t("loading")} onClick={() => void load(told)}>
                {t("report-list-more")}
              </Button>
            </div>
          )}
        </>
      )}
    </AppFrame>
  );
}

function Head({ told, back }: { told: PersonLessons; back: string }) {
  const over = told.lessons.filter((one) => !one.lesson.is_live || one.has_come);
  const came = over.filter((one) => one.has_come).length;
  const share = percentOf(came, over.length);
  return (
    <div class="page-head">
      <div class="grow">
        <h1>{t("enrol-came-of", { name: told.enrolment.name, count: came })}</h1>
        {share !== null && (
          <p class="num">{t("enrol-came-share", { came, lessons: over.length, share })}</p>
        )}
      </div>
      <ButtonLink look="line" href={back}>
        {t("enrol-to-list")}
      </ButtonLink>
    </div>
  );
}

const WIDTH = 36;
const HEIGHT = 100;

/** How long they were there in each lesson, the oldest first; each number stands in the table. */
function Bars({ lessons }: { lessons: readonly Attended[] }) {
  const inOrder = [...lessons].reverse();
  return (
    <svg
      class="student-bars"
      viewBox={`0 0 ${Math.max(12, inOrder.length) * WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {inOrder.map((one, at) => {
        const part = one.length_ms > 0 ? Math.min(1, one.present_ms / one.length_ms) : 0;
        const high = Math.round(HEIGHT * part);
        return (
          <g key={one.lesson.id}>
            <rect class="bar-ground" x={at * WIDTH + 6} width={WIDTH - 12} height={HEIGHT} />
            <rect
              class="bar-present"
              x={at * WIDTH + 6}
              y={HEIGHT - high}
              width={WIDTH - 12}
              height={high}
            />
          </g>
        );
      })}
    </svg>
  );
}

function LessonTable({ lessons }: { lessons: readonly Attended[] }) {
  return (
    <section
      class="people-table-frame student-table"
      aria-label={t("enrol-table")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
    >
      <table class="people-table">
        <thead>
          <tr>
            <th scope="col">{t("enrol-lesson")}</th>
            <th scope="col">{t("report-present")}</th>
            <th scope="col">{t("report-late")}</th>
            <th scope="col">{t("report-spoke")}</th>
            {NUMBERS.map((name) => (
              <th key={name} scope="col">
                {t(`report-${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lessons.map((one) => (
            <LessonLine key={one.lesson.id} one={one} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function LessonLine({ one }: { one: Attended }) {
  const when = `${dayOf(one.lesson.started_at)}, ${timeOf(one.lesson.started_at)}`;
  const missing = t(one.lesson.is_live ? "report-not-yet" : "report-absent");
  return (
    <tr>
      <th scope="row">
        <a href={`/lessons/${one.lesson.id}`}>{when}</a>
      </th>
      <td class="num">{one.has_come ? lengthText(one.present_ms) : missing}</td>
      <td class="num">{one.late_ms ? lengthText(one.late_ms) : "–"}</td>
      <td class="num">{one.has_come ? lengthText(one.spoke_ms) : "–"}</td>
      {NUMBERS.map((name) => (
        <td key={name} class="num">
          {one.has_come ? one[name] : "–"}
        </td>
      ))}
    </tr>
  );
}

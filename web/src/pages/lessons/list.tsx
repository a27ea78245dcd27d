/** The lessons that were held in one's own rooms, newest first. */
import { useEffect, useState } from "preact/hooks";
import { dayOf, timeOf } from "../../text/dates";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Empty } from "../../ui/mark";
import type { Problem } from "../../wire/http";
import { type Lesson, listLessons } from "../../wire/lessons";
import { loadSession } from "../account";
import { AppFrame, Loading, useTitle } from "../frame";
import { LoadFault } from "../load_fault";
import { lengthText } from "./figures";

/** Of one room, or of all of them. */
export function Lessons({ room = null }: { room?: string | null | undefined }) {
  useTitle(t("report-list-title"));
  const [list, setList] = useState<readonly Lesson[] | null>(null);
  const [hasMore, setHasMore] = useState(false);
  const [fault, setFault] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const load = async (known: readonly Lesson[]) => {
    setBusy(true);
    const result = await listLessons(room, known.at(-1)?.started_at);
    setBusy(false);
    setFault(result.ok ? null : result.error);
    if (result.ok) {
      setList([...known, ...result.value.lessons]);
      setHasMore(result.value.has_more);
    } else if (result.error.code === "session.required") await loadSession();
  };
  useEffect(() => void load([]), [room]);
  return (
    <AppFrame at="/lessons">
      <div class="page-head">
        <div class="grow">
          <h1>{t("report-list-title")}</h1>
          <p>{t("report-list-lead")}</p>
        </div>
        {room && (
          <ButtonLink look="line" href="/lessons">
            {t("report-list-all")}
          </ButtonLink>
        )}
      </div>
      {fault && <LoadFault problem={fault} onAgain={() => void load(list ?? [])} />}
      {list === null && !fault && <Loading />}
      {list?.length === 0 && (
        <div class="card">
          <Empty title={t("report-list-empty")} text={t("report-list-empty-note")} />
        </div>
      )}
      {list !== null && list.length > 0 && (
        <ul class="card lesson-list">
          {list.map((lesson) => (
            <LessonRow key={lesson.id} lesson={lesson} />
          ))}
        </ul>
      )}
      {hasMore && (
        <div class="lesson-more">
          <Button look="line" waiting={busy && t("loading")} onClick={() => void load(list ?? [])}>
            {t("report-list-more")}
          </Button>
        </div>
      )}
    </AppFrame>
  );
}

function LessonRow({ lesson }: { lesson: Lesson }) {
  const from = timeOf(lesson.started_at);
  const when =
    lesson.ended_at === null
      ? t("report-since", { date: dayOf(lesson.started_at), from })
      : t("report-when", { date: dayOf(lesson.started_at), from, to: timeOf(lesson.ended_at) });
  return (
    <li>
      <a href={`/lessons/${lesson.id}`}>
        <span class="grow">
          <b>{lesson.title}</b>
          <span class="small quiet num">{when}</span>
        </span>
        {lesson.ended_at === null ? (
          <span class="pill pill-ok">
            <span class="dot" />
            {t("home-live-now")}
          </span>
        ) : (
          <span class="small quiet num">
            {lengthText(Date.parse(lesson.ended_at) - Date.parse(lesson.started_at))}
          </span>
        )}
        <Icon name="right" />
      </a>
    </li>
  );
}

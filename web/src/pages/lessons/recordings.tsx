/** From a lesson's report to what was recorded of it, for who may watch that. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../text/text";
import { ButtonLink } from "../../ui/button";
import type { Lesson } from "../../wire/lessons";
import { listRecordings, type Recording } from "../../wire/recordings";
import { addressOf } from "../recordings/card";
import { isPlayable } from "../recordings/words";

/** Nothing where nothing of it can be watched. */
export function LessonRecordings({ lesson }: { lesson: Lesson }) {
  const [list, setList] = useState<readonly Recording[]>([]);
  useEffect(() => {
    const load = async () => {
      const answer = await listRecordings({ room_id: lesson.room_id });
      if (!answer.ok) return;
      const own = answer.value.recordings.filter((one) => one.lesson_id === lesson.id);
      setList(own.filter(isPlayable));
    };
    void load();
  }, [lesson.id, lesson.is_live]);
  return (
    <>
      {list.map((one) => (
        <ButtonLink key={one.id} look="line" icon="play" href={addressOf(one)}>
          {t("library-report")}
        </ButtonLink>
      ))}
    </>
  );
}

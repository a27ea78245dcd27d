/** Who is enrolled in a room: the list with everybody's own link, and how they come in. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/mark";
import { type Enrolment, type EnrolmentList, listEnrolments } from "../../wire/enrolments";
import type { Problem } from "../../wire/http";
import { loadSession } from "../account";
import { AppFrame, Loading, useTitle } from "../frame";
import { LoadFault } from "../load_fault";
import { rooms, useRooms } from "./store";
import { AddStudents } from "./student_adding";
import { ChangeStudent, NewLink } from "./student_dialogs";
import { copyTable, removeStudent, restoreStudent } from "./student_doings";
import { HowTheyComeIn, Removed, type StudentAct, StudentRow } from "./student_rows";
import { Timetable } from "./timetable";

type Asking = { what: "add" } | { what: "change" | "link"; one: Enrolment } | null;

export function Students({ room: id }: { room: string }) {
  useTitle(t("enrol-title"));
  useRooms();
  const [list, setList] = useState<EnrolmentList | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const [asking, setAsking] = useState<Asking>(null);
  const load = async () => {
    const result = await listEnrolments(id);
    setFault(result.ok ? null : result.error);
    if (result.ok) setList(result.value);
    else if (result.error.code === "session.required") await loadSession();
  };
  useEffect(() => void load(), [id]);
  const room = rooms.value?.find((one) => one.id === id) ?? null;
  const people = list?.enrolments.filter((one) => one.removed_at === null) ?? [];
  const removed = list?.enrolments.filter((one) => one.removed_at !== null) ?? [];
  const add = () => setAsking({ what: "add" });
  const close = () => setAsking(null);
  const act = (what: StudentAct, one: Enrolment) => {
    if (what === "remove") void removeStudent(id, one, load);
    else setAsking({ what, one });
  };
  return (
    <AppFrame at="/rooms">
      <div class="page-head">
        <div class="grow">
          <h1>{room ? t("enrol-title-of", { title: room.title }) : t("enrol-title")}</h1>
          <p>{t("enrol-lead")}</p>
        </div>
        {people.length > 0 && (
          <>
            <Button look="line" icon="copy" onClick={() => void copyTable(people)}>
              {t("enrol-copy-all")}
            </Button>
            <Button look="primary" icon="plus" onClick={add}>
              {t("enrol-add")}
            </Button>
          </>
        )}
      </div>
      {fault && <LoadFault problem={fault} onAgain={() => void load()} />}
      {list === null && !fault && <Loading />}
      {list !== null && people.length === 0 && (
        <div class="card">
          <Empty title={t("enrol-empty")} text={t("enrol-empty-note")}>
            <Button look="primary" icon="plus" onClick={add}>
              {t("enrol-add")}
            </Button>
          </Empty>
        </div>
      )}
      {people.length > 0 && (
        <>
          <p class="small quiet student-note">{t("enrol-count", { count: people.length })}</p>
          <ul class="card rows student-list">
            {people.map((one) => (
              <StudentRow key={one.id} room={id} one={one} onAct={act} />
            ))}
          </ul>
        </>
      )}
      <Timetable room={id} />
      {room && <HowTheyComeIn key={room.id} room={room} />}
      {removed.length > 0 && (
        <Removed people={removed} onBack={(one) => void restoreStudent(id, one, load)} />
      )}
      {asking?.what === "add" && (
        <AddStudents room={id} known={people} onClose={close} onDone={() => void load()} />
      )}
      {asking?.what === "change" && (
        <ChangeStudent room={id} one={asking.one} onClose={close} onDone={() => void load()} />
      )}
      {asking?.what === "link" && (
        <NewLink room={id} one={asking.one} onClose={close} onDone={() => void load()} />
      )}
    </AppFrame>
  );
}

/** Questions to the class: the teacher asks and sees who said what, a student answers. */
import type { Desk } from "../desk";
import { StudentQuestions } from "./student";
import { TeacherQuestions } from "./teacher";

export function AskPanel({ desk }: { desk: Desk }) {
  if (desk.room.value.rights.may_ask) return <TeacherQuestions desk={desk} />;
  return <StudentQuestions desk={desk} />;
}

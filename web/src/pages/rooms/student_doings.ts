/** What is done with enrolled people without a question, each with a word about the outcome. */
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { toast } from "../../ui/live";
import { type Enrolment, removeEnrolment, restoreEnrolment } from "../../wire/enrolments";
import { tableOf } from "./people_list";

const addressOf = (one: Enrolment) => `${location.origin}${one.link}`;

export async function copyOwnLink(one: Enrolment): Promise<void> {
  const link = addressOf(one);
  try {
    await navigator.clipboard.writeText(link);
    toast(t("enrol-link-copied", { name: one.name }));
  } catch {
    // On a page without https the browser has no clipboard for us: show the link instead.
    toast(t("link-copy-failed", { link }));
  }
}

/** Names, addresses and links for a mail merge; a file where there is no clipboard. */
export async function copyTable(people: readonly Enrolment[]): Promise<void> {
  const heads = [t("enrol-name"), t("enrol-email"), t("enrol-link")];
  const table = tableOf(
    heads,
    people.map((one) => [one.name, one.email, addressOf(one)]),
  );
  try {
    await navigator.clipboard.writeText(table);
    toast(t("enrol-all-copied", { count: people.length }));
  } catch {
    saveTable(table);
  }
}

function saveTable(table: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", table], { type: "text/csv" }));
  link.download = "links.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

export async function removeStudent(
  room: string,
  one: Enrolment,
  refresh: () => Promise<void>,
): Promise<void> {
  const result = await removeEnrolment(room, one.id);
  if (result.ok) {
    const undo = { label: t("enrol-undo"), run: () => void restoreStudent(room, one, refresh) };
    toast(t("enrol-removed", { name: one.name }), undo);
  } else toast(refusalText(result.error.code, result.error.params));
  await refresh();
}

export async function restoreStudent(
  room: string,
  one: Enrolment,
  refresh: () => Promise<void>,
): Promise<void> {
  const result = await restoreEnrolment(room, one.id);
  toast(
    result.ok
      ? t("enrol-restored", { name: one.name })
      : refusalText(result.error.code, result.error.params),
  );
  await refresh();
}

/** What the panel and the banners ask about groups, with a word about it when it was refused. */
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { GroupHow } from "../../../wire/messages";
import type { Desk } from "../desk";
import { ask } from "../explain";

/** Seconds in which everybody can finish a sentence. */
export const COUNTDOWN_S = 60;

export function mayGroup(desk: Desk): boolean {
  return desk.room.value.rights.may_group;
}

export function planGroups(desk: Desk, count: number, how: GroupHow): Promise<boolean> {
  const names = Array.from({ length: count }, (_, at) => t("groups-name", { number: at + 1 }));
  return ask(desk, "group.plan", { names, how, members: [] });
}

export function shuffle(desk: Desk): void {
  const { groups } = desk.room.value.groups;
  const names = groups.map((group) => group.name);
  void ask(desk, "group.plan", { names, how: "random", members: [] });
}

export function moveTo(desk: Desk, participant_id: string, group_id: string | null): void {
  void ask(desk, "group.move", { participant_id, group_id });
}

export function choose(desk: Desk, group_id: string): void {
  void ask(desk, "group.choose", { group_id });
}

/** With a task everybody begins with a copy of the page the class looks at. */
export function openGroups(desk: Desk, minutes: number | null, task: boolean): Promise<boolean> {
  const page = task ? { task_page_id: desk.room.value.board.page_id } : {};
  return ask(desk, "group.open", { minutes, ...page });
}

export function closeGroups(desk: Desk, in_s: number): void {
  void ask(desk, "group.close", { in_s });
}

export function extendGroups(desk: Desk, minutes: number): void {
  void ask(desk, "group.extend", { minutes });
}

export function renameGroup(desk: Desk, group_id: string, name: string): Promise<boolean> {
  return ask(desk, "group.rename", { group_id, name });
}

export function discardGroups(desk: Desk): void {
  void ask(desk, "group.discard", {});
}

export async function callTeacher(desk: Desk): Promise<void> {
  if (await ask(desk, "group.call", {})) toast(t("groups-called"));
}

export function answerCall(desk: Desk, group_id: string): void {
  void ask(desk, "group.answer_call", { group_id });
}

export function visit(desk: Desk, group_id: string | null, quiet = false): void {
  void ask(desk, "group.visit", { group_id, quiet });
}

export function speakToAll(desk: Desk, on: boolean): void {
  void ask(desk, "group.speak", { on });
}

/** The chat's field writes to every group. */
export function writeToAll(desk: Desk): void {
  desk.session.chat.to.value = "groups";
  desk.panel.value = "chat";
}

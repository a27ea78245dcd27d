/** What the groups do by themselves: moves, calls, visits and the end are said, a call rings. */
import { effect } from "@preact/signals";
import { playTestSound } from "../../../media/speaker";
import { areOpen, groupOf } from "../../../room/groups";
import { participantOf } from "../../../room/state";
import { t } from "../../../text/text";
import { announce, toast } from "../../../ui/live";
import type { Groups } from "../../../wire/messages";
import type { Desk } from "../desk";

interface Known {
  groups: Groups;
  /** Where we are. */
  place: string;
}

export function followGroups(desk: Desk): () => void {
  let known: Known | null = null;
  return effect(() => {
    const { groups, seq } = desk.room.value;
    const self = desk.self.value;
    if (seq === 0 || !self) return;
    const now = { groups, place: self.group };
    if (known) tell(desk, known, now);
    known = now;
  });
}

function tell(desk: Desk, before: Known, now: Known): void {
  if (before.place !== now.place) toast(moved(desk, before, now));
  if (before.groups === now.groups) return;
  if (now.groups.phase === "closing" && before.groups.phase !== "closing") {
    announce(t("groups-say-closing"));
  }
  if (areOpen(before.groups) && !areOpen(now.groups) && before.place === "") {
    toast(t("groups-say-over"));
  }
  if (desk.room.value.rights.may_group) tellCalls(before.groups, now.groups);
  else tellVisits(desk, before.groups, now);
}

function moved(desk: Desk, before: Known, now: Known): string {
  const to = groupOf(now.groups, now.place)?.name;
  const from = groupOf(before.groups, before.place)?.name;
  if (!to) return t(areOpen(now.groups) ? "groups-say-left" : "groups-say-over");
  if (desk.self.value?.role !== "student") return t("groups-say-in", { to });
  return from ? t("groups-say-moved", { from, to }) : t("groups-say-in", { to });
}

function tellCalls(before: Groups, now: Groups): void {
  const known = new Set(before.calls.map((call) => call.group_id));
  const calling = now.calls.find((call) => !known.has(call.group_id));
  if (!calling) return;
  announce(t("groups-calling", { name: groupOf(now, calling.group_id)?.name ?? "" }));
  void playTestSound();
}

function tellVisits(desk: Desk, before: Groups, now: Known): void {
  const known = new Set(before.visits.map((one) => `${one.participant_id} ${one.group_id}`));
  for (const visit of now.groups.visits) {
    const isNew = !known.has(`${visit.participant_id} ${visit.group_id}`);
    if (!isNew || now.place === "" || visit.group_id !== now.place) continue;
    const name = participantOf(desk.room.value, visit.participant_id)?.name ?? "";
    toast(t(visit.is_quiet ? "groups-say-listens" : "groups-say-visits", { name }));
  }
}

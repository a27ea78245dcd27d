/** A student's side: choosing a group, the people in it, and a call for the teacher. */
import {
  areOpen,
  groupOf,
  membersOf,
  placesFree,
  plannedGroup,
  visitorsOf,
} from "../../../room/groups";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import type { Group } from "../../../wire/messages";
import type { Desk } from "../desk";
import { callTeacher, choose } from "./acts";
import { Members } from "./card";
import { TimeLeft } from "./time_left";

export function StudentGroups({ desk }: { desk: Desk }) {
  const { groups, selfId } = desk.room.value;
  const own = groupOf(groups, plannedGroup(groups, selfId));
  const chooses = groups.how === "own" && desk.self.value?.role === "student";
  return (
    <div class="scroll groups">
      {areOpen(groups) && own && <OwnGroup desk={desk} group={own} />}
      {areOpen(groups) && !own && !chooses && <p class="groups-note">{t("groups-wait-note")}</p>}
      {chooses && groups.phase !== "none" && <Choosing desk={desk} />}
    </div>
  );
}

function OwnGroup({ desk, group }: { desk: Desk; group: Group }) {
  const { groups, participants } = desk.room.value;
  const called = groups.calls.some((call) => call.group_id === group.id);
  const visitors = visitorsOf(groups, group.id, participants);
  return (
    <section class="group" aria-label={group.name}>
      <div class="group-head">
        <h3 class="ell">{group.name}</h3>
        <TimeLeft desk={desk} />
      </div>
      <Members desk={desk} people={membersOf(groups, group.id, participants)} />
      {visitors.length > 0 && (
        <p class="groups-note">
          {t("groups-visited", {
            name: visitors.map((one) => one.name).join(t("room-list-comma")),
          })}
        </p>
      )}
      {called ? (
        <p class="pill pill-signal" role="status">
          <Icon name="bell" />
          {t("groups-called")}
        </p>
      ) : (
        <Button look="line" icon="bell" wide onClick={() => void callTeacher(desk)}>
          {t("groups-call")}
        </Button>
      )}
    </section>
  );
}

function Choosing({ desk }: { desk: Desk }) {
  const { groups, participants, selfId } = desk.room.value;
  const own = plannedGroup(groups, selfId);
  return (
    <>
      <h3 class="groups-sect">{t("groups-choose")}</h3>
      {groups.groups.map((group) => {
        const free = placesFree(groups, group.id, participants);
        const mine = group.id === own;
        return (
          <section key={group.id} class="group" aria-label={group.name}>
            <div class="group-head">
              <h3 class="ell">{group.name}</h3>
              <span class={free > 0 ? "pill" : "pill pill-signal"}>
                {free > 0 ? t("groups-free", { count: free }) : t("groups-full")}
              </span>
            </div>
            <Members desk={desk} people={membersOf(groups, group.id, participants)} />
            <Button
              look={mine ? "primary" : "line"}
              icon={mine ? "check" : "enter"}
              aria-pressed={mine}
              disabled={!mine && free === 0}
              onClick={() => {
                if (!mine) choose(desk, group.id);
              }}
            >
              {t(mine ? "groups-chosen" : "groups-choose-this")}
            </Button>
          </section>
        );
      })}
    </>
  );
}

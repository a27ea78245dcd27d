/** The teacher's side while the groups are open: who calls, where everybody is, and the end. */
import { membersOf, visitOf, visitorsOf } from "../../../room/groups";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Menu } from "../../../ui/menu";
import type { Group } from "../../../wire/messages";
import type { Desk } from "../desk";
import { showGroupBoards } from "../wall/acts";
import {
  answerCall,
  COUNTDOWN_S,
  closeGroups,
  extendGroups,
  speakToAll,
  visit,
  writeToAll,
} from "./acts";
import { GroupCard, Members, Unplaced } from "./card";
import { TimeLeft } from "./time_left";

const EXTEND_MIN = 5;

export function GroupsOpen({ desk }: { desk: Desk }) {
  const { groups, selfId } = desk.room.value;
  const loud = groups.loud.includes(selfId);
  return (
    <>
      <div class="scroll groups">
        <div class="groups-acts">
          <TimeLeft desk={desk} />
          <Button
            look={loud ? "primary" : "line"}
            icon="megaphone"
            aria-pressed={loud}
            onClick={() => speakToAll(desk, !loud)}
          >
            {t("groups-speak")}
          </Button>
          <Button look="line" icon="chat" onClick={() => writeToAll(desk)}>
            {t("groups-write")}
          </Button>
          <Button look="line" icon="wall" onClick={() => void showGroupBoards(desk)}>
            {t("groups-boards")}
          </Button>
        </div>
        <Unplaced desk={desk} />
        {groups.groups.map((group) => (
          <OpenGroup key={group.id} desk={desk} group={group} />
        ))}
      </div>
      <Ending desk={desk} />
    </>
  );
}

function OpenGroup({ desk, group }: { desk: Desk; group: Group }) {
  const { groups, participants, selfId } = desk.room.value;
  const calls = groups.calls.some((call) => call.group_id === group.id);
  const others = visitorsOf(groups, group.id, participants).filter((one) => one.id !== selfId);
  return (
    <GroupCard
      desk={desk}
      group={group}
      aside={
        calls && (
          <button
            type="button"
            class="pill pill-signal group-call"
            onClick={() => answerCall(desk, group.id)}
            data-tip={t("groups-seen-tip")}
          >
            <Icon name="bell" />
            {t("groups-calls")}
          </button>
        )
      }
    >
      <Members desk={desk} people={membersOf(groups, group.id, participants)} />
      {others.length > 0 && (
        <p class="groups-note">
          {t("groups-visited", { name: others.map((one) => one.name).join(t("room-list-comma")) })}
        </p>
      )}
      <Visiting desk={desk} group={group} />
    </GroupCard>
  );
}

function Visiting({ desk, group }: { desk: Desk; group: Group }) {
  const { groups, selfId } = desk.room.value;
  const own = visitOf(groups, selfId);
  if (own?.group_id === group.id) {
    return (
      <div class="groups-acts">
        <span class="pill pill-accent">
          <Icon name={own.is_quiet ? "headphones" : "check"} />
          {t(own.is_quiet ? "groups-you-listen" : "groups-you-are-here")}
        </span>
        <Button look="line" size="small" onClick={() => visit(desk, null)}>
          {t("groups-back")}
        </Button>
      </div>
    );
  }
  return (
    <div class="groups-acts">
      <Button look="line" size="small" icon="enter" onClick={() => visit(desk, group.id)}>
        {t("groups-visit")}
      </Button>
      <Button
        look="quiet"
        size="small"
        icon="headphones"
        onClick={() => visit(desk, group.id, true)}
      >
        {t("groups-listen")}
      </Button>
    </div>
  );
}

function Ending({ desk }: { desk: Desk }) {
  const closing = desk.room.value.groups.phase === "closing";
  return (
    <div class="panel-foot groups-foot">
      <Button look="line" onClick={() => extendGroups(desk, EXTEND_MIN)}>
        {t(closing ? "groups-go-on" : "groups-extend", { count: EXTEND_MIN })}
      </Button>
      <Menu
        label={t("groups-close")}
        class="btn btn-danger"
        side="above"
        items={[
          {
            label: t("groups-close-in", { count: COUNTDOWN_S }),
            icon: "timer",
            disabled: closing,
            run: () => closeGroups(desk, COUNTDOWN_S),
          },
          { label: t("groups-close-now"), icon: "people", run: () => closeGroups(desk, 0) },
        ]}
      >
        <span>{t("groups-close")}</span>
      </Menu>
    </div>
  );
}

/** What of the groups needs to be known now: where we are, who calls, and when it ends. */
import { areOpen, groupOf, plannedGroup, visitOf } from "../../../room/groups";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Banner } from "../banner";
import type { Desk } from "../desk";
import { clockOf } from "../layout";
import { answerCall, mayGroup, speakToAll, visit } from "./acts";
import { useSecondsLeft } from "./time_left";

/** The last minute is counted for everybody. */
const LAST_S = 60;

export function GroupsBanner({ desk }: { desk: Desk }) {
  if (!areOpen(desk.room.value.groups)) return null;
  return (
    <>
      <ClosingBanner desk={desk} />
      {mayGroup(desk) ? <TeacherBanners desk={desk} /> : <WaitingBanner desk={desk} />}
    </>
  );
}

function ClosingBanner({ desk }: { desk: Desk }) {
  const left = useSecondsLeft(desk);
  if (left === null || left > LAST_S) return null;
  // The number changes each second; it is announced once, by `follow_groups`.
  return (
    <div class="groups-countdown" aria-live="off">
      <Banner look="signal" icon="timer" title={t("groups-closing", { time: clockOf(left) })} />
    </div>
  );
}

function WaitingBanner({ desk }: { desk: Desk }) {
  const { groups, selfId } = desk.room.value;
  if (desk.self.value?.role !== "student" || plannedGroup(groups, selfId)) return null;
  const chooses = groups.how === "own";
  return (
    <Banner
      look="accent"
      icon="groups"
      title={t(chooses ? "groups-choose-note" : "groups-wait-note")}
    >
      {chooses && desk.panel.value !== "groups" && (
        <Button
          look="primary"
          size="small"
          onClick={() => {
            desk.panel.value = "groups";
          }}
        >
          {t("groups-choose")}
        </Button>
      )}
    </Banner>
  );
}

function TeacherBanners({ desk }: { desk: Desk }) {
  const { groups, selfId } = desk.room.value;
  const own = visitOf(groups, selfId);
  const there = own && groupOf(groups, own.group_id);
  const call = groups.calls[0];
  const calling = call && groupOf(groups, call.group_id);
  return (
    <>
      {calling && (
        <Banner look="signal" icon="bell" title={t("groups-calling", { name: calling.name })}>
          <Button look="primary" size="small" onClick={() => visit(desk, calling.id)}>
            {t("groups-visit")}
          </Button>
          <Button look="line" size="small" onClick={() => answerCall(desk, calling.id)}>
            {t("groups-seen")}
          </Button>
        </Banner>
      )}
      {groups.loud.includes(selfId) && (
        <Banner look="accent" icon="megaphone" title={t("groups-loud")}>
          <Button look="line" size="small" onClick={() => speakToAll(desk, false)}>
            {t("groups-loud-stop")}
          </Button>
        </Banner>
      )}
      {there && (
        <Banner
          look="accent"
          icon={own.is_quiet ? "headphones" : "groups"}
          title={t(own.is_quiet ? "groups-listening" : "groups-visiting", { name: there.name })}
        >
          <Button look="line" size="small" onClick={() => visit(desk, null)}>
            {t("groups-back")}
          </Button>
        </Banner>
      )}
    </>
  );
}

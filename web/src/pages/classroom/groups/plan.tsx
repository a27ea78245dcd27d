/** Before the groups open: how many, who puts them together, and who is with whom. */
import { useState } from "preact/hooks";
import { membersOf, offeredCount, studentsOf } from "../../../room/groups";
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Segmented, Select, Switch } from "../../../ui/field";
import { GROUPS_MAX, GROUPS_MIN, type GroupHow } from "../../../wire/messages";
import type { Desk } from "../desk";
import { discardGroups, openGroups, planGroups, shuffle } from "./acts";
import { GroupCard, Members, Unplaced } from "./card";

const MINUTES = ["5", "10", "15", "20", "30", "none"];

export function NewPlan({ desk }: { desk: Desk }) {
  const students = studentsOf(desk.room.value.participants).length;
  const [count, setCount] = useState(() => offeredCount(students));
  const [how, setHow] = useState<GroupHow>("random");
  const step = (by: number) => setCount(Math.min(GROUPS_MAX, Math.max(GROUPS_MIN, count + by)));
  return (
    <>
      <div class="scroll groups">
        <p class="groups-note">{t("groups-none-staff")}</p>
        <div class="groups-row">
          <span id="groups-count">{t("groups-count")}</span>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a row. */}
          <div class="groups-stepper" role="group" aria-labelledby="groups-count">
            <IconButton
              label={t("groups-fewer")}
              icon="minus"
              disabled={count <= GROUPS_MIN}
              onClick={() => step(-1)}
            />
            <output class="num" aria-live="polite">
              {count}
            </output>
            <IconButton
              label={t("groups-more")}
              icon="plus"
              disabled={count >= GROUPS_MAX}
              onClick={() => step(1)}
            />
          </div>
        </div>
        <p class="groups-note">{t("groups-each", { size: Math.ceil(students / count) })}</p>
        <Segmented<GroupHow>
          label={t("groups-how")}
          value={how}
          options={(["random", "hand", "own"] as const).map((value) => ({
            value,
            label: t(`groups-how-${value}`),
          }))}
          onPick={setHow}
        />
        <p class="groups-note">{t(`groups-how-${how}-note`)}</p>
      </div>
      <div class="panel-foot">
        <Button look="primary" wide onClick={() => void planGroups(desk, count, how)}>
          {t("groups-plan")}
        </Button>
      </div>
    </>
  );
}

export function GroupsPlan({ desk }: { desk: Desk }) {
  const { groups, participants } = desk.room.value;
  const [minutes, setMinutes] = useState("10");
  const [task, setTask] = useState(true);
  const [opening, setOpening] = useState(false);
  const open = async () => {
    setOpening(true);
    await openGroups(desk, minutes === "none" ? null : Number(minutes), task);
    setOpening(false);
  };
  return (
    <>
      <div class="scroll groups">
        <div class="groups-acts">
          {groups.how === "random" && (
            <Button look="line" icon="dice" onClick={() => shuffle(desk)}>
              {t("groups-shuffle")}
            </Button>
          )}
          <Button look="quiet" icon="trash" onClick={() => discardGroups(desk)}>
            {t("groups-discard")}
          </Button>
        </div>
        <Unplaced desk={desk} />
        {groups.groups.map((group) => (
          <GroupCard key={group.id} desk={desk} group={group}>
            <Members desk={desk} people={membersOf(groups, group.id, participants)} />
          </GroupCard>
        ))}
        <Select
          label={t("groups-minutes")}
          value={minutes}
          options={MINUTES.map((value) => ({
            value,
            label:
              value === "none"
                ? t("groups-no-end")
                : t("groups-minutes-of", { count: Number(value) }),
          }))}
          onPick={setMinutes}
        />
        <Switch label={t("groups-task")} checked={task} onChange={setTask} />
      </div>
      <div class="panel-foot">
        <Button
          look="primary"
          wide
          waiting={opening && t("groups-opening")}
          onClick={() => void open()}
        >
          {t("groups-open")}
        </Button>
      </div>
    </>
  );
}

/** One group: its name, which can be changed, and its people, who can be moved. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { plannedGroup, studentsOf } from "../../../room/groups";
import { t } from "../../../text/text";
import { Avatar } from "../../../ui/avatar";
import { IconButton } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Menu, type MenuItem } from "../../../ui/menu";
import { GROUP_NAME_MAX, type Group, type Participant } from "../../../wire/messages";
import type { Desk } from "../desk";
import { isSpeaking } from "../tile";
import { mayGroup, moveTo, renameGroup } from "./acts";

interface CardProps {
  desk: Desk;
  group: Group;
  /** Beside the name. */
  aside?: ComponentChildren;
  children: ComponentChildren;
}

export function GroupCard({ desk, group, aside, children }: CardProps) {
  const [renaming, setRenaming] = useState(false);
  return (
    <section class="group" aria-label={group.name}>
      <div class="group-head">
        {renaming ? (
          <Renaming desk={desk} group={group} done={() => setRenaming(false)} />
        ) : (
          <h3 class="ell">{group.name}</h3>
        )}
        {aside}
        {!renaming && (
          <IconButton
            label={t("groups-rename", { name: group.name })}
            icon="pen"
            onClick={() => setRenaming(true)}
          />
        )}
      </div>
      {children}
    </section>
  );
}

function Renaming({ desk, group, done }: { desk: Desk; group: Group; done(): void }) {
  const [name, setName] = useState(group.name);
  const save = async () => {
    const clean = name.trim();
    if (clean && clean !== group.name && !(await renameGroup(desk, group.id, clean))) return;
    done();
  };
  return (
    <form
      class="group-rename"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <input
        class="input"
        aria-label={t("groups-rename", { name: group.name })}
        value={name}
        maxLength={GROUP_NAME_MAX}
        autofocus
        onInput={({ currentTarget }) => setName(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          done();
        }}
      />
      <IconButton type="submit" label={t("groups-rename-save")} icon="check" />
    </form>
  );
}

/** Whoever leads moves people with the menu in their row; the same on a phone. */
export function Members({ desk, people }: { desk: Desk; people: readonly Participant[] }) {
  if (people.length === 0) return <p class="groups-note">{t("groups-empty")}</p>;
  return (
    <ul class="group-people">
      {people.map((person) => (
        <li key={person.id} class={person.connection === "away" ? "is-away" : undefined}>
          <Avatar name={person.name} id={person.id} size={28} />
          <span class="ell">{person.name}</span>
          {isSpeaking(desk, person) && (
            <span class="st is-on" role="img" aria-label={t("room-speaking")}>
              <Icon name="mic" />
            </span>
          )}
          {person.connection === "away" && (
            <span class="st warn" role="img" aria-label={t("room-away")}>
              <Icon name="net-off" />
            </span>
          )}
          {mayGroup(desk) && person.role === "student" && (
            <Menu
              label={t("groups-move", { name: person.name })}
              icon="more"
              items={placesFor(desk, person)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

/** Every group, and none; also in the person's own menu. */
export function placesFor(desk: Desk, person: Participant): MenuItem[] {
  const { groups } = desk.room.value;
  const now = groups.members.find((one) => one.participant_id === person.id)?.group_id ?? null;
  const places = groups.groups.map((group) => ({
    id: group.id as string | null,
    label: group.name,
  }));
  places.push({ id: null, label: t("groups-none") });
  return places.map(({ id, label }) => ({
    label,
    checked: id === now,
    run: () => {
      if (id !== now) moveTo(desk, person.id, id);
    },
  }));
}

/** Who is in no group yet; nothing when everybody is. */
export function Unplaced({ desk }: { desk: Desk }) {
  const { groups, participants } = desk.room.value;
  const left = studentsOf(participants).filter((one) => !plannedGroup(groups, one.id));
  if (left.length === 0) return null;
  return (
    <section class="group is-left" aria-label={t("groups-left")}>
      <h3 class="groups-sect">{t("groups-left")}</h3>
      <Members desk={desk} people={left} />
    </section>
  );
}

/** What staff has in each row of the people panel: mute or ask, and the menu of the rest. */
import { isSending } from "../../../room/state";
import { t } from "../../../text/text";
import { IconButton } from "../../../ui/button";
import { Menu } from "../../../ui/menu";
import type { Participant } from "../../../wire/messages";
import type { Desk } from "../desk";
import { askToSpeak, mayOrder, mute } from "./acts";
import { PERSON_MENU } from "./person_menu";

/** Null where there is only something to see: oneself, observers, and for students. */
export function MuteButton({ desk, person }: { desk: Desk; person: Participant }) {
  if (!canMute(desk, person)) return null;
  const { name } = person;
  if (isSending(person.media, "microphone")) {
    return (
      <IconButton
        class="row-btn"
        icon="mic"
        label={t("floor-mute-name", { name })}
        onClick={() => mute(desk, person.id, "microphone")}
      />
    );
  }
  const asked = desk.room.value.asked.some(
    (one) => one.participant_id === person.id && one.source === "microphone",
  );
  return (
    <IconButton
      class={asked ? "row-btn is-asked" : "row-btn is-muted"}
      icon={asked ? "clock" : "mic-off"}
      label={t(asked ? "floor-asked-name" : "floor-ask-name", { name })}
      onClick={() => void askToSpeak(desk, person, "microphone")}
    />
  );
}

export function canMute(desk: Desk, person: Participant): boolean {
  const own = person.id === desk.room.value.selfId;
  return mayOrder(desk) && !own && person.role !== "observer" && person.connection === "here";
}

export function PersonMenu({ desk, person }: { desk: Desk; person: Participant }) {
  const items = PERSON_MENU.flatMap((part) => part(desk, person));
  if (items.length === 0) return null;
  return (
    <Menu
      label={t("floor-more-name", { name: person.name })}
      icon="more"
      class="icon-btn row-btn"
      items={items}
    />
  );
}

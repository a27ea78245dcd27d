/** How many stars somebody has; nothing while there are none. */
import { starsOf } from "../../../room/aids";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import type { Participant } from "../../../wire/messages";
import type { Desk } from "../desk";

export function Stars({ desk, person }: { desk: Desk; person: Participant }) {
  const count = starsOf(desk.room.value.aids, person.id);
  if (count === 0) return null;
  const words = t("ask-stars", { count });
  return (
    <span class="stars" role="img" aria-label={words} data-tip={words}>
      <Icon name="star" />
      <span class="num">{count}</span>
    </span>
  );
}

/** Reactions over faces, and in the stage's corner those of people whose face is not shown. */

import type { Shown } from "../../../room/reactions";
import { participantOf } from "../../../room/state";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import type { Participant } from "../../../wire/messages";
import type { Desk } from "../desk";
import { cornerOf } from "./corner";

/** Places beside each other, so that one does not lie on the next. */
const PLACES = 3;

export function TileBubbles({ desk, person }: { desk: Desk; person: Participant }) {
  const shown = desk.session.reactions.shown.value;
  return (
    <>
      {shown
        .filter((one) => one.participant_id === person.id)
        .map((one) => (
          <Bubble key={one.key} shown={one} />
        ))}
    </>
  );
}

/** Eyes alone see it; ears are told by the live region. */
function Bubble({ shown }: { shown: Shown }) {
  return (
    <span
      class="bubble"
      data-reaction={shown.reaction}
      aria-hidden="true"
      style={{ "--place": String(shown.key % PLACES) }}
    >
      <Icon name={shown.reaction} />
      {shown.count > 1 && <b class="num">{shown.count}</b>}
    </span>
  );
}

export function CornerBubbles({ desk }: { desk: Desk }) {
  const hidden = desk.session.reactions.shown.value.filter((one) => !hasTile(one.participant_id));
  const rows = cornerOf(hidden, (id) => participantOf(desk.room.value, id)?.name ?? null);
  if (rows.length === 0) return null;
  return (
    <div class="corner-bubbles" aria-hidden="true">
      {rows.map((row) => (
        <span key={row.reaction} class="corner-bubble" data-reaction={row.reaction}>
          <Icon name={row.reaction} />
          <span class="ell">
            {row.names.length > 0
              ? row.names.join(t("room-list-comma"))
              : t("react-people", { count: row.count })}
          </span>
        </span>
      ))}
    </div>
  );
}

function hasTile(id: string): boolean {
  return document.querySelector(`.tile[data-person="${CSS.escape(id)}"]`) !== null;
}

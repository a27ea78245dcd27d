/** Who stands in front of the door, in the people panel; and the question before a removal. */
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Icon } from "../../../ui/icon";
import type { WaitingPerson } from "../../../wire/messages";
import type { Desk } from "../desk";
import { useRoomClock } from "../floor/clock";
import { clockOf } from "../layout";
import { admit, remove, removing, turnAway } from "./acts";

export function Waiting({ desk }: { desk: Desk }) {
  const waiting = desk.room.value.lobby?.waiting ?? [];
  const clockMs = useRoomClock(desk, waiting.length > 0);
  return (
    <>
      {waiting.length > 0 && (
        <section class="hands" aria-labelledby="waiting-title">
          <header>
            <Icon name="lobby" />
            <h3 id="waiting-title">{t("lobby-waiting")}</h3>
            <Button look="link" size="small" onClick={() => admit(desk, null)}>
              {t("lobby-admit-all")}
            </Button>
          </header>
          <ol>
            {waiting.map((one) => (
              <One key={one.participant_id} desk={desk} one={one} now={clockMs} />
            ))}
          </ol>
        </section>
      )}
      <RemoveDialog desk={desk} />
    </>
  );
}

function One({ desk, one, now }: { desk: Desk; one: WaitingPerson; now: number }) {
  const { name, participant_id } = one;
  const time = clockOf(Math.max(0, now - one.since_ms) / 1_000).replace(/^0(?=\d:)/, "");
  return (
    <li class="hand">
      <span class="who">
        <b data-tip={name}>{name}</b>
        <span class="num">
          {one.enrolled && `${t("enrol-sign")} · `}
          {t("lobby-waits", { time })}
        </span>
      </span>
      <Button
        look="primary"
        size="small"
        aria-label={t("lobby-admit-name", { name })}
        onClick={() => admit(desk, participant_id)}
      >
        {t("lobby-admit")}
      </Button>
      <IconButton
        label={t("lobby-turn-away", { name })}
        icon="close"
        onClick={() => turnAway(desk, participant_id)}
      />
    </li>
  );
}

function RemoveDialog({ desk }: { desk: Desk }) {
  const person = removing.value;
  const close = () => {
    removing.value = null;
  };
  return (
    <Dialog
      open={person !== null}
      title={t("lobby-remove-title", { name: person?.name ?? "" })}
      onClose={close}
      actions={
        <>
          <Button look="quiet" onClick={close}>
            {t("lobby-remove-keep")}
          </Button>
          <Button look="danger" onClick={() => person && void remove(desk, person)}>
            {t("lobby-remove-do")}
          </Button>
        </>
      }
    >
      <p>{t("lobby-remove-note")}</p>
    </Dialog>
  );
}

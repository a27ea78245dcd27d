/** The queue of hands at the top of the people panel: for all to see, for staff to answer. */
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import type { Hand } from "../../../wire/messages";
import type { Desk } from "../desk";
import { clockOf } from "../layout";
import { bringOnStage, lowerAll, lowerHand, mayOrder, raiseHand } from "./acts";
import { useRoomClock } from "./clock";
import { StageMenu } from "./stage_menu";

export function Hands({ desk }: { desk: Desk }) {
  const hands = desk.room.value.hands;
  const clockMs = useRoomClock(desk, hands.length > 0);
  if (hands.length === 0) return null;
  const orders = mayOrder(desk);
  return (
    <section class="hands" aria-labelledby="hands-title">
      <header>
        <Icon name="hand" />
        <h3 id="hands-title">{t("floor-hands")}</h3>
        {orders && <StageMenu />}
        {orders && (
          <Button look="link" size="small" onClick={() => lowerAll(desk)}>
            {t("floor-lower-all")}
          </Button>
        )}
      </header>
      <ol>
        {hands.map((hand, at) => (
          <Raised key={hand.participant_id} desk={desk} hand={hand} place={at + 1} now={clockMs} />
        ))}
      </ol>
    </section>
  );
}

interface RaisedProps {
  desk: Desk;
  hand: Hand;
  place: number;
  now: number;
}

function Raised({ desk, hand, place, now }: RaisedProps) {
  const { selfId } = desk.room.value;
  const name = desk.room.value.participants.find((one) => one.id === hand.participant_id)?.name;
  if (name === undefined) return null;
  // Minutes without the clock's leading nought: "0:20".
  const waited = clockOf(Math.max(0, now - hand.raised_ms) / 1_000).replace(/^0(?=\d:)/, "");
  const orders = mayOrder(desk);
  return (
    <li class="hand">
      <span class="hand-place num">{place}</span>
      <span class="who">
        <b data-tip={name}>{hand.participant_id === selfId ? t("floor-you") : name}</b>
        <span class="num">{t("floor-waiting", { time: waited })}</span>
      </span>
      {orders && (
        <Button
          look={place === 1 ? "primary" : "line"}
          size="small"
          aria-label={t("floor-bring-name", { name })}
          onClick={() => bringOnStage(desk, hand.participant_id)}
        >
          {t("floor-bring-short")}
        </Button>
      )}
      {orders && (
        <IconButton
          label={t("floor-lower-name", { name })}
          icon="check"
          onClick={() => lowerHand(desk, hand.participant_id)}
        />
      )}
    </li>
  );
}

/** A student's own place, at the foot of the panel. */
export function OwnHand({ desk }: { desk: Desk }) {
  const place = desk.handPlace.value;
  if (!desk.handUp.value) return null;
  return (
    <div class="own-hand">
      {place > 0 && <span class="hand-place num">{place}</span>}
      <span class="grow">
        <b>{t("floor-own-place", { place: Math.max(1, place) })}</b>
        <span>{t("floor-own-note")}</span>
      </span>
      <Button look="line" size="small" onClick={() => void raiseHand(desk, false)}>
        {t("floor-lower-short")}
      </Button>
    </div>
  );
}

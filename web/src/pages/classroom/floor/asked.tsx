/** Being asked to speak, and being on stage: what to press, and how to say no. */
import { askedOf } from "../../../room/floor";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { setMicrophone, toggleCamera } from "../actions";
import { Banner } from "../banner";
import type { Desk } from "../desk";
import { decline, leaveStage, type Voice } from "./acts";
import { useRoomClock } from "./clock";

export function StageBanners({ desk }: { desk: Desk }) {
  const { room } = desk;
  const mine = room.value.asked.some((one) => one.participant_id === room.value.selfId);
  const clockMs = useRoomClock(desk, mine);
  const asked = askedOf(room.value, room.value.selfId, clockMs).filter(
    (source) => !desk.session[source].on.value,
  );
  if (desk.self.value?.on_stage) {
    return (
      <Banner
        look="accent"
        icon="stage"
        title={t("floor-on-stage")}
        text={t("floor-on-stage-note")}
      >
        {asked.map((source) => (
          <TurnOn key={source} desk={desk} source={source} />
        ))}
        <Button look="line" size="small" onClick={() => leaveStage(desk)}>
          {t("floor-leave-stage")}
        </Button>
      </Banner>
    );
  }
  return (
    <>
      {asked.map((source) => (
        <Banner
          key={source}
          look="accent"
          icon={source === "camera" ? "cam" : "mic"}
          title={t(`floor-asks-${source}`)}
        >
          <TurnOn desk={desk} source={source} />
          <Button look="quiet" size="small" onClick={() => decline(desk, source)}>
            {t("floor-not-now")}
          </Button>
        </Banner>
      ))}
    </>
  );
}

function TurnOn({ desk, source }: { desk: Desk; source: Voice }) {
  const turnOn = () => void (source === "camera" ? toggleCamera(desk) : setMicrophone(desk, true));
  return (
    <Button look="primary" size="small" onClick={turnOn}>
      {t(source === "camera" ? "room-camera-start" : "room-unmute")}
    </Button>
  );
}

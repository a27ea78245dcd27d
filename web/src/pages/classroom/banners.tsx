/** What needs to be known now, above the stage; it comes and goes without moving anything. */
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { copyLink } from "../copy_link";
import { refusalKey, setMicrophone, toggleCamera, toggleMicrophone } from "./actions";
import { AskBanner } from "./ask/ask_banner";
import { Banner } from "./banner";
import type { Desk } from "./desk";
import { StageBanners } from "./floor/asked";
import { GroupsBanner } from "./groups/groups_banner";
import { RecordingBanners } from "./recording/banners";

export function Banners({ desk }: { desk: Desk }) {
  const { call, standing } = desk.session;
  const away = standing.value.is === "reconnecting";
  // Where most packets are lost a path seems broken now and then, and mends itself.
  const lost = call.transports.state.value === "broken" && !call.advised.notice.value;
  const broken = lost || call.rejoining.value || call.obstructed.value;
  return (
    <div class="banners" role="status">
      {away && (
        <Banner
          look="signal"
          title={t(call.arrival.goesOn.value ? "room-slow" : "room-reconnecting")}
          text={t("room-reconnecting-note")}
        />
      )}
      {!away && broken && (
        <Banner
          look="signal"
          title={t("room-media-broken")}
          text={t(call.obstructed.value ? "room-media-obstructed-note" : "room-media-broken-note")}
        />
      )}
      {call.refused.value && (
        <Banner
          look="danger"
          icon="warn"
          title={t("room-media-refused")}
          text={refusalText(call.refused.value.code, call.refused.value.params)}
        >
          <Button look="line" size="small" onClick={() => void call.rejoin()}>
            {t("again")}
          </Button>
        </Banner>
      )}
      {call.unsupported.value && (
        <Banner
          look="danger"
          icon="warn"
          title={t("room-unsupported")}
          text={t("room-unsupported-note")}
        />
      )}
      {call.playback.blocked.value && (
        <Banner look="accent" icon="speaker" title={t("room-silent")} text={t("room-silent-note")}>
          <Button look="primary" size="small" onClick={() => call.playback.unblock()}>
            {t("room-sound-on")}
          </Button>
        </Banner>
      )}
      <RecordingBanners desk={desk} />
      <StageBanners desk={desk} />
      <AskBanner desk={desk} />
      <GroupsBanner desk={desk} />
      <TroubleBanner desk={desk} />
      <CameraHeldBanner desk={desk} />
      <VoiceBanner desk={desk} />
      {desk.holding.value && (
        <Banner look="accent" icon="mic" title={t("room-holding")} text={t("room-holding-note")} />
      )}
    </div>
  );
}

/** What happened to a device we asked for, and the way out. */
function TroubleBanner({ desk }: { desk: Desk }) {
  const kind = desk.trouble.value;
  const refusal = kind && desk.session[kind].refusal.value;
  if (!kind || !refusal) return null;
  const again = kind === "camera" ? toggleCamera : toggleMicrophone;
  return (
    <Banner
      look="danger"
      icon={kind === "camera" ? "cam-off" : "mic-off"}
      title={`${t(refusalKey(refusal, kind))}${t("room-full-stop")}`}
      text={t(`room-refusal-${refusal}`)}
    >
      <Button look="line" size="small" onClick={() => void again(desk)}>
        {t("again")}
      </Button>
      <IconButton
        label={t("close")}
        icon="close"
        onClick={() => {
          desk.trouble.value = null;
        }}
      />
    </Banner>
  );
}

/** Our own picture stays before us, so it must be said that nobody else has it. */
function CameraHeldBanner({ desk }: { desk: Desk }) {
  const { call, camera } = desk.session;
  if (!call.advised.cameraHeld.value || !camera.on.value) return null;
  return (
    <Banner
      look="signal"
      icon="cam-off"
      title={t("net-camera-held")}
      text={t("net-camera-held-note")}
    >
      <Button look="line" size="small" onClick={() => call.advised.insist()}>
        {t("net-camera-insist")}
      </Button>
    </Banner>
  );
}

function VoiceBanner({ desk }: { desk: Desk }) {
  const hint = desk.voiceHint.value;
  const { microphone } = desk.session;
  const { rights, asked, selfId } = desk.room.value;
  // Under a lock there is nothing to press, and who is asked has a button for it already.
  const offered = rights.may_speak && !asked.some((one) => one.participant_id === selfId);
  if (hint === "speaking_muted" && !microphone.on.value) {
    if (!offered) return null;
    return (
      <Banner look="plain" icon="mic-off" title={t("room-speaking-muted")}>
        <Button look="line" size="small" onClick={() => void setMicrophone(desk, true)}>
          {t("room-unmute")}
        </Button>
      </Banner>
    );
  }
  if (hint !== "no_signal" || !microphone.on.value) return null;
  return (
    <Banner
      look="danger"
      icon="mic-off"
      title={t("room-no-signal")}
      text={t("room-no-signal-note")}
    >
      <Button
        look="line"
        size="small"
        onClick={() => {
          desk.overlay.value = "sound";
        }}
      >
        {t("room-choose-another")}
      </Button>
    </Banner>
  );
}

/** Part of the floor, not above it: it may stay for long. */
export function AloneBanner({ desk }: { desk: Desk }) {
  return (
    <Banner
      look="plain"
      class="alone"
      icon="people"
      title={t("room-alone")}
      text={t("room-alone-note")}
    >
      <Button look="primary" size="small" icon="link" onClick={() => void copyLink(desk.code)}>
        {t("copy-link")}
      </Button>
    </Banner>
  );
}

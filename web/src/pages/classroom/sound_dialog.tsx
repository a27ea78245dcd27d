/** Microphone, camera and speaker, changed while the class goes on. */
import { useEffect } from "preact/hooks";
import {
  choose,
  chosen,
  devices,
  maySetSpeaker,
  presentId,
  refreshDevices,
} from "../../media/devices";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Select } from "../../ui/field";
import { deviceOptions } from "../device_names";
import type { Desk } from "./desk";
import { MicrophoneLevel } from "./microphone_level";

export function SoundDialog({ desk }: { desk: Desk }) {
  const open = desk.overlay.value === "sound";
  useEffect(() => {
    if (open) void refreshDevices();
  }, [open]);
  const close = () => {
    desk.overlay.value = "none";
  };
  return (
    <Dialog
      open={open}
      title={t("room-sound-picture")}
      onClose={close}
      actions={<Button onClick={close}>{t("close")}</Button>}
    >
      <MicrophonePick desk={desk} />
      <CameraPick desk={desk} />
      {maySetSpeaker() && devices.value.speakers.length > 0 && <SpeakerPick desk={desk} />}
    </Dialog>
  );
}

function MicrophonePick({ desk }: { desk: Desk }) {
  const { microphone } = desk.session;
  const list = devices.value.microphones;
  return (
    <div class="stack-tight">
      <Select
        label={t("microphone")}
        icon="mic"
        options={deviceOptions("microphone", list)}
        value={presentId(list, chosen.value.microphone) ?? ""}
        onPick={(id) => void microphone.switchTo(id)}
      />
      {microphone.track.value ? (
        <div class="level-row">
          <MicrophoneLevel desk={desk} />
          <span class="tiny">{microphone.on.value ? "" : t("room-level-muted")}</span>
        </div>
      ) : (
        <p class="tiny">{t("room-level-off")}</p>
      )}
    </div>
  );
}

function CameraPick({ desk }: { desk: Desk }) {
  const list = devices.value.cameras;
  return (
    <Select
      label={t("camera")}
      icon="cam"
      options={deviceOptions("camera", list)}
      value={presentId(list, chosen.value.camera) ?? ""}
      onPick={(id) => void desk.session.camera.switchTo(id)}
    />
  );
}

function SpeakerPick({ desk }: { desk: Desk }) {
  const list = devices.value.speakers;
  return (
    <Select
      label={t("speaker")}
      icon="speaker"
      options={deviceOptions("speaker", list)}
      value={presentId(list, chosen.value.speaker) ?? ""}
      onPick={(id) => {
        choose({ speaker: id });
        desk.session.call.playback.setSpeaker(id);
      }}
    />
  );
}

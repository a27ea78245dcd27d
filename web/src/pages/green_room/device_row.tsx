/** Microphone, speaker and camera as lists, and the sound that tests the speaker. */
import { useState } from "preact/hooks";
import { choose, chosen, devices, maySetSpeaker, presentId } from "../../media/devices";
import { playTestSound } from "../../media/speaker";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Select } from "../../ui/field";
import { announce } from "../../ui/live";
import { behindDefault, type DeviceKind, deviceOptions } from "../device_names";
import type { LocalMedia, Side } from "./local_media";

export function DeviceRow({
  media,
  ownTone,
}: {
  media: LocalMedia;
  ownTone?: boolean | undefined;
}) {
  const { microphones, cameras, speakers } = devices.value;
  const microphone = media.microphone.value;
  const camera = media.camera.value;
  return (
    <>
      <div class="devices">
        <Choice
          kind="microphone"
          list={microphones}
          side={microphone}
          onPick={(id) => media.pick({ microphone: id })}
        />
        {maySetSpeaker() && speakers.length > 0 && (
          <Select
            bare
            label={t("speaker")}
            icon="speaker"
            options={deviceOptions("speaker", speakers)}
            value={behindDefault(speakers, presentId(speakers, chosen.value.speaker)) ?? ""}
            onPick={(speaker) => choose({ speaker })}
          />
        )}
        <Choice
          kind="camera"
          list={cameras}
          side={camera}
          onPick={(id) => media.pick({ camera: id })}
        />
      </div>
      {!ownTone && <SpeakerTest />}
    </>
  );
}

interface ChoiceProps {
  kind: Exclude<DeviceKind, "speaker">;
  list: readonly MediaDeviceInfo[];
  side: Side;
  onPick(id: string): void;
}

function Choice({ kind, list, side, onPick }: ChoiceProps) {
  const icon = kind === "microphone" ? "mic" : "cam";
  if (list.length === 0) {
    const key = side.refusal === "denied" ? "hidden" : `none-${kind}`;
    const label = t(side.opening ? "device-default" : `device-${key}`);
    return (
      <Select
        bare
        disabled
        label={t(kind)}
        icon={icon}
        options={[{ value: "", label }]}
        value=""
        onPick={onPick}
      />
    );
  }
  // What is open tells the truth; what was chosen counts only while nothing is.
  const openId = side.track?.getSettings().deviceId ?? presentId(list, chosen.value[kind]);
  return (
    <Select
      bare
      label={t(kind)}
      icon={icon}
      options={deviceOptions(kind, list)}
      value={behindDefault(list, openId) ?? ""}
      onPick={onPick}
    />
  );
}

function SpeakerTest() {
  const [state, setState] = useState<"idle" | "playing" | "heard" | "failed">("idle");
  const play = async () => {
    setState("playing");
    const played = await playTestSound(chosen.value.speaker);
    setState(played ? "heard" : "failed");
    announce(t(played ? "speaker-heard" : "speaker-failed"));
  };
  return (
    <div class="speaker-test">
      <Button
        look="quiet"
        size="small"
        icon="speaker"
        waiting={state === "playing" && t("speaker-testing")}
        onClick={() => void play()}
      >
        {t("speaker-test")}
      </Button>
      {(state === "heard" || state === "failed") && (
        <span class="small quiet">{t(`speaker-${state}`)}</span>
      )}
    </div>
  );
}

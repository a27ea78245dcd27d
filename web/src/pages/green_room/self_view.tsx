/** Looking at and listening to oneself before others do: picture, level, devices, and what is in
 * the way. */
import { useEffect, useRef, useState } from "preact/hooks";
import { watchPermissions } from "../../media/capture";
import { devices, watchDevices } from "../../media/devices";
import { t } from "../../text/text";
import { Icon } from "../../ui/icon";
import { DeviceRow } from "./device_row";
import { HowToAllow } from "./how_to_allow";
import { BOTH, LocalMedia, type Wanted } from "./local_media";
import { MicrophoneBar } from "./microphone_bar";
import { Preview, RefusalActions } from "./preview";
import { noteKey, shownRefusal, titleKey } from "./refusal";

export function useLocalMedia(wanted: Wanted = BOTH): LocalMedia {
  const kept = useRef<LocalMedia | null>(null);
  kept.current ??= new LocalMedia();
  const media = kept.current;
  useEffect(() => {
    void media.open(wanted);
    const stopPermissions = watchPermissions(() => media.retry());
    const stopDevices = watchDevices();
    const stopList = devices.subscribe(() => media.devicesChanged());
    return () => {
      stopPermissions();
      stopDevices();
      stopList();
      media.close();
    };
  }, []);
  return media;
}

interface SelfProps {
  media: LocalMedia;
  name: string;
  /** The page around it has its own way to hear a tone. */
  ownTone?: boolean;
}

export function SelfView({ media, name, ownTone }: SelfProps) {
  const [how, setHow] = useState(false);
  const microphone = media.microphone.value;
  const refusal = shownRefusal(microphone.refusal, media.camera.value.refusal);
  // With a picture, the microphone's refusal stands beneath it instead of in its place.
  const beside = shownRefusal(microphone.refusal, null);
  const showBeside = beside !== null && refusal?.about !== "both";
  return (
    <section class="self" aria-label={t("self-view")}>
      <Preview media={media} name={name} refusal={refusal} onShowHow={() => setHow(true)} />
      <MicrophoneBar side={microphone} />
      {showBeside && (
        <div class="banner banner-signal self-banner" role="alert">
          <Icon name="mic-off" />
          <div>
            <b>{t(titleKey(beside))}</b>
            <p>{t(noteKey(beside))}</p>
          </div>
          <RefusalActions
            refusal={beside}
            onAgain={() => media.retry()}
            onShowHow={() => setHow(true)}
          />
        </div>
      )}
      <DeviceRow media={media} ownTone={ownTone} />
      <HowToAllow open={how} onClose={() => setHow(false)} onAgain={() => media.retry()} />
    </section>
  );
}

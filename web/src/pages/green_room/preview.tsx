/** The person's own picture, mirrored, with what stands in its place when there is none. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Icon, type IconName } from "../../ui/icon";
import { verdict } from "./connection";
import type { LocalMedia } from "./local_media";
import { mayTryAgain, noteKey, type ShownRefusal, titleKey } from "./refusal";

interface PreviewProps {
  media: LocalMedia;
  name: string;
  refusal: ShownRefusal | null;
  onShowHow(): void;
}

export function Preview({ media, name, refusal, onShowHow }: PreviewProps) {
  const camera = media.camera.value;
  const blocked = camera.refusal !== null && refusal !== null;
  return (
    <div class={camera.track ? "preview has-picture" : "preview"}>
      {camera.track && <OwnPicture track={camera.track} />}
      {!camera.track && !blocked && (
        <div class="preview-none">
          {camera.opening ? (
            <span class="spin" />
          ) : (
            <Avatar name={name.trim() || "?"} id={name.trim()} size={88} />
          )}
          <p>{camera.opening ? t("camera-starting") : t("camera-is-off")}</p>
        </div>
      )}
      {blocked && (
        <div class="preview-blocked" role="alert">
          <Icon name={refusal.about === "microphone" ? "mic-off" : "cam-off"} />
          <h2>{t(titleKey(refusal))}</h2>
          <p>{t(noteKey(refusal, verdict.value !== "blocked"))}</p>
          <RefusalActions refusal={refusal} onAgain={() => media.retry()} onShowHow={onShowHow} />
        </div>
      )}
      <div class="preview-controls">
        <MicrophoneRound media={media} />
        <CameraRound media={media} />
      </div>
    </div>
  );
}

interface ActionsProps {
  refusal: ShownRefusal;
  onAgain(): void;
  onShowHow(): void;
}

export function RefusalActions({ refusal, onAgain, onShowHow }: ActionsProps) {
  return (
    <div class="row row-wrap preview-acts">
      {refusal.why === "denied" && (
        <Button look="line" onClick={onShowHow}>
          {t("refusal-denied-how")}
        </Button>
      )}
      {mayTryAgain(refusal) && (
        <Button look={refusal.why === "denied" ? "quiet" : "line"} icon="again" onClick={onAgain}>
          {t("again")}
        </Button>
      )}
    </div>
  );
}

function OwnPicture({ track }: { track: MediaStreamTrack }) {
  const video = useRef<HTMLVideoElement>(null);
  const [seen, setSeen] = useState(false);
  const [dark, setDark] = useState(false);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = new MediaStream([track]);
    setSeen(false);
    const timer = setInterval(() => setDark(isDark(element)), DARK_PERIOD_MS);
    return () => {
      clearInterval(timer);
      element.srcObject = null;
    };
  }, [track]);
  const word = dark ? "camera-dark" : seen ? "camera-good" : "camera-starting";
  return (
    <>
      <video
        ref={video}
        class="preview-video"
        autoplay
        muted
        playsInline
        aria-label={t("camera")}
        onPlaying={() => setSeen(true)}
      />
      <span class={dark ? "preview-word is-warning" : "preview-word"} role="status">
        {dark && <Icon name="warn" />}
        {t(word)}
      </span>
    </>
  );
}

const DARK_PERIOD_MS = 1500;
/** Mean of red, green and blue (0 to 255) below which a picture counts as covered. */
const DARK_BELOW = 8;
const SAMPLE = { width: 16, height: 9 } as const;

function isDark(video: HTMLVideoElement): boolean {
  if (video.videoWidth === 0) return false;
  const canvas = document.createElement("canvas");
  canvas.width = SAMPLE.width;
  canvas.height = SAMPLE.height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return false;
  context.drawImage(video, 0, 0, SAMPLE.width, SAMPLE.height);
  const { data } = context.getImageData(0, 0, SAMPLE.width, SAMPLE.height);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) {
    sum += (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0);
  }
  return sum / ((data.length / 4) * 3) < DARK_BELOW;
}

function MicrophoneRound({ media }: { media: LocalMedia }) {
  const { track, on, opening } = media.microphone.value;
  const live = track !== null && on;
  return (
    <Round
      icon={live || opening ? "mic" : "mic-off"}
      label={live ? t("microphone-mute") : t("microphone-unmute")}
      off={!live && !opening}
      blocked={track === null}
      onPress={() => media.toggleMicrophone()}
    />
  );
}

function CameraRound({ media }: { media: LocalMedia }) {
  const { track, refusal, opening } = media.camera.value;
  return (
    <Round
      icon={track || opening ? "cam" : "cam-off"}
      label={track ? t("camera-turn-off") : t("camera-turn-on")}
      off={!track && !opening}
      blocked={refusal !== null}
      onPress={() => media.toggleCamera()}
    />
  );
}

interface RoundProps {
  icon: IconName;
  label: string;
  off: boolean;
  blocked: boolean;
  onPress(): void;
}

function Round({ icon, label, off, blocked, onPress }: RoundProps) {
  const state = blocked ? " is-blocked" : off ? " is-off" : "";
  return (
    <button
      type="button"
      class={`round${state}`}
      aria-label={label}
      data-tip={label}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}

/** A person of the recording: their picture, or a quiet card that says why there is none. */
import { nameOf } from "../../recording/manifest";
import type { Face } from "../../recording/tracks";
import { t } from "../../text/text";
import { Avatar, tintOf } from "../../ui/avatar";
import { Icon } from "../../ui/icon";
import type { PlayerDesk } from "./desk";
import { TrackVideo } from "./track_video";

export function FaceTile(props: { desk: PlayerDesk; face: Face; hasVideo: boolean; size: number }) {
  const { desk, face, hasVideo, size } = props;
  const manifest = desk.manifest.value;
  const scene = desk.scene.value;
  const name = scene.people.get(face.pid)?.name || (manifest ? nameOf(manifest, face.pid) : "");
  const isStalled = face.track !== null && desk.playback.stalled.value.has(face.track.id);
  const hasHand = scene.hands.has(face.pid);
  const why = isStalled ? t("player-gap-slow") : face.why ? t(`player-gap-${face.why}`) : "";
  return (
    <figure
      class={face.isSpeaking ? "face is-speaking" : "face"}
      style={{ "--tint": tintOf(face.pid) }}
    >
      {face.track && hasVideo ? (
        <TrackVideo
          desk={desk}
          track={face.track}
          label={t("player-camera-of", { name })}
          class="face-picture"
        />
      ) : (
        <div class="face-card">
          <Avatar name={name} id={face.pid} size={size} />
        </div>
      )}
      {why !== "" && <p class="face-why">{why}</p>}
      <figcaption>
        {face.isSpeaking && <Icon name="mic" />}
        {hasHand && <Icon name="hand" />}
        <span class="ell">{name}</span>
        {face.isSpeaking && <span class="vh">{t("player-speaking")}</span>}
        {hasHand && <span class="vh">{t("player-hand-up")}</span>}
      </figcaption>
    </figure>
  );
}

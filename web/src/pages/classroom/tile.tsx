/** A face: picture or initials, name, microphone, connection, and the ring of who speaks. */

import { useEffect, useState } from "preact/hooks";
import { placeOf } from "../../room/floor";
import { isSending } from "../../room/state";
import { t } from "../../text/text";
import { Avatar, tintOf } from "../../ui/avatar";
import { Icon, type IconName } from "../../ui/icon";
import type { Participant } from "../../wire/messages";
import { Stars } from "./ask/stars";
import type { Desk } from "./desk";
import { Picture } from "./picture";
import { TileBubbles } from "./react/bubbles";

interface TileProps {
  desk: Desk;
  person: Participant;
  /** Initials are larger in a large tile. */
  avatar?: number;
  style?: Record<string, string>;
}

export function Tile({ desk, person, avatar = 56, style }: TileProps) {
  const own = person.id === desk.room.value.selfId;
  const away = person.connection === "away";
  const picture = pictureOf(desk, person);
  const short = picture ? desk.session.call.downlink.shortage.value.cameras.get(person.id) : null;
  const paused = short === "off";
  const [held, setHeld] = useHeld(paused);
  const speaking = isSpeaking(desk, person);
  const chosen = desk.chosen.value === person.id;
  const lit = desk.room.value.floor.spotlight === person.id;
  const states = [speaking && "is-speaking", away && "is-away", held && "is-held"].filter(Boolean);
  return (
    <figure
      class={["tile", ...states].join(" ")}
      style={{ "--tint": tintOf(person.id), ...style }}
      data-person={person.id}
    >
      {/* Behind the picture as well: until its first frame comes, there is a face all the same. */}
      <div class="tile-off">
        <Avatar name={person.name} id={person.id} size={avatar} />
      </div>
      {picture && (
        <Picture
          desk={desk}
          track={picture.track}
          consumerId={picture.consumerId}
          label={person.name}
          mirrored={own}
          pinned={chosen}
          onFresh={held && !paused ? () => setHeld(false) : undefined}
        />
      )}
      {(chosen || lit || short === "size") && (
        <div class="tile-signs">
          {chosen && <Sign icon="pin" word={t("room-pinned")} />}
          {lit && <Sign icon="spotlight" word={t("floor-spotlit")} />}
          {short === "size" && <Sign icon="net-weak" word={t("net-tile-small")} weak />}
        </div>
      )}
      <HandSign desk={desk} person={person} />
      <TileBubbles desk={desk} person={person} />
      {(away || paused) && <Note away={away} />}
      <Caption desk={desk} person={person} speaking={speaking} />
      <ChooseButton desk={desk} person={person} />
    </figure>
  );
}

/** True from when a picture is paused until its next frame is here: nobody looks at a frozen one. */
function useHeld(paused: boolean): [boolean, (held: boolean) => void] {
  const [held, setHeld] = useState(paused);
  useEffect(() => {
    if (paused) setHeld(true);
  }, [paused]);
  return [paused || held, setHeld];
}

function Sign({ icon, word, weak }: { icon: IconName; word: string; weak?: boolean }) {
  const names = weak ? "tile-sign is-weak" : "tile-sign";
  return (
    <span class={names} role="img" aria-label={word} data-tip={word}>
      <Icon name={icon} />
    </span>
  );
}

/** A raised hand with its place in the queue. */
function HandSign({ desk, person }: { desk: Desk; person: Participant }) {
  const place = placeOf(desk.room.value.hands, person.id);
  if (place === 0) return null;
  const word = t("floor-hand-of", { name: person.name, place });
  return (
    <span class="tile-hand num" role="img" aria-label={word} data-tip={word}>
      <Icon name="hand" />
      {place}
    </span>
  );
}

/** Why there is no moving picture though the camera is on. */
function Note({ away }: { away: boolean }) {
  const word = t(away ? "room-away" : "net-tile-paused");
  return (
    <span class="tile-note">
      <Icon name={away ? "net-off" : "net-weak"} />
      <span class="is-long">{word}</span>
      <span class="is-short" aria-hidden="true">
        {away ? "" : t("net-tile-paused-short")}
      </span>
    </span>
  );
}

function Caption(props: { desk: Desk; person: Participant; speaking: boolean }) {
  const { desk, person, speaking } = props;
  const own = person.id === desk.room.value.selfId;
  return (
    <figcaption>
      {isMuted(desk, person) ? (
        <span class="tile-mic" role="img" aria-label={t("room-muted")}>
          <Icon name="mic-off" />
        </span>
      ) : (
        speaking && (
          <span class="eq" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
        )
      )}
      <span class="tile-name" data-tip={person.name}>
        {own ? t("room-name-you", { name: person.name }) : person.name}
      </span>
      <Stars desk={desk} person={person} />
    </figcaption>
  );
}

/**
 * The whole tile is the way to make a face large, for the mouse, a finger and the keyboard; in a
 * class of one there is nothing to choose.
 */
function ChooseButton({ desk, person }: { desk: Desk; person: Participant }) {
  if (desk.faces.value.length < 2) return null;
  const chosen = desk.chosen.value === person.id;
  const label = chosen
    ? t("room-unpin", { name: person.name })
    : t("room-pin", { name: person.name });
  return (
    <button
      type="button"
      class="tile-press"
      aria-pressed={chosen}
      aria-label={label}
      onClick={(event) => choose(desk, person.id, chosen, event.detail > 0)}
    >
      <span class="tile-hint">
        <Icon name={chosen ? "unpin" : "pin"} />
      </span>
    </button>
  );
}

/** The second press of a double one would take back the first, on whatever lies there by then. */
const DOUBLE_MS = 400;
let chosenAt = 0;

/** A key is never the second press of a double one. */
function choose(desk: Desk, id: string, chosen: boolean, byPointer: boolean): void {
  const now = performance.now();
  if (byPointer && now - chosenAt < DOUBLE_MS) return;
  chosenAt = now;
  desk.chosen.value = chosen ? null : id;
  desk.page.value = 0;
  if (!desk.content.value) desk.setView(chosen ? "gallery" : "focus");
}

export function isSpeaking(desk: Desk, person: Participant): boolean {
  const here = person.connection === "here" && !isMuted(desk, person);
  return here && desk.session.speakers.value.has(person.id);
}

/** Ours is known here first; everybody else's is what the server says. */
export function isMuted(desk: Desk, person: Participant): boolean {
  const own = person.id === desk.room.value.selfId;
  return own ? !desk.session.microphone.on.value : !isSending(person.media, "microphone");
}

export function pictureOf(
  desk: Desk,
  person: Participant,
): { track: MediaStreamTrack; consumerId: string | null } | null {
  if (person.id === desk.room.value.selfId) {
    const track = desk.session.camera.on.value ? desk.session.camera.track.value : null;
    return track ? { track, consumerId: null } : null;
  }
  if (!isSending(person.media, "camera")) return null;
  return remotePicture(desk, person.id, "camera");
}

export function remotePicture(desk: Desk, id: string, source: "camera" | "screen") {
  const remote = desk.session.call.consumers.remote.value;
  // The newest: of a picture that is sent anew, or after a reset, the old one may still be there.
  return remote.findLast((one) => one.participantId === id && one.source === source) ?? null;
}

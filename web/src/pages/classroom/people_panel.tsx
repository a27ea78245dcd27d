/** Who is here, and how: microphone, camera, share, and whoever is reconnecting. */
import { groupOf } from "../../room/groups";
import { isSending } from "../../room/state";
import { t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import type { Participant } from "../../wire/messages";
import { copyLink } from "../copy_link";
import { Stars } from "./ask/stars";
import { hasPen, PenOf, PensForAll } from "./board/pens";
import type { Desk } from "./desk";
import { mayOrder } from "./floor/acts";
import { Hands, OwnHand } from "./floor/hands";
import { Order } from "./floor/lockset";
import { canMute, MuteButton, PersonMenu } from "./floor/person_row";
import { Waiting } from "./lobby/waiting";
import { NetworkOf, NetworkSummary, standingOf, useNetworkWatch } from "./network/everybody";
import { ReportLink } from "./report_link";
import { isMuted, isSpeaking, pictureOf } from "./tile";

export function PeoplePanel({ desk }: { desk: Desk }) {
  useNetworkWatch(desk);
  return (
    <>
      <div class="people-room">
        <div>
          <Waiting desk={desk} />
          <Hands desk={desk} />
          <NetworkSummary desk={desk} />
          <PensForAll desk={desk} />
          <ReportLink desk={desk} />
        </div>
        <ul class="scroll people" aria-label={t("room-people")}>
          {desk.people.value.map((person) => (
            <Person key={person.id} desk={desk} person={person} />
          ))}
        </ul>
      </div>
      <div class="panel-foot">
        <OwnHand desk={desk} />
        {mayOrder(desk) ? <Order desk={desk} /> : <Invite desk={desk} />}
      </div>
    </>
  );
}

function Invite({ desk }: { desk: Desk }) {
  return (
    <Button look="line" icon="link" onClick={() => void copyLink(desk.code)}>
      {t("room-invite-long")}
    </Button>
  );
}

function Person({ desk, person }: { desk: Desk; person: Participant }) {
  const own = person.id === desk.room.value.selfId;
  const away = person.connection === "away";
  const muted = isMuted(desk, person);
  const troubled = networkNote(desk, person);
  const note = troubled ?? noteOf(desk, person);
  return (
    <li class={away ? "person is-away" : troubled ? "person is-weak" : "person"}>
      <Avatar name={person.name} id={person.id} size={32} />
      <div class="who">
        <b data-tip={person.name}>
          {own ? t("room-name-you", { name: person.name }) : person.name}
        </b>
        {note && <span data-tip={note}>{note}</span>}
      </div>
      <Stars desk={desk} person={person} />
      <PenOf desk={desk} person={person} />
      {isSending(person.media, "screen") && (
        <span
          class="st is-on"
          role="img"
          aria-label={t("room-sharing")}
          data-tip={t("room-sharing")}
        >
          <Icon name="screen" />
        </span>
      )}
      <NetworkOf desk={desk} person={person} />
      {away ? (
        <span class="st warn" role="img" aria-label={t("room-away")} data-tip={t("room-away")}>
          <Icon name="net-off" />
        </span>
      ) : canMute(desk, person) ? (
        <MuteButton desk={desk} person={person} />
      ) : (
        <span
          class={muted ? "st is-muted" : "st"}
          role="img"
          aria-label={muted ? t("room-muted") : t("room-microphone-on")}
          data-tip={muted ? t("room-muted") : t("room-microphone-on")}
        >
          <Icon name={muted ? "mic-off" : "mic"} />
        </span>
      )}
      <PersonMenu desk={desk} person={person} />
    </li>
  );
}

/** A connection in trouble is told before everything else, to whom it is told at all. */
function networkNote(desk: Desk, person: Participant): string | null {
  const standing = standingOf(desk, person);
  if (standing === "poor") return t("net-note-poor");
  if (standing !== "weak") return null;
  const known = desk.session.network.people.value?.get(person.id);
  const first = known && (known.reductions.length > 0 || known.measures.length > 0);
  return t(first ? "net-note-first" : "net-note-weak");
}

/** Where nobody is on the room's list, everybody being a guest says nothing. */
function hasList(desk: Desk): boolean {
  return desk.people.value.some((person) => person.enrolled);
}

/** At most three facts, the most useful first: "Teacher, speaking". */
function noteOf(desk: Desk, person: Participant): string {
  const facts: string[] = [];
  if (person.role !== "student") facts.push(t(`room-role-${person.role}`));
  if (person.role === "student" && mayOrder(desk) && hasList(desk)) {
    facts.push(t(person.enrolled ? "enrol-sign" : "enrol-guest"));
  }
  const place = groupOf(desk.room.value.groups, person.group);
  if (place) facts.push(place.name);
  if (person.connection === "away") facts.push(t("room-away"));
  else if (person.on_stage) facts.push(t("floor-stage-note"));
  else if (isSending(person.media, "screen")) facts.push(t("room-sharing-note"));
  else if (hasPen(person)) facts.push(t("board-has-pen"));
  else if (isSpeaking(desk, person)) facts.push(t("room-speaking"));
  else if (!pictureOf(desk, person)) facts.push(t("room-camera-off"));
  const note = facts.join(t("room-list-comma"));
  return note.charAt(0).toLocaleUpperCase() + note.slice(1);
}

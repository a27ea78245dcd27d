/** Says aloud, and where it concerns oneself shows, what happens on the floor. */
import { effect } from "@preact/signals";
import type { FloorMirror } from "../../room/floor";
import { participantOf } from "../../room/state";
import { t } from "../../text/text";
import { announce, toast } from "../../ui/live";
import type { Desk } from "./desk";
import { mayOrder } from "./floor/acts";
import { followLayout } from "./floor/follow_layout";
import { sayReactions } from "./react/say_reactions";

export function sayFloor(desk: Desk): () => void {
  const ends = [
    sayHands(desk),
    saySilenced(desk),
    sayDeclined(desk),
    followSpotlight(desk),
    followLayout(desk),
    sayReactions(desk),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** A hand is news for staff alone: a class of thirty would hear of nothing else. */
function sayHands(desk: Desk): () => void {
  let before: FloorMirror["hands"] | null = null;
  return effect(() => {
    const { hands } = desk.room.value;
    const known = before;
    before = hands;
    const last = hands.at(-1);
    if (!known || !last || hands.length <= known.length || !mayOrder(desk)) return;
    const name = participantOf(desk.room.peek(), last.participant_id)?.name;
    if (name) announce(t("floor-say-raised", { name, count: hands.length }));
  });
}

function saySilenced(desk: Desk): () => void {
  let before = desk.session.silenced.peek();
  return effect(() => {
    const event = desk.session.silenced.value;
    if (!event || event === before) return;
    before = event;
    const what = event.sources.includes("microphone")
      ? "microphone"
      : event.sources.includes("camera")
        ? "camera"
        : event.sources.includes("screen")
          ? "share"
          : "sound";
    toast(t(`floor-silenced-${event.why.replace("_", "-")}`, { what }));
  });
}

function sayDeclined(desk: Desk): () => void {
  let before: FloorMirror["declined"] = null;
  return effect(() => {
    const { declined, selfId } = desk.room.value;
    if (!declined || declined === before) return;
    before = declined;
    const name = participantOf(desk.room.peek(), declined.participantId)?.name;
    if (name && declined.participantId !== selfId) toast(t("floor-declined", { name }));
  });
}

/** Whoever is lit for everybody is large; afterwards faces stand as before. */
function followSpotlight(desk: Desk): () => void {
  let lit: string | null = null;
  let turned = false;
  return effect(() => {
    const { spotlight } = desk.room.value.floor;
    if (spotlight === lit) return;
    lit = spotlight;
    if (desk.content.peek()) return;
    if (spotlight && desk.view.peek() === "gallery") {
      turned = true;
      desk.setView("focus");
    } else if (!spotlight && turned) {
      turned = false;
      if (desk.view.peek() === "focus") desk.setView("gallery");
    }
  });
}

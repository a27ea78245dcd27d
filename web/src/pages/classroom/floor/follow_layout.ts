/**
 * The layout for everybody: taken over once for each choice, so that whoever changes their own
 * afterwards keeps it. Whoever is followed tells each change of their own.
 */
import { effect, untracked } from "@preact/signals";
import { participantOf } from "../../../room/state";
import { t } from "../../../text/text";
import { announce, toast } from "../../../ui/live";
import type { Floor, Layout } from "../../../wire/messages";
import type { Desk } from "../desk";
import type { View } from "../layout";

export function followLayout(desk: Desk): () => void {
  const ends = [takeOver(desk), lead(desk)];
  return () => {
    for (const end of ends) end();
  };
}

function takeOver(desk: Desk): () => void {
  let taken: Layout | null = null;
  let followed: string | null = null;
  let known = false;
  return effect(() => {
    const { floor, selfId } = desk.room.value;
    if (selfId === "") return;
    const before = { known, followed };
    known = true;
    followed = floor.leader;
    const { layout } = floor;
    if (!layout || isSame(layout, taken)) return;
    taken = layout;
    if (layout.by === selfId && floor.leader === selfId) return;
    untracked(() => {
      desk.setView(layout.view);
      // What was so when we came is no news, nor is what we did ourselves.
      if (before.known && layout.by !== selfId) say(desk, floor, layout, before.followed);
    });
  });
}

function isSame(one: Layout, other: Layout | null): boolean {
  return one.at_ms === other?.at_ms && one.by === other.by && one.view === other.view;
}

function say(desk: Desk, floor: Floor, layout: Layout, followed: string | null): void {
  const name = participantOf(desk.room.value, layout.by)?.name;
  if (!name) return;
  const words = t(`floor-layout-say-${layout.view}`, { name });
  if (floor.leader === null) toast(words);
  else if (floor.leader !== followed) toast(t("floor-layout-say-follow", { name }));
  else announce(words);
}

function lead(desk: Desk): () => void {
  let sent: View | null = null;
  return effect(() => {
    const view = desk.view.value;
    const { floor, selfId, rights } = desk.room.value;
    const leads = rights.may_order && floor.leader === selfId;
    if (!leads || floor.layout?.view === view) {
      sent = null;
      return;
    }
    if (sent === view) return;
    sent = view;
    void desk.session.wire.request("floor.layout", { view, leads: true }).then((answer) => {
      // Without an answer the next change of the room asks again.
      if (!answer.ok) sent = null;
    });
  });
}

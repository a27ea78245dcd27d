/** The classroom: top bar, floor with stage, faces and panel, call bar, and what lies above. */
import { useEffect } from "preact/hooks";
import { t } from "../../text/text";
import { useTitle } from "../frame";
import { followAsk } from "./ask/follow_ask";
import { Banners } from "./banners";
import { CallBar } from "./call_bar";
import { followDecks } from "./decks/follow_decks";
import { followSlides } from "./decks/follow_slides";
import type { Desk } from "./desk";
import { Drops } from "./files/drops";
import { LightBox } from "./files/light_box";
import { guardUnsent } from "./files/unsent";
import { Floor } from "./floor";
import { followGroups } from "./groups/follow_groups";
import { followInk } from "./ink/follow_ink";
import { LeaveDialog } from "./leave_dialog";
import { followRecording } from "./recording/follow_recording";
import { RecordingLayers } from "./recording/layers";
import { followRoomKeys } from "./room_keys";
import { ShareDialog } from "./share_dialog";
import { ShortcutsSheet } from "./shortcuts_sheet";
import { SidePanel } from "./side_panel";
import { SoundDialog } from "./sound_dialog";
import { TopBar } from "./top_bar";
import { followTalk } from "./visit/talk";

export function Room({ desk }: { desk: Desk }) {
  useEffect(() => followRoomKeys(desk), [desk]);
  useEffect(() => followAsk(desk), [desk]);
  useEffect(() => followGroups(desk), [desk]);
  useEffect(() => followDecks(desk), [desk]);
  useEffect(() => followInk(desk), [desk]);
  useEffect(() => followRecording(desk), [desk]);
  useEffect(() => followSlides(desk), [desk]);
  useEffect(() => followTalk(desk), [desk]);
  useEffect(() => guardUnsent(desk), [desk]);
  const unread = desk.unread.value;
  const title = desk.room.value.title;
  const named = unread > 0 ? t("room-title-unread", { count: unread, title }) : title;
  const records = desk.room.value.recording.facts.phase === "on";
  useTitle(records ? t("recording-title", { title: named }) : named);
  return (
    <div
      class="room"
      data-form={desk.form.value}
      data-panel={desk.panel.value}
      data-view={desk.view.value}
      data-share={desk.content.value ? "yes" : "no"}
      data-stage={desk.content.value ?? "faces"}
    >
      <TopBar desk={desk} />
      <RecordingLayers desk={desk} />
      <main class="floor">
        <Floor desk={desk} />
        <SidePanel desk={desk} />
        <Banners desk={desk} />
        <Drops desk={desk} />
      </main>
      <CallBar desk={desk} />
      <ShareDialog desk={desk} />
      <SoundDialog desk={desk} />
      <LightBox desk={desk} />
      <ShortcutsSheet desk={desk} />
      <LeaveDialog desk={desk} />
    </div>
  );
}

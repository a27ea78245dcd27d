/** The bar within the hand's reach: what one sends, hand, reactions, more, leave, and the panels. */
import type { OwnDevice } from "../../room/own_device";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { copyLink } from "../copy_link";
import { leave, pressShare, refusalKey, toggleCamera, toggleMicrophone } from "./actions";
import { mayLead, pressBoard } from "./board/acts";
import { Control } from "./control";
import type { Desk } from "./desk";
import { isStudent, pressHand } from "./floor/acts";
import { mayShare } from "./may_share";
import { MicrophoneLevel } from "./microphone_level";
import { MoreMenu } from "./more_menu";
import { barPanels } from "./panels";
import { mayReact, pressReact, REACT_ID } from "./react/acts";
import { ReactFlyout } from "./react/flyout";
import { RecordControl } from "./recording/control";

export function CallBar({ desk }: { desk: Desk }) {
  const phone = desk.form.value === "phone";
  return (
    <footer class="callbar">
      {!phone && (
        <div class="invite">
          <Button look="quiet" icon="link" onClick={() => void copyLink(desk.code)}>
            {t("room-invite")} <span class="num faint">{desk.code}</span>
          </Button>
        </div>
      )}
      <div class="ctls" role="toolbar" aria-label={t("room-call")}>
        <MicrophoneControl desk={desk} />
        <CameraControl desk={desk} />
        {!phone && <span class="gap" />}
        {!phone && <ShareControl desk={desk} />}
        {!phone && <BoardControl desk={desk} />}
        <HandControl desk={desk} />
        {desk.form.value === "wide" && <ReactControl desk={desk} />}
        {desk.form.value === "wide" && <RecordControl desk={desk} />}
        {phone && <PanelControls desk={desk} />}
        <MoreMenu desk={desk} />
        {!phone && <span class="gap" />}
        <Control icon="leave" state="leave" word={t("room-leave")} onPress={() => leave(desk)} />
      </div>
      <ReactFlyout desk={desk} />
      {!phone && (
        <nav class="ctls tabs" aria-label={t("room-panels")}>
          <PanelControls desk={desk} />
        </nav>
      )}
    </footer>
  );
}

function MicrophoneControl({ desk }: { desk: Desk }) {
  const microphone = desk.session.microphone;
  if (!mayEver(desk)) return null;
  const locked = !desk.room.value.rights.may_speak;
  const on = microphone.on.value;
  const refused = microphone.refusal.value;
  const state = deviceState(microphone, locked);
  return (
    <Control
      icon={on ? "mic" : "mic-off"}
      state={state}
      word={state === "waiting" ? t("room-starting") : on ? t("room-mute") : t("room-unmute")}
      tip={
        locked
          ? t("error-lock-microphone")
          : refused
            ? t(refusalKey(refused, "microphone"))
            : t("room-microphone-tip")
      }
      onPress={() => void toggleMicrophone(desk)}
    >
      {on && <MicrophoneLevel desk={desk} />}
    </Control>
  );
}

/** How the control of an own device looks; nothing while it is on. */
function deviceState(device: OwnDevice, locked: boolean) {
  if (device.starting.value) return "waiting";
  if (device.refusal.value) return "blocked";
  if (locked) return "locked";
  return device.on.value ? undefined : "off";
}

function CameraControl({ desk }: { desk: Desk }) {
  const camera = desk.session.camera;
  if (!mayEver(desk)) return null;
  const locked = !desk.room.value.rights.may_show_camera;
  const on = camera.on.value;
  const refused = camera.refusal.value;
  const state = deviceState(camera, locked);
  // Seven controls share a phone's width: there the slash alone says which way a press goes.
  const short = desk.form.value === "phone" ? t("camera") : null;
  return (
    <Control
      icon={on ? "cam" : "cam-off"}
      state={state}
      word={
        state === "waiting"
          ? t("room-starting")
          : (short ?? t(on ? "room-camera-stop" : "room-camera-start"))
      }
      tip={
        locked
          ? t("error-lock-camera")
          : refused
            ? t(refusalKey(refused, "camera"))
            : t("room-camera-tip")
      }
      onPress={() => void toggleCamera(desk)}
    />
  );
}

function ShareControl({ desk }: { desk: Desk }) {
  const share = desk.session.share;
  if (!mayShare(desk)) return null;
  const live = share.video.value !== null;
  const locked = !desk.room.value.rights.may_share;
  return (
    <Control
      icon={live ? "share-off" : "share"}
      state={share.starting.value ? "waiting" : live ? "live" : locked ? "locked" : undefined}
      word={
        share.starting.value
          ? t("room-share-choosing")
          : live
            ? t("room-share-stop")
            : t("room-share")
      }
      tip={t(locked ? "error-lock-share" : "room-share-tip")}
      onPress={() => pressShare(desk)}
    />
  );
}

function BoardControl({ desk }: { desk: Desk }) {
  if (!mayLead(desk)) return null;
  const live = desk.content.value === "board";
  return (
    <Control
      icon="board"
      state={live ? "live" : undefined}
      word={t("board")}
      pressed={live}
      tip={t(live ? "board-put-away" : "board-show")}
      onPress={() => pressBoard(desk)}
    />
  );
}

/** Who only watches is offered nothing to send; of the others a lock takes it for a while. */
function mayEver(desk: Desk): boolean {
  return desk.self.value !== null && desk.self.value.role !== "observer";
}

function HandControl({ desk }: { desk: Desk }) {
  if (!isStudent(desk)) return null;
  const up = desk.handUp.value;
  const place = desk.handPlace.value;
  const locked = !up && !desk.room.value.rights.may_raise_hand;
  const tip = locked
    ? t("error-lock-hands")
    : up
      ? t("floor-own-place", { place: Math.max(1, place) })
      : t("floor-hand-tip");
  const word = desk.form.value === "phone" ? t("floor-hand-short") : null;
  return (
    <Control
      icon="hand"
      state={up ? "raised" : locked ? "locked" : undefined}
      pressed={up}
      badge={up ? place : 0}
      word={word ?? t(up ? "floor-hand-up" : "floor-hand-raise")}
      tip={tip}
      onPress={() => pressHand(desk)}
    />
  );
}

function ReactControl({ desk }: { desk: Desk }) {
  const may = mayReact(desk);
  return (
    <Control
      icon="smile"
      state={may ? undefined : "locked"}
      word={t("react")}
      tip={t(may ? "react-tip" : "error-lock-reactions")}
      opens={may ? REACT_ID : undefined}
      onPress={may ? undefined : () => pressReact(desk)}
    />
  );
}

function PanelControls({ desk }: { desk: Desk }) {
  const open = desk.panel.value;
  return (
    <>
      {barPanels(desk).map((panel) => {
        const badge = panel.badge(desk);
        return (
          <Control
            key={panel.id}
            icon={panel.icon}
            state={open === panel.id ? "open" : undefined}
            pressed={open === panel.id}
            badge={badge.count}
            badgeLook={badge.look}
            word={t(panel.titleKey)}
            tip={badge.tip}
            onPress={() => desk.togglePanel(panel.id)}
          />
        );
      })}
    </>
  );
}

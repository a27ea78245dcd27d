/** What each key does at a desk. */
import { pressShare, setMicrophone, toggleCamera, toggleMicrophone } from "./actions";
import { mayLead, pressBoard } from "./board/acts";
import { type Desk, turnFaces } from "./desk";
import { pressHand } from "./floor/acts";
import { maySeeFullScreen, toggleFullScreen } from "./full_screen";
import { pressDraw } from "./ink/acts";
import { followKeys, type KeyAct } from "./keys";
import type { View } from "./layout";
import { mayShare } from "./may_share";
import { shownPanels } from "./panels";
import { pressReact } from "./react/acts";
import { pressRecord } from "./recording/acts";

const NEXT_VIEW: Record<View, View> = { focus: "gallery", gallery: "side", side: "focus" };

export function followRoomKeys(desk: Desk): () => void {
  return followKeys({
    act: (act) => perform(desk, act),
    panel: (letter) => {
      const panel = shownPanels(desk).find((one) => one.key === letter);
      if (panel) desk.togglePanel(panel.id);
      return panel !== undefined;
    },
    hold: (down) => hold(desk, down),
    turn: (step) => desk.content.value !== "board" && turnFaces(desk, step),
    escape: () => {
      desk.panel.value = "none";
    },
  });
}

function perform(desk: Desk, act: KeyAct): void {
  switch (act) {
    case "microphone":
      void toggleMicrophone(desk);
      return;
    case "camera":
      void toggleCamera(desk);
      return;
    case "share":
      if (mayShare(desk)) pressShare(desk);
      return;
    case "hand":
      pressHand(desk);
      return;
    case "react":
      pressReact(desk);
      return;
    case "board":
      if (mayLead(desk)) pressBoard(desk);
      return;
    case "draw":
      void pressDraw(desk);
      return;
    case "record":
      pressRecord(desk);
      return;
    case "layout":
      desk.setView(NEXT_VIEW[desk.view.value]);
      return;
    case "full":
      if (maySeeFullScreen()) toggleFullScreen(document.documentElement);
      return;
    case "help":
      desk.overlay.value = "shortcuts";
  }
}

/** Push to talk: only for somebody who is muted, and only as long as the key is down. */
function hold(desk: Desk, down: boolean): void {
  if (down === desk.holding.value) return;
  if (down && desk.session.microphone.on.value) return;
  desk.holding.value = down;
  void setMicrophone(desk, down);
}

/** While a seat is taken: the board's news, its keys' switch, and who gets or loses the pen. */
import { effect } from "@preact/signals";
import type { Desk } from "../desk";
import { singleKeys } from "../keys";
import { screens } from "./parts";
import { tellOwnPen } from "./pens";

export function followBoard(desk: Desk): () => void {
  const { board } = desk.session;
  const stops = [
    tellOwnPen(desk),
    effect(() => {
      board.singleKeys.value = singleKeys.value;
    }),
    effect(() => {
      const open = board.open.value;
      const parts = screens.value;
      if (open && parts) return parts.followBoardNews(desk, open.view);
    }),
    // The panels of the board go with it.
    effect(() => {
      const ofBoard = desk.panel.value === "pages" || desk.panel.value === "objects";
      if (ofBoard && desk.content.value !== "board") desk.panel.value = "none";
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

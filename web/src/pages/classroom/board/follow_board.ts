/** While a seat is taken: the board's news, its keys' switch, and who gets or loses the pen. */
import { effect } from "@preact/signals";
import { type Desk, isOfBoard } from "../desk";
import { singleKeys } from "../keys";
import { followWall } from "../wall/follow_wall";
import { screens } from "./parts";
import { tellOwnPen } from "./pens";

function keepHere(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

export function followBoard(desk: Desk): () => void {
  const { board } = desk.session;
  const stops = [
    tellOwnPen(desk),
    followWall(desk),
    effect(() => {
      board.singleKeys.value = singleKeys.value;
    }),
    effect(() => {
      const open = board.open.value;
      const parts = screens.value;
      if (open && parts) return parts.followBoardNews(desk, open.view);
    }),
    // Whoever closes the page now would lose what the server does not have: the browser asks.
    effect(() => {
      if ((board.open.value?.link.unsaved.value ?? 0) === 0) return;
      addEventListener("beforeunload", keepHere);
      return () => removeEventListener("beforeunload", keepHere);
    }),
    // The panels of the board go with it.
    effect(() => {
      if (isOfBoard(desk.panel.value) && desk.content.value !== "board") desk.panel.value = "none";
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

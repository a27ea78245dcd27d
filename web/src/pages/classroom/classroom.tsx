/** One seat on the screen, from joining to leaving: the room itself, or why we are not in it. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { watchDevices } from "../../media/devices";
import type { Session } from "../../room/session";
import { forgetSeat, leaveSeat, tabSeat } from "../../wire/seats";
import { returnToGreenRoom } from "../join";
import { talkPlace } from "../talk_place";
import { followBoard } from "./board/follow_board";
import { createDesk, type Desk } from "./desk";
import {
  EndedPage,
  JoiningPage,
  LeftPage,
  RefusedPage,
  RemovedPage,
  ReplacedPage,
  TakenDialog,
  WaitingPage,
} from "./endings";
import { hangHook } from "./hook";
import { sayLobby } from "./lobby/say_lobby";
import { recordedOf, reportOf, useReportSeat } from "./report_link";
import { Room } from "./room";
import { sayFloor } from "./say_floor";
import { sayNews } from "./say_news";
import { takeSeatIn } from "./seating";
import { followForm } from "./use_size";
import { watchVoice } from "./watch_voice";
import "../../style/room.css";

export function Classroom({ code }: { code: string }) {
  const [session, setSession] = useState<Session | null>(() => takeSeatIn(code, false));
  useEffect(() => {
    if (!session) returnToGreenRoom();
    return () => session?.close();
  }, [session]);
  if (!session) return null;
  return (
    <Seat code={code} session={session} onTakeOver={() => setSession(takeSeatIn(code, true))} />
  );
}

const KEPT = new Set(["lobby.refused", "lobby.crowded", "room.locked"]);

interface SeatProps {
  code: string;
  session: Session;
  onTakeOver(): void;
}

function Seat({ code, session, onTakeOver }: SeatProps) {
  const desk = useDesk(code, session);
  const standing = session.standing.value;
  const title = desk.room.value.title;
  useReportSeat(desk, code);
  const back = () => {
    leaveSeat(code);
    returnToGreenRoom();
  };
  useEffect(() => {
    // Who is turned away, or finds the class locked, comes back as the same person.
    const keeps = standing.is === "refused" && KEPT.has(standing.refusal.code);
    if (standing.is === "ended" || (standing.is === "refused" && !keeps)) forgetSeat(code);
  }, [standing.is]);
  switch (standing.is) {
    case "inside":
    case "reconnecting":
      return <Room desk={desk} />;
    case "joining":
      return <JoiningPage />;
    case "waiting":
      return (
        <WaitingPage
          code={code}
          name={tabSeat(code)?.name ?? ""}
          onLeave={() => void session.leave()}
        />
      );
    case "taken":
      return (
        <>
          <JoiningPage />
          <TakenDialog onUse={() => session.open(true)} onStay={() => session.giveWay()} />
        </>
      );
    case "replaced":
      return <ReplacedPage title={title} onReturn={onTakeOver} />;
    case "left":
      return <LeftPage title={title} onReturn={back} onward={talkPlace(code)} />;
    case "ended":
      return (
        <EndedPage
          title={title}
          onward={talkPlace(code)}
          report={reportOf(desk)}
          recording={recordedOf(desk)}
          room={desk.room.value.roomId}
        />
      );
    case "refused":
      if (standing.refusal.code === "seat.removed") return <RemovedPage />;
      return <RefusedPage refusal={standing.refusal} onReturn={back} />;
  }
}

function useDesk(code: string, session: Session): Desk {
  const form = useMemo(followForm, []);
  const desk = useMemo(() => createDesk(code, session, form.form), [session]);
  useEffect(() => form.stop, [form]);
  useEffect(() => watchDevices(), []);
  useEffect(() => {
    const stops = [
      hangHook(desk),
      watchVoice(desk),
      sayNews(desk),
      sayFloor(desk),
      sayLobby(desk),
      followBoard(desk),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [desk]);
  return desk;
}

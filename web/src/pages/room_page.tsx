/** One address, two rooms: the green room first, and after joining (or a refresh) the class. */
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../text/refusal";
import { t } from "../text/text";
import { Button } from "../ui/button";
import { toast } from "../ui/live";
import { forgetSeat, tabSeat } from "../wire/seats";
import { classroomMissing, classroomPage, fetchClassroom } from "./classroom_door";
import { DoorFrame, Loading } from "./frame";
import { GreenRoom } from "./green_room/green_room";
import { joining, roomView } from "./join";
import { navigate } from "./router";

/** They came by a link of their own: a seat this tab had as somebody else is not theirs now. */
const OWN_LINK = "#own";
/** They are known in this browser as somebody else, and stay that. */
const LINK_NOT_TAKEN = "#other";

export function RoomPage({ code }: { code: string }) {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (joining.value?.code !== code) joining.value = null; // else they come from the waiting room
    if (location.hash === OWN_LINK) forgetSeat(code);
    if (location.hash === LINK_NOT_TAKEN) toast(t("enrol-not-taken"));
    if (location.hash !== "") navigate(location.pathname, { replace: true });
    roomView.value = tabSeat(code) ? "classroom" : "green_room";
    setReady(true);
  }, [code]);
  if (!ready) return null;
  return roomView.value === "classroom" ? <Inside code={code} /> : <GreenRoom code={code} />;
}

function Inside({ code }: { code: string }) {
  useEffect(() => {
    if (classroomPage.value === null) void fetchClassroom();
  }, []);
  const Classroom = classroomPage.value;
  if (Classroom) return <Classroom code={code} />;
  return (
    <DoorFrame class="entry">
      {classroomMissing.value ? (
        <div class="entry-form">
          <p>{refusalText("network.offline")}</p>
          <Button look="line" icon="again" onClick={() => void fetchClassroom()}>
            {t("again")}
          </Button>
        </div>
      ) : (
        <Loading />
      )}
    </DoorFrame>
  );
}

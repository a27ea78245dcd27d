/** The talk this class is, for whoever leads it; kept after the class for what comes then. */
import { signal } from "@preact/signals";
import { heardNow, serverNow } from "../../../booking/now";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import { readTalkRoom, type TalkRoom } from "../../../wire/talks";
import type { Desk } from "../desk";

const LOOK_MS = 15_000;
const WARN_MIN = 5;

/** null in every class that is none. */
export const talk = signal<TalkRoom | null>(null);
/** Minutes until its planned end; negative afterwards. */
export const minutesLeft = signal(0);
/** The room of the talk, which outlives the class. */
export const talkRoom = signal({ code: "", id: "" });

export function keepTalk(told: TalkRoom): void {
  heardNow(told.now);
  talk.value = told;
  minutesLeft.value = Math.ceil((Date.parse(told.until) - serverNow()) / 60_000);
}

/** Asks once whether this class is a talk, then says quietly when its time is nearly over. */
export function followTalk(desk: Desk): () => void {
  let gone = false;
  let warned = false;
  talk.value = null;
  const look = async () => {
    const result = await readTalkRoom(desk.code);
    if (gone || !result.ok) return;
    talkRoom.value = { code: desk.code, id: desk.room.value.roomId };
    keepTalk(result.value);
    if (desk.panel.value === "none" && desk.form.value === "wide") desk.panel.value = "visit";
  };
  const role = desk.self.value?.role;
  if (role === "host" || role === "assistant") void look();
  const timer = setInterval(() => {
    const told = talk.value;
    if (!told) return;
    minutesLeft.value = Math.ceil((Date.parse(told.until) - serverNow()) / 60_000);
    if (warned || minutesLeft.value > WARN_MIN || minutesLeft.value <= 0) return;
    warned = true;
    toast(t("talk-ends-soon", { count: minutesLeft.value }));
  }, LOOK_MS);
  return () => {
    gone = true;
    clearInterval(timer);
  };
}

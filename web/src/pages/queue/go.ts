/** The host goes into the talk: straight in, with microphone and camera on, as after a refresh. */
import { language } from "../../text/text";
import { readRoom, takeSeat } from "../../wire/api";
import { saveSeat, tabSeat } from "../../wire/seats";
import { navigate } from "../router";
import { keepTalkPlace } from "../talk_place";

/** `after` is where they go on when it is over. */
export async function goToTalk(code: string, after: string): Promise<void> {
  keepTalkPlace(code, after);
  const facts = await readRoom(code, language.value);
  const name = facts.ok ? (facts.value.you?.name ?? "") : "";
  const asks = !facts.ok || facts.value.recording.text !== null || name === "";
  const seat = asks || tabSeat(code) ? null : await takeSeat(code, { name, agreed: "" });
  if (seat?.ok)
    saveSeat(code, {
      token: seat.value.seat_token,
      participantId: seat.value.participant_id,
      role: seat.value.role,
      name,
      microphoneOn: true,
      cameraOn: true,
    });
  navigate(`/r/${code}`);
}

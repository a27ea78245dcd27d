/** From the waiting room straight into the talk, with the devices that were just checked. */
import { language } from "../../text/text";
import { readRoom, takeSeat } from "../../wire/api";
import type { Problem } from "../../wire/http";
import { saveSeat } from "../../wire/seats";
import { enterTalk } from "../../wire/waiting";
import { prepareClassroom } from "../classroom_door";
import type { LocalMedia } from "../green_room/local_media";
import { enterClass } from "../join";
import { navigate } from "../router";
import { keepTalkPlace } from "../talk_place";

/** Gives what stood in the way. `back` is the page about their appointment. */
export async function goIn(id: string, media: LocalMedia, back: string): Promise<Problem | null> {
  const clickedAt = performance.now();
  const way = await enterTalk(id);
  if (!way.ok) return way.error;
  const { code } = way.value;
  keepTalkPlace(code, back);
  const facts = await readRoom(code, language.value);
  if (!facts.ok) return facts.error;
  const name = facts.value.you?.name ?? "";
  const seat = facts.value.recording.text ? null : await takeSeat(code, { name, agreed: "" });
  if (seat === null || !seat.ok) {
    media.close(); // the green room asks what is still to be asked
    navigate(`/r/${code}#own`);
    return null;
  }
  void prepareClassroom(facts.value.rtp_capabilities);
  const tracks = media.handOver();
  saveSeat(code, {
    token: seat.value.seat_token,
    participantId: seat.value.participant_id,
    role: seat.value.role,
    name,
    microphoneOn: tracks.microphone?.enabled ?? false,
    cameraOn: tracks.camera !== null,
  });
  enterClass({
    code,
    title: facts.value.title,
    seatToken: seat.value.seat_token,
    participantId: seat.value.participant_id,
    role: seat.value.role,
    name,
    ...tracks,
    rtpCapabilities: facts.value.rtp_capabilities,
    clickedAt,
  });
  navigate(`/r/${code}`);
  return null;
}

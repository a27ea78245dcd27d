/**
 * Makes the session of this tab: from the green room's handover with its open devices, or after a
 * refresh from the seat the tab remembers, with the same devices on as before.
 */

import { chosen, refreshDevices } from "../../media/devices";
import { markJoin } from "../../media/marks";
import { Session } from "../../room/session";
import { readRoom } from "../../wire/api";
import type { JsonObject } from "../../wire/messages";
import { tabId, tabSeat } from "../../wire/seats";
import { joining } from "../join";

const RETRY_MS = 1_000;

/** Null when this tab has no seat here. */
export function takeSeatIn(code: string, takeover: boolean): Session | null {
  const handover = joining.value?.code === code ? joining.value : null;
  const seat = tabSeat(code);
  const token = handover?.seatToken ?? seat?.token;
  if (!token) return null;
  const capabilities = handover
    ? Promise.resolve(handover.rtpCapabilities as JsonObject)
    : routerCapabilities(code);
  const session = handover?.session ?? new Session({ token, tab: tabId() }, capabilities);
  session.call.playback.setSpeaker(chosen.value.speaker ?? "");
  markJoin(handover?.clickedAt ?? null);
  session.open(takeover);
  if (handover) {
    session.microphone.adopt(handover.microphone);
    session.camera.adopt(handover.camera);
    // Handed over once: a later session of this page goes by what the tab remembers.
    joining.value = null;
  } else if (seat) {
    void reopenDevices(session, seat);
  }
  return session;
}

async function reopenDevices(
  session: Session,
  seat: { microphoneOn: boolean; cameraOn: boolean },
): Promise<void> {
  // The chosen devices can be asked for by name only once it is known which ones there are.
  await refreshDevices();
  if (seat.microphoneOn) void session.microphone.set(true);
  if (seat.cameraOn) void session.camera.set(true);
}

/** Asked until it is answered: without a network the seat waits, it is not lost. */
async function routerCapabilities(code: string): Promise<JsonObject> {
  for (;;) {
    const room = await readRoom(code);
    if (room.ok) return room.value.rtp_capabilities;
    if (room.error.status >= 400 && room.error.status < 429) throw new Error(room.error.code);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** What somebody who waits wants to be on in the talk. Camera and microphone are let go of while they
 * wait, and opened again when they are let in; a reload forgets nothing. */
import { BOTH, type Wanted } from "../green_room/local_media";

const KEY = "classroom.wanted";

export function wanted(): Wanted {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (typeof kept !== "object" || kept === null) return BOTH;
    const { camera, microphone } = kept as Partial<Wanted>;
    return { camera: camera !== false, microphone: microphone !== false };
  } catch {
    return BOTH;
  }
}

export function keepWanted(now: Wanted): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // They come in with both, then, as in every green room.
  }
}

/** The room clock here: milliseconds since the lesson began, as on the server but for the way. */
import type { RoomState } from "./state";

/** What it shows at a moment of `performance.now()`. */
export function clockNow(state: RoomState, now = performance.now()): number {
  return Math.max(0, state.clock.ms + now - state.clock.at);
}

/** Where somebody goes on after a talk: kept in this tab when they go in, by the room's code. */

const TALK = "classroom.talk.";

export function keepTalkPlace(code: string, place: string): void {
  try {
    sessionStorage.setItem(TALK + code, place);
  } catch {
    // They go on from the home page, then.
  }
}

/** "" for a class, and where nothing was kept. */
export function talkPlace(code: string): string {
  try {
    return sessionStorage.getItem(TALK + code) ?? "";
  } catch {
    return "";
  }
}

/** Somebody became ready: a soft sound, and a notice of the system where it was asked for. */
import { effect, signal } from "@preact/signals";
import { type Chime, playChime } from "../../media/chime";
import { chosen } from "../../media/devices";
import { t } from "../../text/text";
import { announce } from "../../ui/live";
import type { Desk } from "../../wire/waiting";
import { desk } from "./feed";
import { newlyReady } from "./words";

/** E5, A5: somebody is at the door. */
const DOOR: Chime = { notes: [659.25, 880], noteS: 0.26, gain: 0.25 };

function present(): NotificationPermission | "missing" {
  return "Notification" in globalThis ? Notification.permission : "missing";
}

export const notices = signal(present());

/** Asked by a press only. */
export async function askForNotices(): Promise<void> {
  if (present() === "missing") return;
  notices.value = await Notification.requestPermission();
}

let before: Desk | null = null;

/** The names stay on the page: a notice may be seen by others. */
function ring(): void {
  const text = t("queue-ready-notice");
  announce(text);
  void playChime(DOOR, chosen.value.speaker);
  if (document.visibilityState === "visible" || notices.value !== "granted") return;
  const notice = new Notification(text, { tag: "waiting" });
  notice.onclick = () => {
    globalThis.focus();
    notice.close();
  };
}

effect(() => {
  const now = desk.value;
  if (now === null) {
    before = null;
    return;
  }
  const mine = new Set(now.hosts.filter((one) => one.is_mine).map(({ id }) => id));
  if (newlyReady(before, now).some((one) => mine.has(one.host_id))) ring();
  before = now;
});

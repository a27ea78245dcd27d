/** Being called while one looks elsewhere: a sound, the name of the tab, and a screen that stays on. */
import { useEffect } from "preact/hooks";
import { type Chime, playChime } from "../../media/chime";
import { chosen } from "../../media/devices";
import { t } from "../../text/text";

/** G4, C5, E5, twice: a call one hears from the next room. */
const CALL: Chime = { notes: [392, 523.25, 659.25, 392, 523.25, 659.25], noteS: 0.28, gain: 0.5 };
const BLINK_MS = 1_200;

/** Rings when `called` becomes true, and shows it in the name of the tab while it is. */
export function useCall(called: boolean): void {
  useEffect(() => {
    if (!called) return;
    void playChime(CALL, chosen.value.speaker);
    const before = document.title;
    let on = false;
    const blink = () => {
      on = !on;
      document.title = on ? t("wait-called-title") : before;
    };
    blink();
    const timer = setInterval(blink, BLINK_MS);
    return () => {
      clearInterval(timer);
      document.title = before;
    };
  }, [called]);
}

/** A phone on the table stays awake while somebody waits; where it cannot, nothing is lost. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let gone = false;
    const take = async () => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      const taken = await navigator.wakeLock.request("screen").catch(() => null);
      if (gone) void taken?.release();
      else lock = taken;
    };
    void take();
    const again = () => void take();
    document.addEventListener("visibilitychange", again);
    return () => {
      gone = true;
      document.removeEventListener("visibilitychange", again);
      void lock?.release();
    };
  }, []);
}

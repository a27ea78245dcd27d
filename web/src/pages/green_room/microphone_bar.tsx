/** The moving bar that shows that the microphone hears, with a word for what it hears. */
import { useSignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { createMeter, type Meter } from "../../media/meter";
import { t } from "../../text/text";
import { Icon } from "../../ui/icon";
import type { Side } from "./local_media";

const BARS = 28;
const HEARD_LEVEL = 0.3;
const HEARD_FOR_MS = 2000;
const SILENT_LEVEL = 0.04;
const SILENT_AFTER_MS = 8000;

type Hearing = "none" | "starting" | "muted" | "silent" | "you" | "say-something";

export function MicrophoneBar({ side }: { side: Side }) {
  const [meter, setMeter] = useState<Meter | null>(null);
  const { track } = side;
  useEffect(() => {
    if (!track) return;
    const made = createMeter(track);
    setMeter(made);
    return () => {
      setMeter(null);
      made.close();
    };
  }, [track]);
  const hearing = useHearing(side, meter);
  const level = meter && side.on ? meter.level.value : 0;
  const lit = Math.round(level * BARS);
  return (
    <div class="meter">
      <Icon name={side.track && !side.on ? "mic-off" : "mic"} />
      <meter
        class="vh"
        aria-label={t("microphone-level")}
        aria-valuetext={t(`hear-${hearing}`)}
        min={0}
        max={BARS}
        value={lit}
      />
      <div class="bars" aria-hidden="true">
        {Array.from({ length: BARS }, (_, at) => (
          <i key={at} class={at < lit ? "is-on" : undefined} />
        ))}
      </div>
      <span class={hearing === "silent" ? "meter-word is-warning" : "meter-word"}>
        {t(hearing === "silent" ? "hear-say-something" : `hear-${hearing}`)}
      </span>
      {hearing === "silent" && (
        <p class="meter-silent" role="status">
          <Icon name="warn" />
          <span>{t("hear-silent")}</span>
        </p>
      )}
    </div>
  );
}

function useHearing(side: Side, meter: Meter | null): Hearing {
  const state = useSignal<"you" | "say-something" | "silent">("say-something");
  useEffect(() => {
    if (!meter || !side.on) return;
    let heardAt = Number.NEGATIVE_INFINITY;
    let soundAt = performance.now();
    state.value = "say-something";
    return meter.level.subscribe((level) => {
      const now = performance.now();
      if (level > SILENT_LEVEL) soundAt = now;
      if (level > HEARD_LEVEL) heardAt = now;
      const silent = now - soundAt > SILENT_AFTER_MS;
      const heard = now - heardAt < HEARD_FOR_MS;
      state.value = heard ? "you" : silent ? "silent" : "say-something";
    });
  }, [meter, side.on]);
  if (side.opening && !side.track) return "starting";
  if (!side.track) return "none";
  return side.on ? state.value : "muted";
}

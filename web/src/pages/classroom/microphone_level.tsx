/** The thin line in the microphone's control that moves with our voice. */
import { useEffect, useRef } from "preact/hooks";
import { createMeter } from "../../media/meter";
import type { Desk } from "./desk";

export function MicrophoneLevel({ desk }: { desk: Desk }) {
  const ref = useRef<HTMLSpanElement>(null);
  const track = desk.session.microphone.track.value;
  useEffect(() => {
    if (!track) return;
    const meter = createMeter(track);
    const stop = meter.level.subscribe((level) => {
      ref.current?.style.setProperty("--level", level.toFixed(2));
    });
    return () => {
      stop();
      meter.close();
    };
  }, [track]);
  return <span class="level" ref={ref} aria-hidden="true" />;
}

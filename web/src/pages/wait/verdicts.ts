/** What the check found, in the words the desk is told; and what is said of it here. */
import { useEffect, useRef, useState } from "preact/hooks";
import { createMeter } from "../../media/meter";
import type { Checked, DeviceVerdict, NetworkVerdict } from "../../wire/waiting";
import { tellCheck } from "../../wire/waiting";
import type { Verdict } from "../green_room/connection";
import type { Side } from "../green_room/local_media";

const HEARD_LEVEL = 0.3;
const SILENT_AFTER_MS = 8_000;
const TELL_AFTER_MS = 600;

const REFUSED: Record<string, DeviceVerdict> = { denied: "refused", none: "missing", busy: "busy" };

export type Seeing = "seen" | "black" | "waiting";

/** undefined while nobody knows yet. A camera works when a picture was seen. */
export function cameraOf(side: Side, seeing: Seeing = "seen"): DeviceVerdict | undefined {
  if (side.track && seeing === "seen") return "works";
  if (side.track) return seeing === "black" ? "failed" : undefined;
  if (side.refusal) return REFUSED[side.refusal] ?? "failed";
  return side.opening ? undefined : "off";
}

export type Hearing = "heard" | "silent" | "waiting";

export function microphoneOf(side: Side, hearing: Hearing): DeviceVerdict | undefined {
  if (!side.track) return cameraOf(side);
  if (!side.on) return "off";
  if (hearing === "heard") return "works";
  return hearing === "silent" ? "silent" : undefined;
}

const NETWORK: Partial<Record<Verdict, NetworkVerdict>> = {
  good: "good",
  fair: "fair",
  weak: "poor",
  offline: "none",
  blocked: "none",
};

export const networkOf = (verdict: Verdict): NetworkVerdict | undefined => NETWORK[verdict];

/** Whether a picture came; `black` when for some seconds none did. */
export function useSeen({ track }: Side): Seeing {
  const [seeing, setSeeing] = useState<Seeing>("waiting");
  useEffect(() => {
    if (!track) return;
    setSeeing("waiting");
    const video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    video.onplaying = () => setSeeing("seen");
    video.srcObject = new MediaStream([track]);
    void video.play().catch(() => {});
    const timer = setTimeout(
      () => setSeeing((now) => (now === "seen" ? now : "black")),
      SILENT_AFTER_MS,
    );
    return () => {
      clearTimeout(timer);
      video.onplaying = null;
      video.srcObject = null;
    };
  }, [track]);
  return seeing;
}

/** Whether the microphone was heard once; `silent` when for some seconds it was not. */
export function useHeard(side: Side): Hearing {
  const [hearing, setHearing] = useState<Hearing>("waiting");
  const { track, on } = side;
  useEffect(() => {
    if (!track || !on) return;
    setHearing("waiting");
    const meter = createMeter(track);
    const timer = setTimeout(
      () => setHearing((now) => (now === "heard" ? now : "silent")),
      SILENT_AFTER_MS,
    );
    const stop = meter.level.subscribe((level) => {
      if (level > HEARD_LEVEL) setHearing("heard");
    });
    return () => {
      clearTimeout(timer);
      stop();
      meter.close();
    };
  }, [track, on]);
  return hearing;
}

/** Tells the desk, a moment after the last change; gives the way to tell it at once. */
export function useTold(id: string, checked: Checked): () => Promise<void> {
  const began = useRef(performance.now());
  const text = JSON.stringify(checked);
  const tell = async () => {
    const seconds = Math.min(3600, Math.round((performance.now() - began.current) / 1000));
    await tellCheck(id, { ...(JSON.parse(text) as Checked), seconds });
  };
  useEffect(() => {
    const timer = setTimeout(() => void tell(), TELL_AFTER_MS);
    return () => clearTimeout(timer);
  }, [id, text]);
  return tell;
}

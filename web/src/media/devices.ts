/**
 * Which microphones, cameras and speakers there are, and which ones the person chose.
 * Opens none of them: that is capture's work.
 */
import { signal } from "@preact/signals";

export interface Devices {
  microphones: MediaDeviceInfo[];
  cameras: MediaDeviceInfo[];
  speakers: MediaDeviceInfo[];
}

export interface Choice {
  microphone?: string;
  camera?: string;
  speaker?: string;
}

const STORED = "classroom.devices";

export const devices = signal<Devices>({ microphones: [], cameras: [], speakers: [] });
export const chosen = signal<Choice>(storedChoice());

function storedChoice(): Choice {
  try {
    const value: unknown = JSON.parse(globalThis.localStorage?.getItem(STORED) ?? "{}");
    if (typeof value !== "object" || value === null) return {};
    const { microphone, camera, speaker } = value as Record<string, unknown>;
    return {
      ...(typeof microphone === "string" ? { microphone } : {}),
      ...(typeof camera === "string" ? { camera } : {}),
      ...(typeof speaker === "string" ? { speaker } : {}),
    };
  } catch {
    return {};
  }
}

export function choose(change: Choice): void {
  chosen.value = { ...chosen.value, ...change };
  globalThis.localStorage?.setItem(STORED, JSON.stringify(chosen.value));
}

/** Sorts by kind; before permission the browser gives entries without id, which name nothing. */
export function sortDevices(all: readonly MediaDeviceInfo[]): Devices {
  const of = (kind: MediaDeviceKind) => all.filter((d) => d.kind === kind && d.deviceId !== "");
  return {
    microphones: of("audioinput"),
    cameras: of("videoinput"),
    speakers: of("audiooutput"),
  };
}

/** Whether both lists name the same devices; names come only with permission, so they count. */
export function sameDevices(one: Devices, other: Devices): boolean {
  const marks = ({ microphones, cameras, speakers }: Devices) =>
    JSON.stringify(
      [microphones, cameras, speakers].map((l) => l.map((d) => [d.deviceId, d.label])),
    );
  return marks(one) === marks(other);
}

export async function refreshDevices(): Promise<Devices> {
  const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  const fresh = sortDevices(all);
  // The same list again is no news: who watches the signal opens devices, which asks for the list.
  if (!sameDevices(devices.value, fresh)) devices.value = fresh;
  return devices.value;
}

/** Follows devices that are plugged in and out; returns the way to stop. */
export function watchDevices(): () => void {
  const port = navigator.mediaDevices;
  const onChange = () => void refreshDevices();
  port?.addEventListener("devicechange", onChange);
  void refreshDevices();
  return () => port?.removeEventListener("devicechange", onChange);
}

/** The id to ask for: the chosen one while it exists, else the browser's own choice. */
export function presentId(list: readonly MediaDeviceInfo[], id?: string): string | undefined {
  return list.some((d) => d.deviceId === id) ? id : undefined;
}

export function maySetSpeaker(): boolean {
  return "setSinkId" in HTMLMediaElement.prototype;
}

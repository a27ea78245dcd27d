/**
 * The person's own microphone and camera while they stand at the door: opened, muted, changed,
 * retried, and at last handed over to the class or let go.
 */
import { batch, type Signal, signal } from "@preact/signals";
import { type CaptureRefusal, openBoth, openCamera, openMicrophone } from "../../media/capture";
import { choose, chosen, refreshDevices } from "../../media/devices";
import type { Result } from "../../result";

export interface Side {
  track: MediaStreamTrack | null;
  refusal: CaptureRefusal | null;
  opening: boolean;
  /** What the person wants: a camera that is off is closed, a microphone that is off is muted. */
  on: boolean;
}

export interface LocalMedia {
  microphone: Signal<Side>;
  camera: Signal<Side>;
  open(): Promise<void>;
  toggleMicrophone(): void;
  toggleCamera(): void;
  pick(change: { microphone?: string; camera?: string }): void;
  /** Tries what was refused again. */
  retry(): void;
  /** A device appeared: what had none may now have one. */
  devicesChanged(): void;
  handOver(): { microphone: MediaStreamTrack | null; camera: MediaStreamTrack | null };
  close(): void;
}

type Opened = Result<MediaStreamTrack, CaptureRefusal>;

const FIRST: Side = { track: null, refusal: null, opening: true, on: true };

export function createLocalMedia(): LocalMedia {
  const microphone = signal<Side>(FIRST);
  const camera = signal<Side>(FIRST);
  let closed = false;

  const settle = (side: Signal<Side>, opened: Opened, again: () => void) => {
    if (closed) {
      if (opened.ok) opened.value.stop();
      return;
    }
    side.value.track?.stop();
    if (!opened.ok) {
      side.value = { ...side.value, track: null, refusal: opened.error, opening: false };
      return;
    }
    const track = opened.value;
    track.addEventListener("ended", () => side.value.track === track && again());
    if (side === microphone) track.enabled = side.value.on;
    side.value = { ...side.value, track, refusal: null, opening: false };
  };
  const begin = (side: Signal<Side>, change: Partial<Side> = {}) => {
    side.value = { ...side.value, ...change, opening: true };
  };

  const reopenMicrophone = async () => {
    begin(microphone);
    settle(microphone, await openMicrophone(chosen.value.microphone), reopenMicrophone);
    void refreshDevices();
  };
  const reopenCamera = async () => {
    // Some systems give a camera only once: let go of the old picture before the new.
    camera.value.track?.stop();
    begin(camera, { track: null, on: true });
    settle(camera, await openCamera(chosen.value.camera), reopenCamera);
    void refreshDevices();
  };
  const open = async () => {
    batch(() => {
      begin(microphone);
      begin(camera, { on: true });
    });
    const both = await openBoth(chosen.value);
    batch(() => {
      settle(microphone, both.microphone, reopenMicrophone);
      settle(camera, both.camera, reopenCamera);
    });
    // Names of devices are told only after permission.
    void refreshDevices();
  };

  return {
    microphone,
    camera,
    open,
    toggleMicrophone() {
      const { track, on } = microphone.value;
      if (!track) return void reopenMicrophone();
      track.enabled = !on;
      microphone.value = { ...microphone.value, on: !on };
    },
    toggleCamera() {
      const { track } = camera.value;
      if (!track) return void reopenCamera();
      track.stop();
      camera.value = { ...camera.value, track: null, on: false };
    },
    pick(change) {
      choose(change);
      if (change.microphone !== undefined) void reopenMicrophone();
      if (change.camera !== undefined && camera.value.on) void reopenCamera();
    },
    retry() {
      if (microphone.value.refusal && camera.value.refusal) void open();
      else if (microphone.value.refusal) void reopenMicrophone();
      else if (camera.value.refusal) void reopenCamera();
    },
    devicesChanged() {
      if (microphone.value.refusal === "none") void reopenMicrophone();
      if (camera.value.refusal === "none") void reopenCamera();
    },
    handOver() {
      closed = true;
      return { microphone: microphone.value.track, camera: camera.value.track };
    },
    close() {
      if (closed) return;
      closed = true;
      microphone.value.track?.stop();
      camera.value.track?.stop();
    },
  };
}

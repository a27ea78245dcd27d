/**
 * The person's own microphone and camera while they stand at the door: opened, muted, changed,
 * retried, and at last handed over to the class or let go.
 */
import { batch, effect, type Signal, signal } from "@preact/signals";
import { type CaptureRefusal, openBoth, openCamera, openMicrophone } from "../../media/capture";
import { choose, chosen, devices, refreshDevices } from "../../media/devices";
import type { Result } from "../../result";

export interface Side {
  track: MediaStreamTrack | null;
  refusal: CaptureRefusal | null;
  opening: boolean;
  /** What the person wants: a camera that is off is closed, a microphone that is off is muted. */
  on: boolean;
}

export interface Tracks {
  microphone: MediaStreamTrack | null;
  camera: MediaStreamTrack | null;
}

/** What the person wants to be on. */
export interface Wanted {
  microphone: boolean;
  camera: boolean;
}

export const BOTH: Wanted = { microphone: true, camera: true };

const FIRST: Side = { track: null, refusal: null, opening: true, on: true };

function change(side: Signal<Side>, what: Partial<Side>): void {
  side.value = { ...side.value, ...what };
}

function isMissing(side: Signal<Side>): boolean {
  return side.value.refusal === "none" && !side.value.opening;
}

export class LocalMedia {
  readonly microphone = signal<Side>(FIRST);
  readonly camera = signal<Side>(FIRST);
  /** Once true, tracks that still arrive are stopped at once. */
  private closed = false;

  /** Opens both with one question to the person; a camera they want off is not opened. */
  async open(wanted: Wanted = BOTH): Promise<void> {
    batch(() => {
      change(this.microphone, { opening: true, on: wanted.microphone });
      change(this.camera, { opening: wanted.camera, on: wanted.camera });
    });
    if (!wanted.camera) return this.reopenMicrophone();
    const both = await openBoth(chosen.value);
    batch(() => {
      this.settle(this.microphone, both.microphone);
      this.settle(this.camera, both.camera);
    });
    // Names of devices are told only after permission.
    void refreshDevices();
  }

  toggleMicrophone(): void {
    const { track, on } = this.microphone.value;
    if (!track) return void this.reopenMicrophone();
    track.enabled = !on;
    change(this.microphone, { on: !on });
  }

  toggleCamera(): void {
    const { track } = this.camera.value;
    if (!track) return void this.reopenCamera();
    track.stop();
    change(this.camera, { track: null, on: false });
  }

  pick(ids: { microphone?: string; camera?: string }): void {
    choose(ids);
    if (ids.microphone !== undefined) void this.reopenMicrophone();
    if (ids.camera !== undefined && this.camera.value.on) void this.reopenCamera();
  }

  /** Tries what was refused again. */
  retry(): void {
    const [sound, picture] = [this.microphone.value, this.camera.value];
    if (sound.opening || picture.opening) return;
    if (sound.refusal && picture.refusal) void this.open({ ...BOTH, microphone: sound.on });
    else if (sound.refusal) void this.reopenMicrophone();
    else if (picture.refusal) void this.reopenCamera();
  }

  /** A device appeared: what had none may now have one. */
  devicesChanged(): void {
    const { microphones, cameras } = devices.value;
    if (isMissing(this.microphone) && microphones.length > 0) void this.reopenMicrophone();
    if (isMissing(this.camera) && cameras.length > 0) void this.reopenCamera();
  }

  isOpening(): boolean {
    return this.microphone.value.opening || this.camera.value.opening;
  }

  /** Resolves once nothing is being opened any more: the browser's question was answered. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      const stop = effect(() => {
        if (this.isOpening()) return;
        resolve();
        queueMicrotask(() => stop());
      });
    });
  }

  /** The tracks belong to the caller from now on. */
  handOver(): Tracks {
    this.closed = true;
    return { microphone: this.microphone.value.track, camera: this.camera.value.track };
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.microphone.value.track?.stop();
    this.camera.value.track?.stop();
  }

  private async reopenMicrophone(): Promise<void> {
    change(this.microphone, { opening: true });
    this.settle(this.microphone, await openMicrophone(chosen.value.microphone));
    void refreshDevices();
  }

  private async reopenCamera(): Promise<void> {
    // Some systems give a camera only once: let go of the old picture before the new.
    this.camera.value.track?.stop();
    change(this.camera, { track: null, opening: true, on: true });
    this.settle(this.camera, await openCamera(chosen.value.camera));
    void refreshDevices();
  }

  private settle(side: Signal<Side>, opened: Result<MediaStreamTrack, CaptureRefusal>): void {
    if (this.closed) {
      if (opened.ok) opened.value.stop();
      return;
    }
    side.value.track?.stop();
    if (!opened.ok) {
      change(side, { track: null, refusal: opened.error, opening: false });
      return;
    }
    const track = opened.value;
    track.addEventListener("ended", () => this.lost(side, track));
    if (side === this.microphone) track.enabled = side.value.on;
    change(side, { track, refusal: null, opening: false });
  }

  /** A device was unplugged or its permission taken: try what else there is. */
  private lost(side: Signal<Side>, track: MediaStreamTrack): void {
    if (this.closed || side.value.track !== track) return;
    if (side === this.microphone) void this.reopenMicrophone();
    else void this.reopenCamera();
  }
}

import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Advised } from "./advised";
import type { Consumers, RemoteTrack } from "./consumers";
import type { Producers } from "./producers";

/** Of tests/corpus/advice.json: 400 ms for both and a small camera; the camera off, 700 ms. */
const HEAVY = 2_772_718_912;
const CAMERA_OFF = 2_834_791_584;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const now = () => performance.timeOrigin + performance.now();

/** Somebody's microphone and camera as the browser receives them; `word` comes with the sound. */
function setUp() {
  let word: number | null = null;
  let flows = true;
  const sound = {
    jitterBufferTarget: null as number | null,
    getSynchronizationSources: () => (flows ? [{ source: 7, timestamp: now() }] : []),
    getContributingSources: () =>
      flows && word !== null ? [{ source: word, timestamp: now() }] : [],
  };
  const picture = { jitterBufferTarget: null as number | null };
  const receivers = new Map<string, unknown>([
    ["s", sound],
    ["p", picture],
  ]);
  const remote = signal(
    [
      { consumerId: "s", participantId: "lin", kind: "audio", source: "microphone" },
      { consumerId: "p", participantId: "lin", kind: "video", source: "camera" },
    ].map((one) => ({ ...one, track: { id: `track-${one.consumerId}` } })) as RemoteTrack[],
  );
  const held: [string, boolean][] = [];
  const advised = new Advised(
    { remote, get: (id: string) => ({ rtpReceiver: receivers.get(id) }) } as unknown as Consumers,
    {
      get: () => null,
      hold: (source: string, on: boolean) => held.push([source, on]),
    } as unknown as Producers,
  );
  return {
    advised,
    sound,
    picture,
    held,
    say: (next: number | null) => {
      word = next;
    },
    hush: () => {
      flows = false;
    },
  };
}

it("waits longer at once for what a word is about, and shorter little by little", async () => {
  const { sound, picture, say } = setUp();
  say(HEAVY);
  await vi.advanceTimersByTimeAsync(200);
  expect([sound.jitterBufferTarget, picture.jitterBufferTarget]).toEqual([400, 400]);
  say(null);
  await vi.advanceTimersByTimeAsync(600);
  expect(sound.jitterBufferTarget).toBe(400);
  await vi.advanceTimersByTimeAsync(1_200);
  expect(sound.jitterBufferTarget).toBeLessThan(250);
  expect(sound.jitterBufferTarget).toBeGreaterThan(50);
  await vi.advanceTimersByTimeAsync(4_000);
  expect([sound.jitterBufferTarget, picture.jitterBufferTarget]).toEqual([null, null]);
});

it("lets a face wait for its voice, and as long as advised at least", async () => {
  const { advised, picture, say } = setUp();
  const see = (round: number) =>
    advised.see(
      ["s", "p"].map((id) => ({
        type: "inbound-rtp",
        trackIdentifier: `track-${id}`,
        estimatedPlayoutTimestamp: id === "s" ? 0 : 200,
        packetsReceived: round,
      })),
    );
  see(1);
  see(2);
  await vi.advanceTimersByTimeAsync(200);
  expect(picture.jitterBufferTarget).toBe(100);
  say(HEAVY);
  await vi.advanceTimersByTimeAsync(200);
  expect(picture.jitterBufferTarget).toBe(400);
});

it("says so when it lasts, and a little longer than it is", async () => {
  const { advised, say } = setUp();
  say(HEAVY);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(advised.notice.value).toBeNull();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(advised.notice.value).toEqual({ weak: "both", camera: "small" });
  say(null);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(advised.notice.value).not.toBeNull();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(advised.notice.value).toBeNull();
});

it("obeys a notice where nobody is heard", async () => {
  const { advised, sound, hush } = setUp();
  hush();
  advised.hear(HEAVY);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sound.jitterBufferTarget).toBe(400);
  advised.hear(null);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(sound.jitterBufferTarget).toBeNull();
});

it("holds the camera back, unless the person insists, until all is well", async () => {
  const { advised, held } = setUp();
  advised.hear(CAMERA_OFF);
  expect(advised.cameraHeld.value).toBe(true);
  advised.insist();
  expect(held).toEqual([
    ["camera", true],
    ["camera", false],
  ]);
  advised.hear(CAMERA_OFF);
  expect(advised.cameraHeld.value).toBe(false);
  advised.hear(null);
  expect(advised.insisted.value).toBe(false);
});

it("forgets everything when the media side begins anew, and is over when it is closed", async () => {
  const { advised, sound, say } = setUp();
  advised.hear(HEAVY);
  advised.forget();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sound.jitterBufferTarget).toBeNull();
  advised.close();
  say(HEAVY);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sound.jitterBufferTarget).toBeNull();
});

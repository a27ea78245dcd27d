/**
 * One recording on the screen: what was loaded of it, where it is played, and what is shown then.
 * Pages look at its signals; whoever plays calls its methods. One per page.
 */
import { batch, type Signal, signal } from "@preact/signals";
import type { RecordedBoard } from "../../recording/board";
import { type Chapter, chaptersOf } from "../../recording/chapters";
import { type Manifest, voicesOf } from "../../recording/manifest";
import { partsOf, type RecordedParts } from "../../recording/parts";
import { Playback } from "../../recording/playback";
import { type Span, toRecorded } from "../../recording/playtime";
import { afterSilence } from "../../recording/silence";
import { EMPTY_SCENE, type Scene, Story } from "../../recording/story";
import type { Line } from "../../recording/talk";
import { Tape } from "../../recording/tape";
import { type Face, facesAt, type Main, mainAt } from "../../recording/tracks";
import { CaptionsDesk } from "./captions_desk";
import { fetchAsset, type Told } from "./files";
import { Sound } from "./sound";
import { Sources } from "./sources";

export type Layout = "main" | "side" | "faces";

/** What is looked at more often than it changes: ten times a second is soon enough. */
const LOOK_MS = 100;
/** A page without frames (a covered tab) goes on by these. */
const COVERED_MS = 250;
const LIVE_MS = 5_000;
const ZOOM = 1.25;

export interface DeskPorts {
  /** The session has ended: another one is wanted. */
  onOver(): void;
  mostFaces(): number;
}

export class PlayerDesk {
  readonly manifest: Signal<Manifest | null> = signal(null);
  readonly sources: Sources;
  readonly playback: Playback;
  readonly sound: Sound;
  readonly scene: Signal<Scene> = signal(EMPTY_SCENE);
  readonly main: Signal<Main> = signal({ kind: "faces" });
  readonly faces: Signal<readonly Face[]> = signal([]);
  readonly chapters: Signal<readonly Chapter[]> = signal([]);
  readonly lines: Signal<readonly Line[]> = signal([]);
  readonly tape: Signal<Tape> = signal(new Tape());
  readonly story: Signal<Story> = signal(new Story([]));
  readonly voices: Signal<ReadonlyMap<string, readonly Span[]>> = signal(new Map());
  readonly layout: Signal<Layout> = signal("main");
  readonly captions: CaptionsDesk;
  /** Id of the item of the board that a search led to; "" for none. */
  readonly found: Signal<string> = signal("");
  /** The sheet of keys is open. */
  readonly hasKeys: Signal<boolean> = signal(false);
  /** The page on the stage, as far as it can be zoomed. */
  readonly board: Signal<RecordedBoard | null> = signal(null);
  readonly skipsSilence: Signal<boolean> = signal(false);
  readonly parts: RecordedParts;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #lookedMs = -1;
  #speech: readonly Span[] = [];
  #timers: ReturnType<typeof setTimeout>[] = [];
  #frame = 0;

  constructor(
    session: string,
    private readonly ports: DeskPorts,
  ) {
    this.playback = new Playback({ now: () => performance.now() });
    this.sources = new Sources(session, {
      onLoaded: (manifest, told, isFirst) => this.#take(manifest, told, isFirst),
      onAgain: () => this.#again(),
      onStopped: () => this.playback.pause(),
      onOver: ports.onOver,
    });
    this.sound = new Sound(async () => {
      if (await this.sources.isFine()) this.#again();
    });
    this.captions = new CaptionsDesk(this.sources.session, this.playback.ms);
    this.parts = partsOf(
      (name) => fetchAsset(this.sources.session.peek(), name),
      (pid) => this.manifest.peek()?.people.find((one) => one.pid === pid)?.name ?? "",
    );
    this.#frame = requestAnimationFrame(this.#onFrame);
    this.#every(COVERED_MS, () => {
      if (document.hidden) this.#tick();
    });
    this.#every(LIVE_MS, () => {
      if (this.manifest.peek()?.isLive) void this.#renew();
    });
    document.addEventListener("visibilitychange", this.#onFrame);
  }

  seek(ms: number, found = ""): void {
    this.found.value = found;
    this.playback.seek(ms);
    this.look();
  }

  /** In play time. */
  seekPlay(ms: number): void {
    this.playback.seekPlay(ms);
    this.look();
  }

  recordedOf(playMs: number): number {
    return toRecorded(playMs, this.manifest.peek()?.holes ?? []);
  }

  /** By the keys + - = */
  zoom(key: string): void {
    if (key === "=") this.board.peek()?.fit();
    else this.board.peek()?.zoom(key === "+" ? ZOOM : 1 / ZOOM);
  }

  /** What is shown now; asked ten times a second and after each seek. */
  look(): void {
    const manifest = this.manifest.peek();
    if (!manifest) return;
    const ms = this.playback.ms.peek();
    this.#lookedAt = performance.now();
    this.#lookedMs = ms;
    const scene = this.story.peek().at(ms);
    const main = mainAt(manifest, ms, scene.stage);
    const present = {
      pids: [...scene.people.keys()],
      voices: this.voices.peek(),
      spotlight: scene.spotlight,
    };
    // Where nothing is told of people, those who are recorded then are there.
    if (present.pids.length === 0) present.pids = pidsAt(manifest, ms);
    const faces = facesAt(manifest, ms, present, this.ports.mostFaces());
    batch(() => {
      this.scene.value = scene;
      if (!isSameMain(main, this.main.peek())) this.main.value = main;
      if (!isSameFaces(faces, this.faces.peek())) this.faces.value = faces;
    });
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    document.removeEventListener("visibilitychange", this.#onFrame);
    for (const timer of this.#timers) clearTimeout(timer);
    this.sources.destroy();
    this.playback.destroy();
    this.sound.destroy();
    this.parts.destroy();
  }

  readonly #onFrame = (): void => {
    cancelAnimationFrame(this.#frame);
    this.#tick();
    this.#frame = requestAnimationFrame(this.#onFrame);
  };

  #tick(): void {
    this.playback.tick();
    const ms = this.playback.ms.peek();
    if (this.skipsSilence.peek() && this.playback.isPlaying.peek()) {
      const to = afterSilence(ms, this.#speech);
      if (to !== null) this.seek(to);
    }
    if (ms !== this.#lookedMs && performance.now() - this.#lookedAt >= LOOK_MS) this.look();
  }

  #take(manifest: Manifest, told: Told, isFirst: boolean): void {
    batch(() => {
      this.manifest.value = manifest;
      this.voices.value = voicesOf(manifest);
      this.story.value = new Story(told.happenings);
      this.tape.value = told.tape;
      this.lines.value = told.lines;
      this.chapters.value = chaptersOf(told.happenings, manifest.durationMs);
    });
    this.#speech = [...this.voices.peek().values()].flat().sort((a, b) => a[0] - b[0]);
    const { mix, durationMs, holes, isLive } = manifest;
    this.playback.open({
      mix: mix ? this.sound.medium : null,
      ...{ mixStartMs: mix?.startMs ?? 0, durationMs, holes, isGrowing: isLive },
    });
    if (isFirst) this.#openSound();
    this.look();
    void this.captions.take(manifest.captions);
  }

  #openSound(): void {
    const mix = this.manifest.peek()?.mix;
    if (mix) this.sound.open(this.sources.address(mix.url));
    this.playback.seek(this.playback.ms.peek());
  }

  /** More has been recorded: what was said and drawn at once, sound when its end comes near. */
  async #renew(): Promise<void> {
    const hasGrown = await this.sources.renew();
    const isNear = !this.sound.reaches(this.playback.ms.peek() + 2 * LIVE_MS);
    if (hasGrown && isNear) this.sources.again();
  }

  #again(): void {
    this.#openSound();
    if (this.playback.isPlaying.peek()) this.playback.play();
  }

  #every(ms: number, call: () => void): void {
    this.#timers.push(setInterval(call, ms));
  }
}

function pidsAt(manifest: Manifest, ms: number): string[] {
  const there = manifest.tracks.filter(({ startMs, endMs }) => startMs <= ms && ms < endMs);
  const pids = new Set(there.map(({ pid }) => pid));
  return manifest.people.map(({ pid }) => pid).filter((pid) => pids.has(pid));
}

function isSameMain(a: Main, b: Main): boolean {
  if (a.kind !== b.kind) return false;
  return a.kind !== "screen" || b.kind !== "screen" || a.track === b.track;
}

function isSameFaces(a: readonly Face[], b: readonly Face[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((one, at) => {
    const other = b[at];
    const isSame = one.pid === other?.pid && one.track === other.track && one.why === other.why;
    return isSame && one.isSpeaking === other?.isSpeaking;
  });
}

/**
 * The player of this screen: a media element that is brought to where the class's film is and kept
 * there. The one who leads has no other player than everybody else.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import {
  type Film,
  isSameFilm,
  NOT_STEERED,
  positionAt,
  type Steering,
  steer,
} from "../../../room/film";

const STEP_MS = 250;
/** HTMLMediaElement.readyState: it can go on from where it is. */
const HAVE_FUTURE_DATA = 3;
const HAVE_METADATA = 1;
/** MediaError.code. */
const NETWORK = 2;
/** So long a frame that was stopped at waits for the room to say so. */
const HELD_MS = 1_500;

export type PlayerState =
  | "coming"
  | "ready"
  /** It should run and has nothing to show yet. */
  | "waiting"
  | "unplayable"
  /** The deck was deleted. */
  | "gone"
  | "broken";

/** How loud this screen is, for every film; nobody else hears of it. */
export const volume = signal(1);
export const isMuted = signal(false);

interface Ports {
  film(): Film;
  /** The room clock, ms. */
  clock(): number;
  /** It has come to its end, which only players know; seconds. */
  over(film: Film, duration: number): void;
}

export class FilmPlayer {
  readonly at = signal(0);
  /** Seconds; null while it is not known, and for a recording without an end in its head. */
  readonly duration = signal<number | null>(null);
  readonly state = signal<PlayerState>("coming");
  /** Until somebody touches the page the browser lets nothing be heard, or not even run. */
  readonly needsTouch = signal<"no" | "to hear" | "to run">("no");
  readonly #element: HTMLMediaElement;
  readonly #ports: Ports;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #abort = new AbortController();
  #steering: Steering = NOT_STEERED;
  /** What it was steered to before. */
  #film: Film | null = null;
  #told: Film | null = null;
  #stood: Film | null = null;
  #held: { film: Film; until: number } | null = null;

  constructor(element: HTMLMediaElement, ports: Ports) {
    this.#element = element;
    this.#ports = ports;
    const { signal: until } = this.#abort;
    for (const name of ["loadedmetadata", "canplay", "seeked", "waiting", "playing", "ended"])
      element.addEventListener(name, () => this.step(), { signal: until });
    element.addEventListener("error", () => void this.#failed(), { signal: until });
    // In a hidden tab the browser calls once a second, which is enough.
    this.#timer = setInterval(() => this.step(), STEP_MS);
    this.step();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#abort.abort();
    this.#element.pause();
    // Lets go of the connection, which browsers keep for what may be seen again.
    this.#element.removeAttribute("src");
    this.#element.load();
  }

  /** Looks where the film is, and goes there. */
  step(): void {
    const element = this.#element;
    this.#sound();
    if (this.#isFailed) return;
    const film = this.#ports.film();
    if (this.#isHeld(film)) return;
    // Somebody moved it: the way there is a new one, and not the last jump that came out late.
    if (!isSameFilm(this.#film, film)) this.#steering = NOT_STEERED;
    this.#film = film;
    const known = element.readyState >= HAVE_METADATA;
    const isShort = element.readyState < HAVE_FUTURE_DATA;
    const turn = steer(
      film,
      this.#ports.clock(),
      {
        at: element.currentTime,
        duration: known ? element.duration : null,
        isBusy: element.seeking || (!element.paused && isShort),
      },
      this.#steering,
      performance.now(),
    );
    this.#steering = turn.steering;
    const jump = turn.jump ?? this.#exactly(film, known);
    if (jump !== null) element.currentTime = jump;
    if (element.playbackRate !== turn.rate) element.playbackRate = turn.rate;
    if (turn.isPlaying && element.paused) this.#run();
    if (!turn.isPlaying && !element.paused) element.pause();
    this.at.value = element.currentTime;
    this.duration.value = known && Number.isFinite(element.duration) ? element.duration : null;
    this.state.value = !known ? "coming" : turn.isPlaying && isShort ? "waiting" : "ready";
    if (turn.isOver && film.is_playing && this.#told !== film) {
      this.#told = film;
      this.#ports.over(film, element.duration);
    }
  }

  /** Stands still at once, before the room has said so; where that is, in seconds. */
  hold(): number {
    this.#held = { film: this.#ports.film(), until: performance.now() + HELD_MS };
    this.#element.pause();
    return this.#element.currentTime;
  }

  /** After a touch: now the browser lets it run, and be heard. */
  touched(): void {
    this.needsTouch.value = "no";
    this.step();
  }

  again(): void {
    this.state.value = "coming";
    this.#element.load();
  }

  get #isFailed(): boolean {
    return ["unplayable", "gone", "broken"].includes(this.state.peek());
  }

  /**
   * Where it stands, once for each stop. A player that only stops may show the frame before or
   * after: one that goes to the same place shows the same one everywhere.
   */
  #exactly(film: Film, isKnown: boolean): number | null {
    if (film.is_playing || !isKnown || isSameFilm(this.#stood, film)) return null;
    this.#stood = film;
    return Math.min(positionAt(film, 0), this.#element.duration);
  }

  #isHeld(film: Film): boolean {
    const held = this.#held;
    if (held && isSameFilm(held.film, film) && performance.now() < held.until) return true;
    this.#held = null;
    return false;
  }

  #sound(): void {
    const silent = isMuted.peek() || this.needsTouch.peek() === "to hear";
    if (this.#element.muted !== silent) this.#element.muted = silent;
    if (this.#element.volume !== volume.peek()) this.#element.volume = volume.peek();
  }

  #run(): void {
    if (this.needsTouch.peek() === "to run") return;
    this.#element.play().catch((refused: unknown) => {
      // A pause that came in between is no refusal.
      if (!(refused instanceof DOMException) || refused.name !== "NotAllowedError") return;
      if (this.needsTouch.peek() === "no") {
        this.needsTouch.value = "to hear";
        this.step();
      } else this.needsTouch.value = "to run";
    });
  }

  async #failed(): Promise<void> {
    const { error, currentSrc, src } = this.#element;
    if (!error || this.#abort.signal.aborted) return;
    this.state.value = error.code === NETWORK ? "broken" : await whyNot(currentSrc || src);
  }
}

/** A browser says the same of what it cannot read and of what is not there. */
async function whyNot(address: string): Promise<PlayerState> {
  try {
    const answer = await fetch(address, { method: "HEAD", cache: "no-store" });
    if (answer.ok) return "unplayable";
    return answer.status === 404 ? "gone" : "broken";
  } catch {
    return "broken";
  }
}

/** What plays on the stage of this screen; null while nothing does. */
const shown = signal<FilmPlayer | null>(null);
export const shownPlayer: ReadonlySignal<FilmPlayer | null> = shown;

/** Until the returned function is called. */
export function showPlayer(player: FilmPlayer): () => void {
  shown.value = player;
  return () => {
    if (shown.peek() === player) shown.value = null;
    player.close();
  };
}

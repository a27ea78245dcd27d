/**
 * Where a film is, and how a player here gets there and stays in step with everybody else's: by
 * playing a little faster or slower, and by a jump when it is far off. Pure; seconds unless said.
 */
import type { Film } from "../wire/messages";

export type { Film };

export function withFilm(films: readonly Film[], film: Film): Film[] {
  return [...films.filter((one) => one.page_id !== film.page_id), film];
}

/** The film of a page; one nobody touched stands at its beginning. */
export function filmOf(films: readonly Film[], page_id: string): Film {
  const known = films.find((one) => one.page_id === page_id);
  return known ?? { page_id, is_playing: false, position_ms: 0, at_ms: 0, rate: 100 };
}

/** Whether both say the same. What stands for a film nobody touched is a new object each time. */
export function isSameFilm(one: Film | null, other: Film): boolean {
  return (
    one !== null &&
    one.page_id === other.page_id &&
    one.is_playing === other.is_playing &&
    one.position_ms === other.position_ms &&
    one.at_ms === other.at_ms &&
    one.rate === other.rate
  );
}

/** Where it is at a moment of the room clock, wherever it ends. */
export function positionAt(film: Film, clockMs: number): number {
  const went = film.is_playing ? (Math.max(0, clockMs - film.at_ms) * film.rate) / 100 : 0;
  return (film.position_ms + went) / 1000;
}

/** What a player shows now, as a media element says it. */
export interface Player {
  at: number;
  /** Not known before its head has come. */
  duration: number | null;
  /** On its way to another place, or out of bytes: not to be disturbed. */
  isBusy: boolean;
}

/** What was done to it before. */
export interface Steering {
  /** It is being brought nearer by its rate. */
  isCorrecting: boolean;
  /** performance.now() of the last jump. */
  jumpedAt: number;
  /** How much the last jump aimed ahead. */
  lead: number;
}

export const NOT_STEERED: Steering = {
  isCorrecting: false,
  jumpedAt: Number.NEGATIVE_INFINITY,
  lead: 0,
};

export interface Turn {
  /** Go there. */
  jump: number | null;
  isPlaying: boolean;
  rate: number;
  /** It is over: everybody's stands at its end. */
  isOver: boolean;
  steering: Steering;
}

const JUMP_S = 0.6;
const CORRECT_S = 0.08;
const FAR_S = 0.25;
const CLOSE_S = 0.03;
const SLIGHT = 0.05;
const STRONG = 0.1;
/** A picture of thirty a second is a thirtieth long. */
const SAME_FRAME_S = 0.015;
/** A jump takes time to land; only then is it seen how well it aimed. */
const JUMP_AGAIN_MS = 1_500;
const LEAD_MAX_S = 2;

/** What to do with the player so that it is where the film is. `now` is performance.now(). */
export function steer(
  film: Film,
  clockMs: number,
  player: Player,
  before: Steering,
  now: number,
): Turn {
  const { duration } = player;
  const rate = film.rate / 100;
  const target = positionAt(film, clockMs);
  const isOver = duration !== null && target >= duration;
  const stays = { jump: null, rate, isOver, steering: { ...before, isCorrecting: false } };
  if (duration === null) return { ...stays, isPlaying: false };
  if (!film.is_playing || isOver) {
    const place = Math.min(target, duration);
    const isThere = Math.abs(player.at - place) <= SAME_FRAME_S;
    return { ...stays, isPlaying: false, jump: isThere ? null : place };
  }
  if (player.isBusy) return { ...stays, isPlaying: true, steering: before };
  const drift = player.at - target;
  if (Math.abs(drift) > JUMP_S) return jump(target, drift, { before, now, rate, duration });
  return correct(drift, rate, before);
}

interface Jumping {
  before: Steering;
  now: number;
  rate: number;
  duration: number;
}

/** A jump that came out behind aims further ahead the next time: the way there takes time, too. */
function jump(target: number, drift: number, { before, now, rate, duration }: Jumping): Turn {
  const rest = { isPlaying: true, rate, isOver: false };
  const since = now - before.jumpedAt;
  if (since < JUMP_AGAIN_MS) return { ...rest, jump: null, steering: before };
  const isLate = drift < 0 && since < 4 * JUMP_AGAIN_MS;
  const lead = isLate ? Math.min(LEAD_MAX_S, before.lead - drift) : 0;
  return {
    ...rest,
    jump: Math.min(target + lead, duration),
    steering: { isCorrecting: false, jumpedAt: now, lead },
  };
}

function correct(drift: number, rate: number, before: Steering): Turn {
  const off = Math.abs(drift);
  const isCorrecting = off > (before.isCorrecting ? CLOSE_S : CORRECT_S);
  const by = off > FAR_S ? STRONG : SLIGHT;
  const factor = isCorrecting ? 1 - Math.sign(drift) * by : 1;
  return {
    jump: null,
    isPlaying: true,
    rate: rate * factor,
    isOver: false,
    steering: { ...before, isCorrecting },
  };
}

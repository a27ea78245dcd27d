/**
 * Under a film: for who leads the class play, place and speed, for everybody how far it is and how
 * loud it is here. Arrow keys go five seconds while the focus is on the bar.
 */
import { useRef, useState } from "preact/hooks";
import { filmOf } from "../../../room/film";
import { t } from "../../../text/text";
import { IconButton } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Menu } from "../../../ui/menu";
import type { LayerProps } from "../board/layer_props";
import type { Desk } from "../desk";
import { clockOf } from "../layout";
import { mayPlay, pauseFilm, playFilm, seekFilm, setRate } from "./acts";
import { type FilmPlayer, isMuted, shownPlayer, volume } from "./player";

const RATES = [50, 75, 100, 125, 150, 200] as const;
const ARROW_S = 5;
/** While the bar is dragged everybody is taken along so often. */
const DRAG_MS = 300;
/** So long a place that was asked for may not be reached yet. */
const ON_WAY_MS = 800;

type BarProps = Pick<LayerProps, "desk" | "page">;

export function FilmBar({ desk, page }: BarProps) {
  const player = shownPlayer.value;
  if (!player) return null;
  const film = filmOf(desk.room.value.films, page.id);
  const leads = mayPlay(desk, page.id);
  return (
    <fieldset class="page-bar film-bar" aria-label={t("film-controls")}>
      {leads ? (
        <IconButton
          class="film-play"
          label={t(film.is_playing ? "film-pause" : "film-play")}
          icon={film.is_playing ? "pause" : "play"}
          onClick={() => press(desk, page.id, player)}
        />
      ) : (
        <span class="film-note" data-tip={t("film-teacher-note")}>
          <Icon name={film.is_playing ? "play" : "pause"} />
          <span class="film-teacher ell">{t("film-teacher")}</span>
        </span>
      )}
      <span class="vh" role="status">
        {t(film.is_playing ? "film-plays" : "film-stands")}
      </span>
      {leads ? <Place desk={desk} page={page} player={player} /> : <Progress player={player} />}
      {leads && <Rate desk={desk} page={page} />}
      <Loudness player={player} />
    </fieldset>
  );
}

/** Stands at the frame that is seen when it is pressed; from its end it begins anew. */
function press(desk: Desk, id: string, player: FilmPlayer): void {
  const film = filmOf(desk.room.peek().films, id);
  const at = player.at.peek();
  const duration = player.duration.peek();
  const isOver = duration !== null && at >= duration - 0.1;
  if (film.is_playing) pauseFilm(desk, id, player.hold());
  else playFilm(desk, id, isOver ? 0 : at);
}

function Place({ desk, page, player }: BarProps & { player: FilmPlayer }) {
  /** Where it is dragged to, until the film is there. */
  const [wish, setWish] = useState<number | null>(null);
  const sent = useRef({ to: 0, at: Number.NEGATIVE_INFINITY });
  const duration = player.duration.value;
  const at = wish ?? player.at.value;
  const whole = duration ?? 0;
  const go = (seconds: number) => {
    const to = Math.min(Math.max(0, seconds), whole);
    sent.current = { to, at: performance.now() };
    seekFilm(desk, page.id, to);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    // A key that is pressed again before the film is there counts from where it will be.
    const isOnWay = performance.now() - sent.current.at < ON_WAY_MS;
    const from = isOnWay ? sent.current.to : player.at.peek();
    if (step) go(from + step * ARROW_S);
    else if (event.key === " ") press(desk, page.id, player);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        type="range"
        class="film-place"
        min={0}
        max={whole}
        step={0.05}
        value={at}
        disabled={duration === null}
        aria-label={t("film-place")}
        aria-valuetext={wordsOf(at, duration)}
        style={{ "--part": whole > 0 ? at / whole : 0 }}
        onKeyDown={onKey}
        onInput={(event) => {
          const to = Number(event.currentTarget.value);
          setWish(to);
          if (performance.now() - sent.current.at > DRAG_MS) go(to);
        }}
        onChange={(event) => {
          setWish(null);
          go(Number(event.currentTarget.value));
        }}
      />
      <Times at={at} duration={duration} />
    </>
  );
}

function Progress({ player }: { player: FilmPlayer }) {
  const duration = player.duration.value;
  const at = player.at.value;
  return (
    <>
      <progress
        class="film-progress"
        max={duration ?? 1}
        value={duration === null ? 0 : Math.min(at, duration)}
        aria-label={t("film-place")}
        aria-valuetext={wordsOf(at, duration)}
      />
      <Times at={at} duration={duration} />
    </>
  );
}

function wordsOf(at: number, duration: number | null): string {
  return duration === null
    ? clockOf(at)
    : t("film-place-of", { at: clockOf(at), whole: clockOf(duration) });
}

function Times({ at, duration }: { at: number; duration: number | null }) {
  return (
    <span class="film-times num" aria-hidden="true">
      <b>{clockOf(at)}</b>
      {duration !== null && <span> / {clockOf(duration)}</span>}
    </span>
  );
}

function Rate({ desk, page }: BarProps) {
  const { rate } = filmOf(desk.room.value.films, page.id);
  return (
    <Menu
      label={t("film-rate")}
      class="btn btn-sm btn-quiet num"
      side="above"
      items={RATES.map((one) => ({
        label: t("film-times", { times: one / 100 }),
        checked: one === rate,
        run: () => setRate(desk, page.id, one),
      }))}
    >
      <span class="vh">{t("film-rate")}</span>
      {t("film-times", { times: rate / 100 })}
    </Menu>
  );
}

/** Of this screen alone. */
function Loudness({ player }: { player: FilmPlayer }) {
  const silent = isMuted.value || volume.value === 0;
  const change = (muted: boolean, loud: number) => {
    isMuted.value = muted;
    volume.value = loud;
    player.touched();
  };
  return (
    <span class="film-loud">
      <IconButton
        label={t(silent ? "film-unmute" : "film-mute")}
        icon={silent ? "speaker-off" : "speaker"}
        onClick={() => change(!silent, silent && volume.value === 0 ? 1 : volume.value)}
      />
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={silent ? 0 : volume.value}
        aria-label={t("film-volume")}
        aria-valuetext={t("film-percent", { percent: silent ? 0 : Math.round(volume.value * 100) })}
        style={{ "--part": silent ? 0 : volume.value }}
        onInput={(event) => change(false, Number(event.currentTarget.value))}
      />
    </span>
  );
}

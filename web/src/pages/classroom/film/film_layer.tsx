/** A film under the ink of its page: in the page's place on the screen, whole, and in step. */
import { useEffect, useRef } from "preact/hooks";
import { clockNow } from "../../../room/clock";
import { filmOf } from "../../../room/film";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import type { BoardPage } from "../../../wire/messages";
import type { LayerProps } from "../board/layer_props";
import { tellOver } from "./acts";
import { FilmPlayer, shownPlayer, showPlayer } from "./player";

export function FilmLayer({ desk, page, box }: LayerProps) {
  const media = useRef<HTMLMediaElement | null>(null);
  const take = (element: HTMLMediaElement | null) => {
    media.current = element;
  };
  const placement = desk.room.value.board.placements.find((one) => one.id === page.placement);
  const name = placement?.name ?? "";
  const isSound = placement?.kind === "sound";
  useEffect(() => {
    if (!media.current) return;
    const player = new FilmPlayer(media.current, {
      film: () => filmOf(desk.room.peek().films, page.id),
      clock: () => clockNow(desk.room.peek()),
      over: (film, duration) => tellOver(desk, film, duration),
    });
    const unlisten = desk.room.subscribe(() => player.step());
    const close = showPlayer(player);
    return () => {
      unlisten();
      close();
    };
  }, [desk, page.id, page.backdrop, isSound]);
  const { x, y, w, h } = box.value;
  const place = { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` };
  return (
    <div class={isSound ? "film is-sound" : "film"} style={place}>
      {isSound ? (
        <>
          {/* biome-ignore lint/a11y/useMediaCaption: what the teacher sent has none */}
          <audio ref={take} src={page.backdrop} preload="auto" aria-label={name} />
          <Icon name="sound" />
          <p>{name}</p>
        </>
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: what the teacher sent has none
        <video ref={take} src={page.backdrop} preload="auto" playsInline aria-label={name} />
      )}
    </div>
  );
}

/** What there is to say of the film, over the ink. */
export function FilmOver({ page }: { page: BoardPage }) {
  const player = shownPlayer.value;
  if (!player) return null;
  const touch = player.needsTouch.value;
  const state = player.state.value;
  if (touch !== "no") {
    return (
      <div class="film-over">
        <Button
          look="primary"
          icon={touch === "to hear" ? "speaker" : "play"}
          onClick={() => player.touched()}
        >
          {t(touch === "to hear" ? "film-hear" : "film-see")}
        </Button>
      </div>
    );
  }
  if (state === "ready") return null;
  const isComing = state === "coming" || state === "waiting";
  const ending = page.backdrop.split(".").at(-1)?.toUpperCase() ?? "";
  return (
    <div class="film-over" role={isComing ? "status" : "alert"}>
      <p class="pill">
        {isComing ? <span class="spin" /> : <Icon name="warn" />}
        <span>{t(`film-${state}`, { kind: ending })}</span>
      </p>
      {state === "broken" && (
        <Button look="line" icon="again" onClick={() => player.again()}>
          {t("again")}
        </Button>
      )}
    </div>
  );
}

/** What filled the picture: a shared screen with the ink over it, the board, a film's card, or faces. */
import { useComputed, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { nameOf, type Track } from "../../recording/manifest";
import type { Scene } from "../../recording/story";
import type { Face } from "../../recording/tracks";
import { t } from "../../text/text";
import { Icon, type IconName } from "../../ui/icon";
import { useSize } from "../classroom/use_size";
import { BoardView } from "./board_view";
import type { PlayerDesk } from "./desk";
import { FaceTile } from "./face_tile";
import { clockOf } from "./times";
import { TrackVideo } from "./track_video";

export function Stage({ desk, videos }: { desk: PlayerDesk; videos: number }) {
  const scene = desk.scene.value;
  const isFaces = desk.layout.value === "faces" || desk.main.value.kind === "faces";
  return (
    <div class="pstage" data-kind={isFaces ? "faces" : desk.main.value.kind}>
      {isFaces ? <Faces desk={desk} videos={videos} /> : <Main desk={desk} />}
      {scene.inGroups && <Note icon="groups" text={t("player-in-groups")} />}
      {scene.poll && <PollCard desk={desk} scene={scene} />}
      <Captions desk={desk} />
    </div>
  );
}

function Main({ desk }: { desk: PlayerDesk }) {
  const main = desk.main.value;
  const { page, film } = desk.scene.value;
  if (main.kind === "screen") return <Screen desk={desk} track={main.track} />;
  if (page?.kind === "film" && film) return <FilmCard desk={desk} name={page.name} />;
  if (page?.kind === "activity") {
    return <Card icon="puzzle" title={page.name} text={t("player-activity")} />;
  }
  if (page) return <BoardView desk={desk} page={page} />;
  return <Card icon="board" title={t("player-no-page")} text="" />;
}

/** The ink lies on the picture itself, whatever its shape and the window's. */
function Screen({ desk, track }: { desk: PlayerDesk; track: Track }) {
  const ref = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(ref);
  const shape = useSignal({ w: 16, h: 9 });
  const manifest = desk.manifest.value;
  const over = desk.scene.value.over;
  const { w, h } = shape.value;
  const scale = Math.min(width / w, height / h);
  const name = manifest ? nameOf(manifest, track.pid) : "";
  return (
    <div class="pscreen" ref={ref}>
      <TrackVideo
        desk={desk}
        track={track}
        label={t("player-screen-of", { name })}
        class="pscreen-picture"
        onShape={(wide, high) => {
          shape.value = { w: wide, h: high };
        }}
      />
      {over && scale > 0 && (
        <div class="pscreen-ink" style={{ width: `${w * scale}px`, height: `${h * scale}px` }}>
          <BoardView
            desk={desk}
            page={{ ...over.page, width: 1280, height: (1280 * h) / w }}
            isOver
            fades={over.fades}
          />
        </div>
      )}
      {desk.playback.stalled.value.has(track.id) && (
        <Note icon="clock" text={t("player-gap-slow")} />
      )}
    </div>
  );
}

const MOST_ON_STAGE = 4;

function Faces({ desk, videos }: { desk: PlayerDesk; videos: number }) {
  const manifest = desk.manifest.value;
  const faces: readonly Face[] = desk.faces.value.slice(0, MOST_ON_STAGE);
  if (!manifest || faces.length === 0) {
    return <Card icon="people" title={t("player-nobody")} text="" />;
  }
  return (
    <div class="pfaces" data-count={faces.length}>
      {faces.map((face, at) => (
        <FaceTile key={face.pid} desk={desk} face={face} hasVideo={at < videos} size={72} />
      ))}
    </div>
  );
}

function FilmCard({ desk, name }: { desk: PlayerDesk; name: string }) {
  const { film } = desk.scene.value;
  const ms = desk.playback.ms.value;
  if (!film) return null;
  const passed = film.isPlaying ? (ms - film.atMs) * film.rate : 0;
  const at = clockOf(film.positionMs + passed);
  return <Card icon="motion" title={name} text={t("player-film", { at })} />;
}

function Card({ icon, title, text }: { icon: IconName; title: string; text: string }) {
  return (
    <div class="pcard">
      <Icon name={icon} />
      <h2>{title}</h2>
      {text !== "" && <p>{text}</p>}
    </div>
  );
}

function Note({ icon, text }: { icon: IconName; text: string }) {
  return (
    <p class="pnote">
      <Icon name={icon} />
      <span>{text}</span>
    </p>
  );
}

function PollCard({ desk, scene }: { desk: PlayerDesk; scene: Scene }) {
  const { poll } = scene;
  const isOver = useComputed(() => desk.playback.ms.value >= (scene.poll?.untilMs ?? 0)).value;
  if (!poll || isOver) return null;
  const most = Math.max(1, ...poll.tally.map(([, count]) => count));
  return (
    <aside class="ppoll" aria-label={t("player-chapter-poll")}>
      <b>{poll.question}</b>
      {poll.tally.map(([answer, count]) => (
        <div key={answer} class="ppoll-row">
          <span class="grow">{answer}</span>
          <meter min={0} max={most} value={count} aria-label={answer} />
          <span class="num">{count}</span>
        </div>
      ))}
    </aside>
  );
}

function Captions({ desk }: { desk: PlayerDesk }) {
  const text = desk.captions.caption.value;
  return text === "" ? null : <p class="pcaption">{text}</p>;
}

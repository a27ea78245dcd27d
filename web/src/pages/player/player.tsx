/** Watching a class again: the picture, who spoke, what was written, and the line of time. */
import { useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import "../../style/player.css";
import type { Face } from "../../recording/tracks";
import { dayOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { toast } from "../../ui/live";
import { singleKeys } from "../classroom/keys";
import { followForm } from "../classroom/use_size";
import { Loading, useTitle } from "../frame";
import { Deck } from "./deck";
import { PlayerDesk } from "./desk";
import { FaceTile } from "./face_tile";
import { hangHook } from "./hook";
import { followKeys } from "./keys";
import { KeysSheet } from "./keys_sheet";
import { followMediaKeys } from "./media_keys";
import { Panel } from "./panel";
import { Stage } from "./stage";
import { keepPlace, placeFor } from "./where";

export interface PlayerProps {
  session: string;
  id: string;
  title: string;
  /** By a link: nothing of the product around it. */
  isShared: boolean;
  /** Where one came from; the library of an account when it is not given. */
  back?: string;
  /** The session has ended; another one given as `session` goes on from the same second. */
  onOver(): void;
  /** In a class that goes on: it begins some minutes ago, and leads back to the class. */
  catchUp?: { onLive(): void };
}

/** Who catches up begins so long ago. */
const LATE_MS = 5 * 60_000;

export function Player(props: PlayerProps) {
  const { session, id, title, isShared, catchUp } = props;
  const root = useRef<HTMLDivElement>(null);
  const form = useMemo(followForm, []);
  const desk = useDesk(props, root, () => (form.form.peek() === "phone" ? 4 : 5));
  useEffect(() => () => form.stop(), [form]);
  useEffect(() => void desk.sources.moveTo(session), [session]);
  useTitle(title);
  const isPhone = form.form.value === "phone";
  return (
    <div class="rplayer" data-layout={desk.layout.value} ref={root}>
      <Top desk={desk} title={title} isShared={isShared} back={props.back} catchUp={catchUp} />
      <Fault desk={desk} isShared={isShared} />
      {desk.manifest.value ? (
        <main class="pmain">
          <View desk={desk} isPhone={isPhone} />
          <Deck desk={desk} hasLanes={!isPhone} />
          <Panel desk={desk} isShared={isShared} />
        </main>
      ) : (
        desk.sources.problem.value === null && <Loading />
      )}
      <KeysSheet desk={desk} />
      <Keeping desk={desk} id={id} session={session} isPlaceKept={!catchUp} />
    </div>
  );
}

function useDesk(
  { session, id, title, onOver, catchUp }: PlayerProps,
  root: RefObject<HTMLElement | null>,
  mostFaces: () => number,
): PlayerDesk {
  const over = useRef(onOver);
  over.current = onOver;
  const desk = useMemo(
    () => new PlayerDesk(session, { onOver: () => over.current(), mostFaces }),
    [id],
  );
  useEffect(() => {
    void desk.sources.load().then(() => {
      const length = desk.playback.lengthMs;
      const at = catchUp ? length - LATE_MS : placeFor(id, length);
      if (at !== null) desk.seekPlay(at);
    });
    const stops = [
      hangHook(desk),
      followKeys(desk, root.current, () => singleKeys.value),
      followMediaKeys(desk, title),
    ];
    return () => {
      for (const stop of stops) stop();
      desk.destroy();
    };
  }, [desk]);
  return desk;
}

type TopProps = Pick<PlayerProps, "title" | "isShared" | "catchUp"> & {
  desk: PlayerDesk;
  back: string | undefined;
};

function Top({ desk, title, isShared, back = "/recordings", catchUp }: TopProps) {
  const manifest = desk.manifest.value;
  const room = manifest?.roomTitle ?? "";
  const day = manifest?.beganAt ? dayOf(manifest.beganAt) : "";
  const minutes = Math.max(1, Math.round(desk.playback.lengthMs / 60_000));
  return (
    <header class="ptop">
      {!isShared && (
        <a
          class="icon-btn"
          href={back}
          aria-label={t("player-to-recordings")}
          data-tip={t("player-to-recordings")}
        >
          <Icon name="left" />
        </a>
      )}
      <div class="grow">
        <h1 class="ell">{manifest?.title || title}</h1>
        {manifest && (
          <p class="ell num">
            {[room, day, t("player-length", { minutes })].filter(Boolean).join(" · ")}
          </p>
        )}
      </div>
      {manifest?.isLive && (
        <span class="pill pill-signal">
          <Icon name="record" />
          {t("player-live")}
        </span>
      )}
      {catchUp ? (
        <Button look="primary" icon="enter" onClick={catchUp.onLive}>
          {t("player-to-live")}
        </Button>
      ) : (
        <Button look="line" icon="link" onClick={() => void copyMoment(desk)}>
          {t("player-copy-moment")}
        </Button>
      )}
    </header>
  );
}

/** The address of this page at this second. */
async function copyMoment(desk: PlayerDesk): Promise<void> {
  const address = new URL(location.href);
  address.searchParams.set("t", String(Math.floor(desk.playback.playMs / 1000)));
  try {
    await navigator.clipboard.writeText(address.href);
    toast(t("player-moment-copied"));
  } catch {
    toast(address.href);
  }
}

/** Why nothing comes, and what one may do; what mends itself is asked for again meanwhile. */
function Fault({ desk, isShared }: { desk: PlayerDesk; isShared: boolean }) {
  const problem = desk.sources.problem.value;
  if (!problem) return null;
  const isPassing = desk.sources.isPassing(problem);
  return (
    <div class="pfault">
      <div class="banner banner-signal" role="alert">
        <Icon name="warn" />
        <span class="grow">
          {refusalText(problem.code, problem.params)} {isPassing && t("player-asked-again")}
        </span>
        {(isPassing || isShared) && (
          <Button look="line" size="small" onClick={() => void desk.sources.load()}>
            {t("again")}
          </Button>
        )}
        {!isPassing && !isShared && (
          <ButtonLink look="line" size="small" href="/">
            {t("player-home")}
          </ButtonLink>
        )}
      </div>
    </div>
  );
}

/** Of more than there is room for, those with a picture, and who speaks. */
function besideOf(faces: readonly Face[], most: number): readonly Face[] {
  const worth = (face: Face) => (face.isSpeaking ? 2 : 0) + (face.track ? 1 : 0);
  const chosen = new Set([...faces].sort((a, b) => worth(b) - worth(a)).slice(0, most));
  return faces.filter((face) => chosen.has(face));
}

/** A phone fetches one picture: what fills the stage, or else the face of who speaks. */
function View({ desk, isPhone }: { desk: PlayerDesk; isPhone: boolean }) {
  const main = desk.main.value.kind;
  const isFaces = main === "faces" || desk.layout.value === "faces";
  const most = desk.layout.value === "side" && !isPhone ? 2 : 4;
  const shown = besideOf(desk.faces.value, most);
  const speaker = shown.findIndex((face) => face.isSpeaking);
  const chosen = Math.max(0, speaker);
  const hasVideo = (at: number) => (isPhone ? main !== "screen" && at === chosen : true);
  return (
    <section class="pview" aria-label={t("player-view")}>
      <Stage desk={desk} videos={isPhone ? 1 : 4} />
      {!isFaces && desk.faces.value.length > 0 && (
        <div class="pstrip">
          {shown.map((face, at) => (
            <FaceTile key={face.pid} desk={desk} face={face} hasVideo={hasVideo(at)} size={40} />
          ))}
        </div>
      )}
    </section>
  );
}

interface KeepingProps {
  desk: PlayerDesk;
  id: string;
  session: string;
  isPlaceKept: boolean;
}

/** While it plays the screen stays on, and where one is and what one watched is kept. */
function Keeping({ desk, id, session, isPlaceKept }: KeepingProps) {
  useSignalEffect(() => {
    if (!desk.playback.isPlaying.value) return;
    const stop = keepPlace(desk, { id, session, isPlaceKept });
    const lock = navigator.wakeLock?.request("screen").catch(() => null);
    return () => {
      stop();
      void lock?.then((held) => held?.release());
    };
  });
  return null;
}

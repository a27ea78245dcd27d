/** One recording, played: a session is taken for it, and the player comes with its own part. */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Empty } from "../../ui/mark";
import type { Problem } from "../../wire/http";
import {
  type PlayAsked,
  type PlaySession,
  play,
  type Recording,
  readRecording,
} from "../../wire/recordings";
import { session as account } from "../account";
import { DoorFrame, Loading, useTitle } from "../frame";
import type { Player as PlayerPage } from "../player/player";

/** A recording that is being made is asked for again by itself, less and less often. */
const AGAIN_MS = 1_000;
const SELDOM_MS = 8_000;
const COMING = new Set(["recording.not_ready", "recording.changing", "rate.limited"]);

const player = signal<typeof PlayerPage | null>(null);

/** The player and the board it draws with are a part of their own, fetched when it is needed. */
async function fetchPlayer(): Promise<boolean> {
  try {
    const part = await import("../player/player");
    player.value = part.Player;
    return true;
  } catch {
    return false;
  }
}

interface WatchProps {
  id: string;
  title: string;
  isShared: boolean;
  asked: PlayAsked;
  /** The list it belongs to; empty for who came by a link. */
  back?: string;
  /** For who is known in a class; others are refused. */
  isEnrolled?: boolean;
  /** Its password is asked for again. */
  onPassword?(): void;
}

export function Watch(props: WatchProps) {
  const { id, title, isShared, asked, back = "/recordings", onPassword } = props;
  useTitle(title);
  const { session, problem, again } = usePlaySession(id, asked);
  const [isMissing, setMissing] = useState(false);
  const fetchIt = async () => setMissing(!(await fetchPlayer()));
  useEffect(() => {
    if (!player.value) void fetchIt();
  }, []);
  useEffect(() => {
    if (problem?.code === "recording.password") onPassword?.();
  }, [problem]);
  const Player = player.value;
  if (Player && session && !problem) {
    return (
      <Player
        session={session.session}
        id={id}
        title={title}
        isShared={isShared}
        back={back}
        onOver={again}
      />
    );
  }
  return (
    <DoorFrame class="entry">
      {problem ? (
        <Problems problem={problem} {...props} back={back} onAgain={again} />
      ) : isMissing ? (
        <div class="entry-form">
          <p>{refusalText("network.offline")}</p>
          <Button look="line" icon="again" onClick={() => void fetchIt()}>
            {t("again")}
          </Button>
        </div>
      ) : (
        <Loading />
      )}
    </DoorFrame>
  );
}

/** Asked for again while it is being made; a new one when the one before is over. */
function usePlaySession(id: string, asked: PlayAsked) {
  const [session, setSession] = useState<PlaySession | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waitMs = AGAIN_MS;
    const take = async () => {
      const answer = await play(id, asked);
      if (isOver) return;
      setProblem(answer.ok ? null : answer.error);
      if (answer.ok) setSession(answer.value);
      else if (COMING.has(answer.error.code)) {
        timer = setTimeout(() => void take(), pauseOf(answer.error, waitMs));
        waitMs = Math.min(SELDOM_MS, waitMs * 1.5);
      }
    };
    void take();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [id, asked, turn]);
  return { session, problem, again: () => setTurn((count) => count + 1) };
}

/** A whole class behind one address asks at once: not all of it again at once. */
function pauseOf({ retryAfterS }: Problem, waitMs: number): number {
  return Math.max(waitMs, (retryAfterS ?? 0) * 1000) * (1 + Math.random() / 2);
}

interface ProblemsProps extends Pick<WatchProps, "isShared" | "isEnrolled"> {
  problem: Problem;
  back: string;
  onAgain(): void;
}

function Problems({ problem, isShared, isEnrolled, back, onAgain }: ProblemsProps) {
  const isUnknown = problem.code === "recording.unknown";
  const text =
    isEnrolled && isUnknown
      ? t("library-shared-enrolled")
      : refusalText(problem.code, problem.params);
  const isComing = COMING.has(problem.code);
  return (
    <div class="card watch-problem" role="status">
      <Empty title={t("library-watch-title")} text={text}>
        {isComing && <span class="spin" />}
        <div class="row row-wrap">
          {!isComing && (
            <Button look="line" icon="again" onClick={onAgain}>
              {t("library-watch-again")}
            </Button>
          )}
          {!isShared && (
            <ButtonLink look="quiet" href={back}>
              {t("library-watch-back")}
            </ButtonLink>
          )}
        </div>
      </Empty>
    </div>
  );
}

const PLAIN: PlayAsked = {};
const WHOLE: PlayAsked = { whole: true };

/** `/recordings/<id>`; with `?whole` an editor sees what was cut out, too. */
export function RecordingPage({ id }: { id: string }) {
  const isWhole = new URLSearchParams(location.search).has("whole");
  const [one, setOne] = useState<Recording | null>(null);
  useEffect(() => {
    const load = async () => {
      const answer = await readRecording(id);
      if (answer.ok) setOne(answer.value);
    };
    void load();
  }, [id]);
  return (
    <Watch
      id={id}
      title={one?.title || t("library-watch-title")}
      back={listOf(one)}
      isShared={false}
      asked={isWhole ? WHOLE : PLAIN}
    />
  );
}

/** Who came by the link of a room has that room's list, and no other. */
function listOf(one: Recording | null): string {
  const isRooms = account.value?.account === null && one?.room_id;
  return isRooms ? `/rooms/${encodeURIComponent(isRooms)}/recordings` : "/recordings";
}

/** The check before waiting, in under a minute: each thing by itself, and it can be skipped. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { chosen } from "../../media/devices";
import { playTestSound } from "../../media/speaker";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Icon, type IconName } from "../../ui/icon";
import type { SpeakerVerdict, Visit } from "../../wire/waiting";
import { verdict, watchConnection } from "../green_room/connection";
import { SelfView, useLocalMedia } from "../green_room/self_view";
import { cameraOf, microphoneOf, networkOf, useHeard, useSeen, useTold } from "./verdicts";
import { keepWanted, wanted } from "./wanted";

interface Props {
  visit: Visit;
  onReady(): Promise<void>;
}

export function Check({ visit, onReady }: Props) {
  const media = useLocalMedia(wanted());
  const { on: cameraOn } = media.camera.value;
  const { on: microphoneOn } = media.microphone.value;
  useEffect(
    () => keepWanted({ camera: cameraOn, microphone: microphoneOn }),
    [cameraOn, microphoneOn],
  );
  const [speaker, setSpeaker] = useState<SpeakerVerdict | undefined>(visit.checked.speaker);
  const [going, setGoing] = useState(false);
  useEffect(watchConnection, []);
  const hearing = useHeard(media.microphone.value);
  const seeing = useSeen(media.camera.value);
  const camera = cameraOf(media.camera.value, seeing);
  const microphone = microphoneOf(media.microphone.value, hearing);
  const network = networkOf(verdict.value);
  const tell = useTold(visit.id, {
    ...(camera && { camera }),
    ...(microphone && { microphone }),
    ...(speaker && { speaker }),
    ...(network && { network }),
  });
  const whole = Boolean(camera && microphone && speaker && network);
  const ready = async () => {
    setGoing(true);
    await tell();
    await onReady();
    setGoing(false);
  };
  return (
    <>
      <SelfView media={media} name={visit.name} ownTone />
      <section class="wait-check" aria-label={t("wait-check")}>
        <p class="small quiet">{t("wait-with", { host: visit.host.name })}</p>
        <h1>{t("wait-check")}</h1>
        <p class="quiet">{t("wait-check-note")}</p>
        <ul class="wait-checks card">
          <Line icon="cam" name={t("camera")} found={camera} />
          <Line
            icon="mic"
            name={t("microphone")}
            found={microphone}
            asks={t("hear-say-something")}
          />
          <Sound found={speaker} onFound={setSpeaker} />
          <Line icon="net" name={t("wait-connection")} found={network} />
        </ul>
        <div class="wait-check-acts">
          <Button
            look="primary"
            size="large"
            wide
            waiting={going && t("join-waiting")}
            onClick={() => void ready()}
          >
            {t(whole ? "wait-ready" : "wait-ready-so")}
          </Button>
          <p class="small quiet">{t("wait-private")}</p>
        </div>
      </section>
    </>
  );
}

interface LineProps {
  icon: IconName;
  name: string;
  found: string | undefined;
  /** What to do so that it can be found out. */
  asks?: string;
  children?: ComponentChildren;
}

const WELL = ["works", "heard", "good"];
const MIDDLE = ["fair", "off", "skipped"];

function Line({ icon, name, found, asks, children }: LineProps) {
  const look = !found
    ? "is-open"
    : WELL.includes(found)
      ? "is-ok"
      : MIDDLE.includes(found)
        ? ""
        : "is-bad";
  return (
    <li class={look}>
      <Icon name={icon} />
      <span class="grow">
        {name}
        {found && look === "is-bad" && <span class="small wait-way">{t(`wait-way-${found}`)}</span>}
      </span>
      {children ?? (
        <span class="row small wait-found" role="status">
          {found ? <Icon name={look === "is-bad" ? "warn" : "check"} /> : <span class="spin" />}
          {found ? t(`wait-found-${found}`) : (asks ?? t("wait-found-looking"))}
        </span>
      )}
    </li>
  );
}

interface SoundProps {
  found: SpeakerVerdict | undefined;
  onFound(found: SpeakerVerdict): void;
}

/** A tone, and the question whether it was heard: nobody else can know. */
function Sound({ found, onFound }: SoundProps) {
  const [state, setState] = useState<"idle" | "playing" | "asking">("idle");
  const play = async () => {
    setState("playing");
    const played = await playTestSound(chosen.value.speaker);
    setState(played ? "asking" : "idle");
    if (!played) onFound("unheard");
  };
  if (state === "asking") {
    const answer = (one: SpeakerVerdict) => {
      onFound(one);
      setState("idle");
    };
    return (
      <Line icon="speaker" name={t("wait-heard")} found={undefined}>
        <span class="row">
          <Button size="small" look="line" onClick={() => answer("heard")}>
            {t("wait-yes")}
          </Button>
          <Button size="small" look="quiet" onClick={() => answer("unheard")}>
            {t("wait-no")}
          </Button>
        </span>
      </Line>
    );
  }
  return (
    <Line icon="speaker" name={t("wait-sound")} found={found}>
      {found === "heard" ? undefined : (
        <Button
          size="small"
          look="line"
          waiting={state === "playing" && t("speaker-testing")}
          onClick={() => void play()}
        >
          {t(found === "unheard" ? "wait-tone-again" : "wait-tone")}
        </Button>
      )}
    </Line>
  );
}

/** Before joining: look and listen to oneself, see that everything works, write a name, go in. */
import { useEffect, useRef, useState } from "preact/hooks";
import { watchPermissions } from "../../media/capture";
import { devices, watchDevices } from "../../media/devices";
import { language, t } from "../../text/text";
import { Icon } from "../../ui/icon";
import { type RoomFacts, readRoom } from "../../wire/api";
import type { Problem } from "../../wire/http";
import { prepareClassroom } from "../classroom_door";
import { DoorFrame, Loading, useTitle } from "../frame";
import { LoadFault } from "../load_fault";
import { NotFound } from "../not_found/not_found";
import { Brought } from "./brought";
import { DeviceRow } from "./device_row";
import { Connection, Heading, Inside } from "./door_facts";
import { HowToAllow } from "./how_to_allow";
import { isClosedTo, JoinForm } from "./join_form";
import { LocalMedia } from "./local_media";
import { MicrophoneBar } from "./microphone_bar";
import { Preview, RefusalActions } from "./preview";
import { noteKey, shownRefusal, titleKey } from "./refusal";

const FACTS_PERIOD_MS = 5000;

export function GreenRoom({ code }: { code: string }) {
  const [facts, problem, again, setFacts] = useFacts(code);
  useTitle(facts?.title ?? t("door-title"));
  useEffect(() => {
    if (facts) void prepareClassroom(facts.rtp_capabilities);
  }, [facts !== null]);
  if (problem?.code === "room.unknown") return <NotFound room />;
  if (facts) return <Door facts={facts} onFacts={setFacts} />;
  return (
    <DoorFrame class="entry">
      {problem ? <LoadFault problem={problem} onAgain={again} /> : <Loading />}
    </DoorFrame>
  );
}

/** The room's facts, kept fresh; a fault counts only while there are none. */
function useFacts(
  code: string,
): [RoomFacts | null, Problem | null, () => void, (facts: RoomFacts) => void] {
  const [facts, setFacts] = useState<RoomFacts | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const refresh = async () => {
    const result = await readRoom(code, language.value);
    if (result.ok) setFacts(result.value);
    setProblem(result.ok ? null : result.error);
  };
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void refresh();
    }, FACTS_PERIOD_MS);
    return () => clearInterval(timer);
  }, [code, language.value]);
  return [facts, problem, () => void refresh(), setFacts];
}

function useLocalMedia(): LocalMedia {
  const kept = useRef<LocalMedia | null>(null);
  kept.current ??= new LocalMedia();
  const media = kept.current;
  useEffect(() => {
    void media.open();
    const stopPermissions = watchPermissions(() => media.retry());
    const stopDevices = watchDevices();
    const stopList = devices.subscribe(() => media.devicesChanged());
    return () => {
      stopPermissions();
      stopDevices();
      stopList();
      media.close();
    };
  }, []);
  return media;
}

interface DoorProps {
  facts: RoomFacts;
  onFacts(facts: RoomFacts): void;
}

function Door({ facts, onFacts }: DoorProps) {
  const media = useLocalMedia();
  const [name, setName] = useState<string | null>(null);
  return (
    <DoorFrame class="green-room">
      <SelfView media={media} name={name ?? facts.you?.name ?? ""} />
      <section class="join" aria-label={facts.title}>
        <Heading facts={facts} />
        {!isClosedTo(facts) && <Inside facts={facts} />}
        <Brought facts={facts} />
        <JoinForm facts={facts} media={media} onName={setName} onFacts={onFacts} />
        <Connection />
      </section>
    </DoorFrame>
  );
}

function SelfView({ media, name }: { media: LocalMedia; name: string }) {
  const [how, setHow] = useState(false);
  const microphone = media.microphone.value;
  const refusal = shownRefusal(microphone.refusal, media.camera.value.refusal);
  // With a picture, the microphone's refusal stands beneath it instead of in its place.
  const beside = shownRefusal(microphone.refusal, null);
  const showBeside = beside !== null && refusal?.about !== "both";
  return (
    <section class="self" aria-label={t("self-view")}>
      <Preview media={media} name={name} refusal={refusal} onShowHow={() => setHow(true)} />
      <MicrophoneBar side={microphone} />
      {showBeside && (
        <div class="banner banner-signal self-banner" role="alert">
          <Icon name="mic-off" />
          <div>
            <b>{t(titleKey(beside))}</b>
            <p>{t(noteKey(beside))}</p>
          </div>
          <RefusalActions
            refusal={beside}
            onAgain={() => media.retry()}
            onShowHow={() => setHow(true)}
          />
        </div>
      )}
      <DeviceRow media={media} />
      <HowToAllow open={how} onClose={() => setHow(false)} onAgain={() => media.retry()} />
    </section>
  );
}

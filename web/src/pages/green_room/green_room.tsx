/** Before joining: look and listen to oneself, see that everything works, write a name, go in. */
import { useEffect, useState } from "preact/hooks";
import { language, t } from "../../text/text";
import { type RoomFacts, readRoom } from "../../wire/api";
import type { Problem } from "../../wire/http";
import { prepareClassroom } from "../classroom_door";
import { DoorFrame, Loading, useTitle } from "../frame";
import { LoadFault } from "../load_fault";
import { NotFound } from "../not_found/not_found";
import { Brought } from "./brought";
import { Connection, Heading, Inside } from "./door_facts";
import { isClosedTo, JoinForm } from "./join_form";
import { SelfView, useLocalMedia } from "./self_view";

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

/** The waiting room: the check, then the place in the queue, then straight into the talk. */
import { useEffect, useRef, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { toast } from "../../ui/live";
import type { Reply } from "../../wire/http";
import {
  beReady,
  comeBack,
  leaveVisit,
  signForm,
  tellReason,
  type Visit,
  writeToDesk,
} from "../../wire/waiting";
import type { PlaceProps } from "../desk/props";
import { DoorFrame, Loading, useTitle } from "../frame";
import { useLocalMedia } from "../green_room/self_view";
import { LoadFault } from "../load_fault";
import { backOf } from "./back";
import { useAwake, useCall } from "./calling";
import { CheckedList, Place, ReasonField, Ring } from "./card";
import { Check } from "./check";
import { useVisit } from "./feed";
import { FormsToSign } from "./forms";
import { goIn } from "./go_in";
import { Lines } from "./lines";
import { wanted } from "./wanted";
import { stepOf } from "./words";

export function Page({ part }: PlaceProps) {
  const { visit, problem, isThere, keep } = useVisit(part);
  useTitle(t("desk-wait"));
  if (problem?.code === "visit.unknown") return <Gone />;
  if (!visit)
    return (
      <DoorFrame class="entry">
        {problem ? <LoadFault problem={problem} onAgain={() => location.reload()} /> : <Loading />}
      </DoorFrame>
    );
  const step = stepOf(visit);
  if (step === "left" || step === "refused" || step === "over")
    return <Ended visit={visit} step={step} onVisit={keep} />;
  return <Waiting visit={visit} isThere={isThere} onVisit={keep} />;
}

interface WaitingProps {
  visit: Visit;
  isThere: boolean;
  onVisit(visit: Visit): void;
}

/** Says what stood in the way; whether nothing did. */
function useActs(onVisit: (visit: Visit) => void) {
  return async (reply: Reply<Visit>): Promise<boolean> => {
    const result = await reply;
    if (result.ok) onVisit(result.value);
    else toast(refusalText(result.error.code, result.error.params));
    return result.ok;
  };
}

function Waiting({ visit, isThere, onVisit }: WaitingProps) {
  const act = useActs(onVisit);
  const step = stepOf(visit);
  useAwake();
  useCall(visit.state === "called" || step === "go");
  if (step === "go") return <Going visit={visit} />;
  if (step === "check")
    return (
      <DoorFrame class="green-room">
        <Check visit={visit} onReady={async () => void (await act(beReady(visit.id, true)))} />
      </DoorFrame>
    );
  const leave = () => void act(leaveVisit(visit.id));
  return (
    <DoorFrame class="wait">
      <Ring visit={visit} />
      <div class="wait-side">
        <Place visit={visit} isThere={isThere} />
        <FormsToSign
          key={visit.forms[0]?.version_id ?? ""}
          visit={visit}
          onSign={async (version, name) => void (await act(signForm(visit.id, version, name)))}
        />
        <ReasonField
          visit={visit}
          onReason={async (reason) => void (await act(tellReason(visit.id, { reason })))}
        />
        <CheckedList visit={visit} onAgain={() => void act(beReady(visit.id, false))} />
        <Lines
          label={t("wait-write")}
          lines={visit.messages.map((line) => ({
            ...line,
            isMine: line.by === "me",
            name: line.by === "host" ? line.name : t("wait-reception"),
          }))}
          onSend={(text) => act(writeToDesk(visit.id, text))}
        />
        <Button look="quiet" icon="leave" onClick={leave}>
          {t("wait-leave")}
        </Button>
      </div>
    </DoorFrame>
  );
}

/** They were let in: the page goes there by itself, and says so while it does. */
function Going({ visit }: { visit: Visit }) {
  const media = useLocalMedia(wanted());
  const [fault, setFault] = useState<string | null>(null);
  const gone = useRef(false);
  const go = async () => {
    setFault(null);
    await media.settled();
    const problem = await goIn(visit.id, media, backOf(visit));
    if (problem) setFault(refusalText(problem.code, problem.params));
  };
  useEffect(() => {
    if (gone.current) return;
    gone.current = true;
    void go();
  }, []);
  return (
    <DoorFrame class="ending">
      <div class="ending-card" role="status">
        {!fault && <span class="spin" />}
        <h1>{t("wait-admitted")}</h1>
        <p>{fault ?? t("wait-admitted-note", { host: visit.host.name })}</p>
        {fault && (
          <Button look="primary" icon="enter" onClick={() => void go()}>
            {t("wait-go-in")}
          </Button>
        )}
      </div>
    </DoorFrame>
  );
}

interface EndedProps {
  visit: Visit;
  step: "left" | "refused" | "over";
  onVisit(visit: Visit): void;
}

function Ended({ visit, step, onVisit }: EndedProps) {
  const act = useActs(onVisit);
  const note = step === "refused" && visit.answer ? visit.answer : t(`wait-${step}-note`);
  return (
    <DoorFrame class="ending">
      <div class="ending-card" role="status">
        <h1>{t(`wait-${step}`, { host: visit.host.name })}</h1>
        <p>{note}</p>
        <div class="row row-wrap">
          {step === "left" && (
            <Button look="primary" icon="enter" onClick={() => void act(comeBack(visit.id))}>
              {t("wait-come-back")}
            </Button>
          )}
          <ButtonLink look={step === "left" ? "quiet" : "primary"} href={backOf(visit)}>
            {t(visit.booking_id ? "wait-to-booking" : "wait-to-book")}
          </ButtonLink>
        </div>
      </div>
    </DoorFrame>
  );
}

function Gone() {
  return (
    <DoorFrame class="ending">
      <div class="ending-card">
        <h1>{t("wait-gone")}</h1>
        <p>{t("wait-gone-note")}</p>
        <ButtonLink look="primary" href="/mine">
          {t("wait-to-booking")}
        </ButtonLink>
      </div>
    </DoorFrame>
  );
}

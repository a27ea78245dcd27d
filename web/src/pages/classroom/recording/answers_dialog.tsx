/** Who agreed to what, for staff; and who has the red mark on their screen. */
import { useEffect, useState } from "preact/hooks";
import { type Answers, agreedKinds, countsOf, isAbout } from "../../../room/recording";
import { participantOf } from "../../../room/state";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { Avatar } from "../../../ui/avatar";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { FormFault } from "../../../ui/field";
import { Icon } from "../../../ui/icon";
import type { PersonConsent, RecordingKind } from "../../../wire/messages";
import type { Desk } from "../desk";
import { kindsText } from "./acts";

export function AnswersDialog({ desk }: { desk: Desk }) {
  const open = desk.overlay.value === "answers" && isAbout(desk.room.value.recording.facts);
  const close = () => {
    desk.overlay.value = "none";
  };
  return (
    <Dialog
      open={open}
      title={t("recording-answers-title")}
      onClose={close}
      actions={<Button onClick={close}>{t("close")}</Button>}
    >
      <AnswersList desk={desk} />
    </Dialog>
  );
}

/** Asked for again with every answer and everybody who comes or goes. */
export function useConsents(desk: Desk): {
  people: readonly PersonConsent[] | null;
  fault: string | null;
} {
  const [people, setPeople] = useState<readonly PersonConsent[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const { facts, told } = desk.room.value.recording;
  useEffect(() => {
    let isOver = false;
    const load = async () => {
      const answer = await desk.session.wire.request("recording.consents", {});
      if (isOver) return;
      setFault(answer.ok ? null : refusalText(answer.error.code, answer.error.params));
      if (answer.ok) setPeople(answer.value.people);
    };
    // A class that answers all at once is asked about once.
    const timer = setTimeout(() => void load(), SETTLE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [told, facts.asked, facts.phase, facts.recording_id]);
  return { people, fault };
}

const SETTLE_MS = 250;

function AnswersList({ desk }: { desk: Desk }) {
  const { facts } = desk.room.value.recording;
  const { people, fault } = useConsents(desk);
  const counts = countsOf(facts, people?.map((one) => one.answers) ?? []);
  return (
    <>
      <p class="num">{t("recording-card-counts", { ...counts })}</p>
      <FormFault>{fault}</FormFault>
      {!people && !fault && <p class="small quiet">{t("loading")}</p>}
      <ul class="rows answers-rows">
        {people?.map((one) => {
          const person = participantOf(desk.room.value, one.participant_id);
          if (!person) return null;
          return (
            <li key={person.id}>
              <Avatar name={person.name} id={person.id} size={32} />
              <div class="grow">
                <b class="ell">{person.name}</b>
                <span class="small quiet">{answerText(facts.kinds, one.answers)}</span>
              </div>
              {one.was_seen && (
                <span class="pill" data-tip={t("recording-answers-seen")}>
                  <Icon name="eye" />
                  <span class="vh">{t("recording-answers-seen")}</span>
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <p class="small quiet">{t("recording-answers-note")}</p>
    </>
  );
}

function answerText(kinds: readonly RecordingKind[], answers: Answers): string {
  if (kinds.some((kind) => answers[kind] === undefined)) return t("recording-answers-not_yet");
  const agreed = agreedKinds(kinds, answers);
  if (agreed.length === 0) return t("recording-answers-no");
  if (agreed.length === kinds.length) return t("recording-answers-all");
  return t("recording-answers-some", { kinds: kindsText(agreed) });
}

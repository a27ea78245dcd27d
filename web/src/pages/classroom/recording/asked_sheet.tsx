/**
 * The question to everybody: who asks and why, the server's text, yes or no to each kind. It lies
 * beside the class and not above it: nobody is kept from class until they answer.
 */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { type Answers, openKinds } from "../../../room/recording";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { FormFault } from "../../../ui/field";
import { toast } from "../../../ui/live";
import { KindAnswers } from "../../consent/answers";
import type { Desk } from "../desk";
import { isAsked, putOff, sayAnswers } from "./acts";
import { keptText } from "./kept";
import { keepLink } from "./own_link";
import { ConsentWords, useConsentText } from "./text";

export function AskedSheet({ desk }: { desk: Desk }) {
  if (!isAsked(desk)) return null;
  const { recording_id } = desk.room.value.recording.facts;
  return <Sheet key={recording_id} desk={desk} />;
}

function Sheet({ desk }: { desk: Desk }) {
  const { facts } = desk.room.value.recording;
  const title = useId();
  const sheet = useRef<HTMLDialogElement>(null);
  const isOn = facts.phase !== "asking";
  const later = () => {
    putOff(desk);
    toast(t("recording-later-note"), {
      label: t("recording-answer"),
      run: () => {
        desk.putOff.value = "";
      },
    });
  };
  useKeptFocus(sheet);
  return (
    <dialog
      ref={sheet}
      open
      class="asked-sheet"
      aria-labelledby={title}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        later();
      }}
    >
      <div class="asked-body">
        <h2 id={title}>{t(isOn ? "recording-asked-title-on" : "recording-asked-title")}</h2>
        <Who desk={desk} />
        <Question desk={desk} onLater={later} />
      </div>
    </dialog>
  );
}

function Who({ desk }: { desk: Desk }) {
  const { facts, terms } = desk.room.value.recording;
  const { asked_name: name, purpose } = facts;
  return (
    <div class="asked-who">
      <p>
        <b>
          {name
            ? t("recording-asked-who", { name, purpose })
            : t("recording-asked-why", { purpose })}
        </b>
      </p>
      <p class="small quiet num">{keptText(terms.kept_days)}</p>
    </div>
  );
}

function Question({ desk, onLater }: { desk: Desk; onLater(): void }) {
  const mirror = desk.room.value.recording;
  const [answers, setAnswers] = useState<Answers>(mirror.own);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const loaded = useConsentText(desk);
  const { kinds } = mirror.facts;
  const send = async (given: Answers) => {
    setAnswers(given);
    if (!loaded.text) return setFault(t("recording-asked-missing"));
    const open = openKinds({ ...mirror, own: given });
    if (open.length > 0) return setFault(t("recording-asked-unanswered"));
    setBusy(true);
    const told = Object.fromEntries(kinds.map((kind) => [kind, given[kind] === true]));
    const { recording_id, text_id } = loaded.text;
    const asked = { recording_id, answers: told, text: text_id };
    const answer = await desk.session.wire.request("recording.answer", asked);
    setBusy(false);
    if (answer.ok) {
      keepLink(mirror.facts.recording_id, answer.value.link);
      return sayAnswers(desk, given);
    }
    setFault(refusalText(answer.error.code, answer.error.params));
    if (answer.error.code === "consent.text") loaded.again();
  };
  return (
    <>
      <ConsentWords {...loaded} />
      <h3>{t("recording-asked-kinds")}</h3>
      <KindAnswers
        kinds={kinds}
        answers={answers}
        onAnswers={(now) => {
          setAnswers(now);
          setFault(null);
        }}
        onAll={(all) => void send(all)}
      />
      <p class="small quiet">{t("recording-asked-no")}</p>
      <FormFault>{fault}</FormFault>
      <div class="dlg-foot">
        <Button look="quiet" onClick={onLater}>
          {t("recording-later")}
        </Button>
        <Button
          look="primary"
          waiting={busy && t("recording-sending")}
          disabled={!loaded.text}
          onClick={() => void send(answers)}
        >
          {t("recording-send")}
        </Button>
      </div>
    </>
  );
}

/** Whoever was in the sheet when it went is put back to where the room begins. */
function useKeptFocus(sheet: { current: HTMLElement | null }): void {
  useEffect(() => {
    const before = document.activeElement;
    const element = sheet.current;
    return () => {
      const isLost = element?.contains(document.activeElement) || document.activeElement === null;
      if (!isLost) return;
      const isThere = before instanceof HTMLElement && before.isConnected;
      const back = isThere && before !== document.body ? before : null;
      (back ?? document.querySelector<HTMLElement>(".callbar button"))?.focus();
    };
  }, []);
}

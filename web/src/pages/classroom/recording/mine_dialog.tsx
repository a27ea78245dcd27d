/** What one said oneself, at any time: to change it, and to have erased what was recorded. */
import { useState } from "preact/hooks";
import {
  type Answers,
  agreedKinds,
  changedAnswers,
  isAbout,
  openKinds,
} from "../../../room/recording";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { FormFault, Switch } from "../../../ui/field";
import { FormFoot } from "../../../ui/form_foot";
import { toast } from "../../../ui/live";
import { KindAnswers } from "../../consent/answers";
import { copy } from "../../copy_link";
import type { Desk } from "../desk";
import { keepLink, keptLink } from "./own_link";
import { ConsentWords, useConsentText } from "./text";

export function MineDialog({ desk }: { desk: Desk }) {
  const { recording } = desk.room.value;
  const open = desk.overlay.value === "consent" && isAbout(recording.facts);
  const close = () => {
    desk.overlay.value = "none";
  };
  return (
    <Dialog open={open} title={t("recording-mine-title")} onClose={close} class="record-dialog">
      <MineForm desk={desk} onClose={close} />
    </Dialog>
  );
}

function MineForm({ desk, onClose }: { desk: Desk; onClose(): void }) {
  const mirror = desk.room.value.recording;
  const { kinds, recording_id } = mirror.facts;
  const [wish, setWish] = useState<Answers>(mirror.own);
  const [erases, setErases] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const loaded = useConsentText(desk);
  const changed = changedAnswers(mirror.own, wish);
  const taken = agreedKinds(kinds, mirror.own).filter((kind) => changed[kind] === false);
  const send = async (event: Event) => {
    event.preventDefault();
    if (openKinds({ ...mirror, own: wish }).length > 0) {
      return setFault(t("recording-asked-unanswered"));
    }
    if (Object.keys(changed).length === 0) {
      onClose();
      return toast(t("recording-mine-same"));
    }
    if (!loaded.text) return setFault(t("recording-asked-missing"));
    setBusy(true);
    const problem = await store(desk, { changed, read: loaded.text, taken, erases });
    setBusy(false);
    if (problem) {
      if (problem.code === "consent.text") loaded.again();
      return setFault(refusalText(problem.code, problem.params));
    }
    onClose();
    toast(t(taken.length > 0 && erases ? "recording-mine-erased" : "recording-mine-saved"));
  };
  return (
    <form class="stack" onSubmit={(event) => void send(event)} noValidate>
      <KindAnswers
        kinds={kinds}
        answers={wish}
        onAnswers={(now) => {
          setWish(now);
          setFault(null);
        }}
      />
      <p class="small quiet">{t("recording-mine-note")}</p>
      {taken.length > 0 && (
        <>
          <Switch label={t("recording-mine-erase")} checked={erases} onChange={setErases} />
          {erases && <p class="small">{t("recording-mine-erase-note")}</p>}
        </>
      )}
      <ConsentWords {...loaded} isFolded />
      <OwnLink recording={recording_id} />
      <FormFault>{fault}</FormFault>
      <FormFoot
        action={t("recording-mine-save")}
        waiting={busy && t("recording-mine-saving")}
        onClose={onClose}
      />
    </form>
  );
}

interface Change {
  changed: Answers;
  /** What was read, and of which recording. */
  read: { recording_id: string; text_id: string };
  /** Kinds whose yes is taken back. */
  taken: ReturnType<typeof agreedKinds>;
  erases: boolean;
}

/** Taking back comes first, so that nothing more is recorded whatever becomes of the rest. */
async function store(desk: Desk, { changed, read, taken, erases }: Change) {
  const { wire } = desk.session;
  if (taken.length > 0) {
    const gone = await wire.request("recording.withdraw", { kinds: taken, erase: erases });
    if (!gone.ok) return gone.error;
  }
  const rest = Object.entries(changed).filter(([kind]) => !taken.some((one) => one === kind));
  if (rest.length === 0) return null;
  const { recording_id, text_id } = read;
  const said = { recording_id, answers: Object.fromEntries(rest), text: text_id };
  const answer = await wire.request("recording.answer", said);
  if (!answer.ok) return answer.error;
  keepLink(desk.room.value.recording.facts.recording_id, answer.value.link);
  return null;
}

function OwnLink({ recording }: { recording: string }) {
  const link = keptLink(recording);
  if (link === "") return null;
  return (
    <div class="own-link">
      <Button
        look="line"
        icon="link"
        onClick={() =>
          void copy(link, t("recording-mine-link-copied"), t("link-copy-failed", { link }))
        }
      >
        {t("recording-mine-link")}
      </Button>
      <p class="small quiet">{t("recording-mine-link-note")}</p>
    </div>
  );
}

/** Removing somebody from a recording: who, what goes, and that it goes for good. */
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Dialog } from "../../ui/dialog";
import { FormFault, Select } from "../../ui/field";
import { FormFoot } from "../../ui/form_foot";
import { toast } from "../../ui/live";
import type { RecordingKind } from "../../wire/messages";
import {
  listRecorded,
  type RecordedPerson,
  type Recording,
  removePerson,
} from "../../wire/recordings";
import { KindChips } from "../consent/chips";
import type { QuestionProps } from "./question";

export function PersonDialog({ one, ...rest }: QuestionProps) {
  return (
    <Dialog
      open={one !== null}
      title={t("library-person-title", { title: one?.title ?? "" })}
      onClose={rest.onClose}
      class="record-dialog"
    >
      {one && <People one={one} {...rest} />}
    </Dialog>
  );
}

function People({ one, ...rest }: QuestionProps & { one: Recording }) {
  const [people, setPeople] = useState<readonly RecordedPerson[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    const load = async () => {
      const answer = await listRecorded(one.id);
      if (answer.ok) setPeople(answer.value.people);
      else setFault(refusalText(answer.error.code, answer.error.params));
    };
    void load();
  }, [one.id]);
  if (fault) return <FormFault>{fault}</FormFault>;
  if (!people) return <p class="small quiet">{t("loading")}</p>;
  if (people.length === 0) return <p class="quiet">{t("library-person-none")}</p>;
  return <PersonForm one={one} people={people} {...rest} />;
}

interface FormProps extends QuestionProps {
  one: Recording;
  people: readonly RecordedPerson[];
}

function PersonForm({ one, people, onClose, onDone }: FormProps) {
  const [id, setId] = useState(people[0]?.participant_id ?? "");
  const person = people.find((other) => other.participant_id === id);
  const [kinds, setKinds] = useState<readonly RecordingKind[]>(person?.kinds ?? []);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const pick = (next: string) => {
    setId(next);
    setKinds(people.find((other) => other.participant_id === next)?.kinds ?? []);
    setFault(null);
  };
  const send = async (event: Event) => {
    event.preventDefault();
    if (!person) return;
    if (kinds.length === 0) return setFault(t("library-person-missing"));
    setBusy(true);
    const answer = await removePerson(one.id, id, [...kinds]);
    setBusy(false);
    if (!answer.ok) return setFault(refusalText(answer.error.code, answer.error.params));
    onClose();
    toast(t("library-person-removed", { name: person.name }));
    await onDone();
  };
  return (
    <form class="stack" onSubmit={(event) => void send(event)} noValidate>
      <Select
        label={t("library-person-of")}
        icon="person"
        options={people.map((other) => ({ value: other.participant_id, label: other.name }))}
        value={id}
        onPick={pick}
      />
      <KindChips
        legend={t("library-person-what")}
        offered={person?.kinds ?? []}
        kinds={kinds}
        fault={undefined}
        onKinds={setKinds}
      />
      <p class="small">{t("library-person-note")}</p>
      <FormFault>{fault}</FormFault>
      <FormFoot
        action={t("library-person-remove")}
        look="danger"
        waiting={busy && t("library-person-removing")}
        onClose={onClose}
      />
    </form>
  );
}

/** Every letter that was written: what became of it, what it said, and sending it again. */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { Select } from "../../ui/field";
import type { LetterState } from "../../wire/letters";
import { DeskFrame } from "../desk/frame";
import { loadOrganisations, organisationFault, useOrganisation } from "../desk/organisation";
import type { PlaceProps } from "../desk/props";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { Begin } from "../organisation/begin";
import { LetterList } from "./list";

const STATES: readonly LetterState[] = ["waiting", "sent", "failed", "perhaps", "none", "dropped"];

export function Page({ part }: PlaceProps) {
  const org = useOrganisation();
  const [state, setState] = useState("");
  const fault = organisationFault.value;
  return (
    <DeskFrame at="letters" title={t("desk-letters")}>
      {fault && <LoadFault problem={fault} onAgain={() => void loadOrganisations()} />}
      {org === undefined && !fault && <Loading />}
      {org === null && <Begin />}
      {org && (
        <>
          <div class="letter-filter">
            <Select
              label={t("letters-state")}
              options={[
                { value: "", label: t("letters-all") },
                ...STATES.map((one) => ({ value: one, label: t(`letter-state-${one}`) })),
              ]}
              value={state}
              onPick={setState}
            />
          </div>
          <LetterList key={`${org.id} ${state} ${part}`} org={org.id} state={state} client={part} />
        </>
      )}
    </DeskFrame>
  );
}

/** The organisation: its people, texts, questions, what is signed, rules, and who opened what. */
import type { ComponentType } from "preact";
import { t } from "../../text/text";
import { TabRow } from "../../ui/tab_row";
import { DeskFrame } from "../desk/frame";
import { loadOrganisations, organisationFault, useOrganisation } from "../desk/organisation";
import type { PlaceProps } from "../desk/props";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { Ways } from "../money/ways";
import { Audit } from "./audit";
import { Begin } from "./begin";
import { Forms } from "./forms";
import { Intake } from "./intake";
import { LettersTab } from "./letters_tab";
import { People } from "./people";
import { Rules } from "./rules";
import type { TabProps } from "./tab";
import { Texts } from "./texts";

const TABS: readonly { id: string; View: ComponentType<TabProps>; leads?: true }[] = [
  { id: "people", View: People },
  { id: "texts", View: Texts, leads: true },
  { id: "intake", View: Intake, leads: true },
  { id: "forms", View: Forms, leads: true },
  { id: "rules", View: Rules, leads: true },
  { id: "letters", View: LettersTab, leads: true },
  { id: "payment", View: Ways, leads: true },
  { id: "audit", View: Audit, leads: true },
];

export function Page({ part }: PlaceProps) {
  const org = useOrganisation();
  const fault = organisationFault.value;
  const shown = TABS.filter((tab) => !tab.leads || org?.role === "admin");
  const tab = shown.find(({ id }) => id === part) ?? shown[0];
  return (
    <DeskFrame at="organisation" title={org ? org.name : t("desk-organisation")}>
      {fault && <LoadFault problem={fault} onAgain={() => void loadOrganisations()} />}
      {org === undefined && !fault && <Loading />}
      {org === null && <Begin />}
      {org && tab && (
        <div class="org">
          {shown.length > 1 && (
            <TabRow class="part-tabs" label={t("desk-organisation")} at={tab.id}>
              {shown.map(({ id }) => (
                <a
                  key={id}
                  href={`/organisation/${id}`}
                  aria-current={id === tab.id ? "page" : undefined}
                >
                  {t(`org-tab-${id}`)}
                </a>
              ))}
            </TabRow>
          )}
          <tab.View key={org.id} org={org} />
        </div>
      )}
    </DeskFrame>
  );
}

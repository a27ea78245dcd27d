/** The week of a host. */
import { t } from "../../text/text";
import { DeskFrame } from "../desk/frame";
import { loadOrganisations, organisationFault, useOrganisation } from "../desk/organisation";
import type { PlaceProps } from "../desk/props";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { Begin } from "../organisation/begin";
import { hostNow } from "./hosts";
import { WeekPage } from "./week_page";

export function Page(_: PlaceProps) {
  const org = useOrganisation();
  const fault = organisationFault.value;
  if (org) {
    const host = hostNow(org);
    if (host) return <WeekPage key={host.id} org={org} host={host} />;
  }
  return (
    <DeskFrame at="week" title={t("desk-week")}>
      {fault && <LoadFault problem={fault} onAgain={() => void loadOrganisations()} />}
      {org === undefined && !fault && <Loading />}
      {org === null && <Begin />}
      {org && <p class="quiet">{t("week-no-host")}</p>}
    </DeskFrame>
  );
}

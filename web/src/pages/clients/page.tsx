/** Clients: the list, or one of them. */
import { t } from "../../text/text";
import { DeskFrame } from "../desk/frame";
import {
  loadOrganisations,
  organisationFault,
  useOrganisation,
  wordOf,
} from "../desk/organisation";
import type { PlaceProps } from "../desk/props";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { Begin } from "../organisation/begin";
import { OneClient } from "./client";
import { ClientList } from "./list";
import { Wishes } from "./wishes";

export function Page({ part }: PlaceProps) {
  const org = useOrganisation();
  if (part && org) return <OneClient key={part} org={org} id={part} />;
  const fault = organisationFault.value;
  return (
    <DeskFrame at="clients" title={org ? wordOf(org, "clients", true) : t("desk-clients")}>
      {fault && <LoadFault problem={fault} onAgain={() => void loadOrganisations()} />}
      {org === undefined && !fault && <Loading />}
      {org === null && <Begin />}
      {org && <Wishes key={org.id} org={org} />}
      {org && <ClientList key={org.id} org={org} />}
    </DeskFrame>
  );
}

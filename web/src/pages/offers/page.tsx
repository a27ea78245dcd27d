/** What can be booked with a host, one of it, or when. */
import { t } from "../../text/text";
import { TabRow } from "../../ui/tab_row";
import { DeskFrame } from "../desk/frame";
import { loadOrganisations, organisationFault, useOrganisation } from "../desk/organisation";
import type { PlaceProps } from "../desk/props";
import { Loading } from "../frame";
import { HoursEditor } from "../hours/editor";
import { LoadFault } from "../load_fault";
import { Begin } from "../organisation/begin";
import { HostChoice, hostNow } from "../week/hosts";
import { OfferEditor } from "./editor";
import { OfferList } from "./list";

const PARTS = ["", "hours"] as const;

export function Page({ part }: PlaceProps) {
  const org = useOrganisation();
  const fault = organisationFault.value;
  const host = org ? hostNow(org) : null;
  return (
    <DeskFrame at="offers" title={t("desk-offers")} actions={org && <HostChoice org={org} />}>
      {fault && <LoadFault problem={fault} onAgain={() => void loadOrganisations()} />}
      {org === undefined && !fault && <Loading />}
      {org === null && <Begin />}
      {org && !host && <p class="quiet">{t("week-no-host")}</p>}
      {org && host && (
        <>
          {(part === "" || part === "hours") && (
            <TabRow class="part-tabs" label={t("offer-parts")} at={part}>
              {PARTS.map((one) => (
                <a
                  key={one}
                  href={one ? "/offers/hours" : "/offers"}
                  aria-current={one === part ? "page" : undefined}
                >
                  {t(one ? "offer-part-hours" : "offer-part-list")}
                </a>
              ))}
            </TabRow>
          )}
          {part === "" && <OfferList key={host.id} org={org} host={host} />}
          {part === "hours" && <HoursEditor key={host.id} host={host.id} />}
          {part !== "" && part !== "hours" && (
            <OfferEditor key={`${host.id} ${part}`} org={org} host={host} id={part} />
          )}
        </>
      )}
    </DeskFrame>
  );
}

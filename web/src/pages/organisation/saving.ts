/** Saving what was changed of an organisation, with a word about the outcome. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { toast } from "../../ui/live";
import { changeOrganisation, type OrganisationChange } from "../../wire/organisations";
import { keepOrganisation } from "../desk/organisation";

export function useSaving(org: string) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const save = async (news: OrganisationChange): Promise<boolean> => {
    setBusy(true);
    const result = await changeOrganisation(org, news);
    setBusy(false);
    setFault(result.ok ? null : refusalText(result.error.code, result.error.params));
    if (!result.ok) return false;
    keepOrganisation(result.value);
    toast(t("org-saved"));
    return true;
  };
  return { busy, fault, save };
}

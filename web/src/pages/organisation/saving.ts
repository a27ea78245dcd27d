/** Saving what was changed of an organisation, with a word about the outcome. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { toast } from "../../ui/live";
import type { Reply } from "../../wire/http";
import { changeOrganisation, type OrganisationChange } from "../../wire/organisations";
import { keepOrganisation } from "../desk/organisation";

/** `keep` waits for the answer of the server; null when it was refused, and `fault` says why. */
export function useKeeping() {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const keep = async <T>(reply: Reply<T>): Promise<T | null> => {
    setBusy(true);
    const result = await reply;
    setBusy(false);
    setFault(result.ok ? null : refusalText(result.error.code, result.error.params));
    if (!result.ok) return null;
    toast(t("org-saved"));
    return result.value;
  };
  return { busy, fault, keep };
}

export function useSaving(org: string) {
  const { busy, fault, keep } = useKeeping();
  const save = async (news: OrganisationChange) => {
    const kept = await keep(changeOrganisation(org, news));
    if (kept) keepOrganisation(kept);
  };
  return { busy, fault, save };
}

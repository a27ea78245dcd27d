/** Whose calendar is shown: one's own, or, for a reception, anybody's of the organisation. */
import { signal } from "@preact/signals";
import { t } from "../../text/text";
import { Select } from "../../ui/field";
import type { Organisation, OrgHost } from "../../wire/organisations";

const chosen = signal("");

/** Those whose calendar one may see. */
export function hostsOf(org: Organisation): OrgHost[] {
  return org.role === "counsellor" ? org.hosts.filter((one) => one.is_own) : org.hosts;
}

export function hostNow(org: Organisation): OrgHost | null {
  const all = hostsOf(org);
  return (
    all.find((one) => one.id === chosen.value) ?? all.find((one) => one.is_own) ?? all[0] ?? null
  );
}

/** Nothing where there is only one. */
export function HostChoice({ org }: { org: Organisation }) {
  const all = hostsOf(org);
  if (all.length < 2) return null;
  return (
    <Select
      label={t("week-host")}
      bare
      icon="person"
      options={all.map((one) => ({ value: one.id, label: one.name }))}
      value={hostNow(org)?.id ?? ""}
      onPick={(id) => {
        chosen.value = id;
      }}
    />
  );
}

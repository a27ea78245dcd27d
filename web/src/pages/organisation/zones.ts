/** Every time zone the browser knows, as a list to choose from. */
import { allZones } from "../../booking/zones";
import type { Option } from "../../ui/field";

/** `present` stands in it also when this browser does not know it. */
export function zoneOptions(present: string): Option[] {
  const known = allZones();
  const all = known.includes(present) ? known : [present, ...known];
  return all.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}

/** Devices as choices of a list: the system's own first, then each by the name it gives itself. */
import { t } from "../text/text";
import type { Option } from "../ui/field";

export type DeviceKind = "microphone" | "camera" | "speaker";

/** Browsers add the entries "default" and "communications" to real devices; ours says it better. */
const ALIASES = new Set(["default", "communications"]);

/** "HD Webcam (046d:0825)" without the numbers nobody reads. */
export function plainLabel(label: string): string {
  return label.replace(/\s*\([0-9a-f]{4}:[0-9a-f]{4}\)$/i, "").trim();
}

/** The real device behind the browser's own entry "default", by the group both belong to. */
export function behindDefault(
  list: readonly MediaDeviceInfo[],
  id: string | undefined,
): string | undefined {
  if (id !== undefined && !ALIASES.has(id)) return id;
  const alias = list.find((one) => one.deviceId === (id ?? "default"));
  const real = list.find((one) => !ALIASES.has(one.deviceId) && one.groupId === alias?.groupId);
  return alias && real ? real.deviceId : undefined;
}

export function deviceOptions(kind: DeviceKind, list: readonly MediaDeviceInfo[]): Option[] {
  const real = list.filter((one) => !ALIASES.has(one.deviceId));
  const named = real.map((one, at) => ({
    value: one.deviceId,
    label: plainLabel(one.label) || t(`device-${kind}-n`, { n: at + 1 }),
  }));
  return [{ value: "", label: t("device-default") }, ...named];
}

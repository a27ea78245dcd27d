/** Figures of a connection as people say them: "8 %", "230 ms", "1.2 Mbit/s". */
import { language, t } from "./text";

function figure(value: number, digits: number): string {
  const form = { maximumFractionDigits: digits };
  return new Intl.NumberFormat(language.value, form).format(value);
}

/** `part` of 1; below a hundredth one digit more, so that a little is not nothing. */
export function percentOf(part: number): string {
  const percent = part * 100;
  return t("net-percent", { percent: figure(percent, percent < 1 ? 1 : 0) });
}

export function millisecondsOf(ms: number): string {
  return t("net-ms", { ms: figure(ms, 0) });
}

/** `bps` is bits per second. */
export function rateOf(bps: number): string {
  if (bps >= 1_000_000) return t("net-mbit", { rate: figure(bps / 1_000_000, 1) });
  return t("net-kbit", { rate: figure(Math.round(bps / 10_000) * 10, 0) });
}

const KB = 1024;
const MB = KB * KB;

/** `bytes` in steps of 1024, in which the server's bounds are round numbers. */
export function sizeOf(bytes: number): string {
  if (bytes < KB) return t("size-bytes", { size: figure(bytes, 0) });
  if (bytes < MB) return t("size-kb", { size: figure(bytes / KB, 0) });
  if (bytes < KB * MB) return t("size-mb", { size: figure(bytes / MB, 1) });
  return t("size-gb", { size: figure(bytes / (KB * MB), 1) });
}

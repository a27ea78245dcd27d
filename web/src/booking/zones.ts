/** Zones by the places people know: found in both languages, named in the reader's. */
import type { Language } from "../text/text";
import { offsetAt, zoneHere } from "./zone";
import { CHINESE } from "./zone_words";

/** Browsers still give places by names they had before. */
const NOW_CALLED: Readonly<Record<string, string>> = {
  Calcutta: "Kolkata",
  Katmandu: "Kathmandu",
  Saigon: "Ho_Chi_Minh",
  Rangoon: "Yangon",
  Dacca: "Dhaka",
  Kiev: "Kyiv",
  Godthab: "Nuuk",
  Faeroe: "Faroe",
  Asmera: "Asmara",
  Ulan_Bator: "Ulaanbaatar",
  Macao: "Macau",
  Thimbu: "Thimphu",
  Ponape: "Pohnpei",
  Truk: "Chuuk",
};

export interface ZoneLine {
  zone: string;
  place: string;
  /** UTC+05:45 */
  offset: string;
}

function lastOf(zone: string): string {
  const last = zone.split("/").at(-1) ?? zone;
  return NOW_CALLED[last] ?? last;
}

/** Europe/Berlin is Berlin, or 柏林. */
export function placeOfZone(zone: string, language: Language): string {
  const last = lastOf(zone);
  return (language === "zh-CN" && CHINESE.get(last)) || last.replaceAll("_", " ");
}

/** UTC+05:45 at an instant; UTC alone where it is UTC. */
export function offsetText(zone: string, at: number): string {
  const minutes = Math.round(offsetAt(zone, at) / 60_000);
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const two = (n: number) => String(n).padStart(2, "0");
  return `UTC${minutes < 0 ? "\u2212" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Whether two zones show the same time at an instant: then one name is enough. */
export function sameWall(one: string, other: string, at: number): boolean {
  return offsetAt(one, at) === offsetAt(other, at);
}

export function isZone(zone: string): boolean {
  try {
    offsetAt(zone, 0);
    return true;
  } catch {
    return false;
  }
}

/** Every zone this browser knows, and UTC, which it leaves out. */
export function allZones(): string[] {
  const known = Intl.supportedValuesOf?.("timeZone") ?? [zoneHere()];
  return [...new Set([...known, "UTC"])].filter((zone) => zone === "UTC" || zone.includes("/"));
}

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll("_", " ")
    .trim();

const FOUND_MAX = 40;

/**
 * Zones whose place, in either language, or whose own or old name has `text`, those that begin
 * with it first; without text `first`, then all by their place.
 */
export function searchZones(
  text: string,
  how: { zones: readonly string[]; first: readonly string[]; language: Language; at: number },
): ZoneLine[] {
  const wanted = plain(text);
  const rankOf = (zone: string): number => {
    const names = [lastOf(zone), zone.split("/").at(-1) ?? "", CHINESE.get(lastOf(zone)) ?? ""];
    const found = names.map(plain).filter(Boolean);
    if (!wanted) return how.first.includes(zone) ? 0 : 1;
    if (found.some((name) => name.startsWith(wanted))) return 0;
    if (found.some((name) => name.includes(wanted))) return 1;
    if (plain(offsetText(zone, how.at)) === wanted.replace("-", "\u2212")) return 2;
    return plain(zone).includes(wanted) ? 3 : 9;
  };
  return how.zones
    .map((zone) => ({ zone, rank: rankOf(zone), place: placeOfZone(zone, how.language) }))
    .filter(({ rank }) => rank < 9)
    .sort((a, b) => a.rank - b.rank || a.place.localeCompare(b.place, how.language))
    .slice(0, FOUND_MAX)
    .map(({ zone, place }) => ({ zone, place, offset: offsetText(zone, how.at) }));
}

/** What stands with one client after two were merged: which of two values of each part. */
import type { ClientPage, MergePart } from "../../wire/clients";

export const PARTS: readonly MergePart[] = ["name", "email", "phone", "locale", "zone"];

/** Parts in which they differ: only these are asked. */
export function differing(keep: ClientPage, other: ClientPage): MergePart[] {
  return PARTS.filter((part) => keep[part] !== other[part]);
}

/** What is taken over before anybody chose: what the one who stays does not have. */
export function takenAtFirst(keep: ClientPage, other: ClientPage): MergePart[] {
  return PARTS.filter((part) => keep[part] === "" && other[part] !== "");
}

/** The choice after one press. */
export function chosen(take: readonly MergePart[], part: MergePart, isOther: boolean): MergePart[] {
  const rest = take.filter((one) => one !== part);
  return isOther ? [...rest, part] : rest;
}

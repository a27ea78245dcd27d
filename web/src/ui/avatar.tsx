/** Initials on a soft tint made from the person's id: the same person looks the same everywhere. */

const TINTS = [
  "#2f6f73",
  "#8a5a24",
  "#5c6b2f",
  "#7a4660",
  "#3f5f86",
  "#6a5a86",
  "#4b6b4f",
  "#8d4a3c",
] as const;

export function tintOf(id: string): string {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return TINTS[sum % TINTS.length] ?? TINTS[0];
}

/** Two initials for names in letters; the first character, the surname, for Chinese names. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = Array.from(words[0] ?? "")[0] ?? "";
  if (/[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]/u.test(first)) return first;
  const last = words.length > 1 ? (Array.from(words[words.length - 1] ?? "")[0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}

export function Avatar({ name, id, size = 36 }: { name: string; id: string; size?: number }) {
  return (
    <span class="avatar" style={{ "--av": `${size}px`, "--tint": tintOf(id) }} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

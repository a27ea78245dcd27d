/** The sign of a file of this kind, where there is no picture of it. */
import { Icon, type IconName } from "./icon";

const SIGNS: readonly [RegExp, IconName][] = [
  [/^image\//, "image"],
  [/^audio\//, "sound"],
  [/^video\//, "motion"],
  [/zip$/, "archive"],
  [/sheet|csv/, "sheet"],
  [/presentation/, "board"],
];

/** `kind` is a media type; the sign of a document is for everything else. */
export function FileSign({ kind }: { kind: string }) {
  const sign = SIGNS.find(([pattern]) => pattern.test(kind))?.[1] ?? "document";
  return (
    <span class="file-sign">
      <Icon name={sign} />
    </span>
  );
}

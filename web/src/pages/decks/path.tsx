/** From the top of the library to where one is; each step leads back there. */
import { t } from "../../text/text";
import { Icon } from "../../ui/icon";
import type { Folder } from "../../wire/decks";
import { pathTo } from "./shelf";

export function Path({ folders, folder }: { folders: readonly Folder[]; folder: string }) {
  const path = pathTo(folders, folder);
  return (
    <nav class="decks-path" aria-label={t("decks-path")}>
      <Step name={t("decks-to-top")} href="/decks" isHere={path.length === 0} />
      {path.map((one) => (
        <Step
          key={one.id}
          name={one.name}
          href={`/decks/${encodeURIComponent(one.id)}`}
          isHere={one.id === folder}
          isBelow
        />
      ))}
    </nav>
  );
}

interface StepProps {
  name: string;
  href: string;
  isHere: boolean;
  isBelow?: boolean;
}

function Step({ name, href, isHere, isBelow }: StepProps) {
  return (
    <>
      {isBelow && <Icon name="right" />}
      {isHere ? (
        <h2 class="ell" aria-current="page" title={name}>
          {name}
        </h2>
      ) : (
        <a class="ell" href={href} title={name}>
          {name}
        </a>
      )}
    </>
  );
}

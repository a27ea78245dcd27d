/** From the top of the library to where one is; each step leads back there. */
import { t } from "../../text/text";
import { Icon } from "../../ui/icon";
import type { Folder } from "../../wire/decks";
import { useTarget } from "./moving";
import { pathTo } from "./shelf";

interface PathProps {
  folders: readonly Folder[];
  /** Where one is. */
  folder: string;
  /** Something was put into one of them. */
  onMoved(): Promise<void>;
}

export function Path({ folders, folder, onMoved }: PathProps) {
  const path = pathTo(folders, folder);
  return (
    <nav class="decks-path" aria-label={t("decks-path")}>
      <Step id="" name={t("decks-to-top")} isHere={path.length === 0} {...{ folders, onMoved }} />
      {path.map((one) => (
        <Step
          key={one.id}
          id={one.id}
          name={one.name}
          isHere={one.id === folder}
          {...{ folders, onMoved }}
        />
      ))}
    </nav>
  );
}

interface StepProps {
  /** Empty for the top. */
  id: string;
  name: string;
  isHere: boolean;
  folders: readonly Folder[];
  onMoved(): Promise<void>;
}

function Step({ id, name, isHere, folders, onMoved }: StepProps) {
  const target = useTarget(folders, id, onMoved);
  const href = id ? `/decks/${encodeURIComponent(id)}` : "/decks";
  return (
    <>
      {id && <Icon name="right" />}
      {isHere ? (
        <h2 class="ell" aria-current="page" title={name}>
          {name}
        </h2>
      ) : (
        <a class="ell" href={href} title={name} draggable={false} {...target}>
          {name}
        </a>
      )}
    </>
  );
}

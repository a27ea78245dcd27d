/** A small picture of a file in a place of its size, so that nothing moves when it comes. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import type { FileCard } from "../../../wire/messages";
import type { Desk } from "../desk";

export interface Bounds {
  width: number;
  height: number;
}

/** As large as it fits, and not larger than it is; a sliver keeps enough to be pressed. */
export function fitted(picture: Bounds, bounds: Bounds): Bounds {
  const scale = Math.min(1, bounds.width / picture.width, bounds.height / picture.height);
  const least = 44;
  return {
    width: Math.max(least, Math.round(picture.width * scale)),
    height: Math.max(least, Math.round(picture.height * scale)),
  };
}

interface SmallPictureProps {
  desk: Desk;
  file: FileCard & Bounds;
  bounds: Bounds;
}

export function SmallPicture({ desk, file, bounds }: SmallPictureProps) {
  const { address, failed } = usePicture(desk, file.id, "small");
  const { width, height } = fitted(file, bounds);
  return (
    <button
      type="button"
      class="small-picture"
      style={{ "--w": `${width}px`, "--ratio": `${width} / ${height}` }}
      aria-label={t("files-open", { name: file.name })}
      onClick={() => {
        desk.shownPicture.value = file.id;
      }}
    >
      {address && <img src={address} alt="" width={width} height={height} />}
      {failed && <Icon name="image" />}
    </button>
  );
}

/** The address of a picture once it is here. */
export function usePicture(desk: Desk, id: string, size: "small" | "whole") {
  const [found, setFound] = useState<{ id: string; address: string | null } | null>(null);
  useEffect(() => {
    let isWanted = true;
    void desk.session.files.picture(id, size).then((address) => {
      if (isWanted) setFound({ id, address });
    });
    return () => {
      isWanted = false;
    };
  }, [id, size]);
  const mine = found?.id === id ? found : null;
  return { address: mine?.address ?? null, failed: mine !== null && mine.address === null };
}

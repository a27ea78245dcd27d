/** The paper clip: files from this computer; on a phone also from its camera and its pictures. */
import { t } from "../../../text/text";
import { IconButton } from "../../../ui/button";
import { chooseFiles } from "../../../ui/choose_files";
import { Icon } from "../../../ui/icon";
import { toast } from "../../../ui/live";
import { Menu, type MenuItem } from "../../../ui/menu";
import type { Desk } from "../desk";
import { PICTURES, whyNot } from "./attach";

export function Clip({ desk, take }: { desk: Desk; take(files: File[]): void }) {
  const reason = whyNot(desk);
  if (reason) {
    return (
      <IconButton label={reason} icon="clip" class="clip is-locked" onClick={() => toast(reason)}>
        <Icon name="lock" class="lock-sign" />
      </IconButton>
    );
  }
  if (desk.form.value === "phone") return <PhoneClip take={take} />;
  return (
    <IconButton
      label={t("files-attach")}
      icon="clip"
      class="clip"
      onClick={() => chooseFiles({ multiple: true }, take)}
    />
  );
}

function PhoneClip({ take }: { take(files: File[]): void }) {
  const items: MenuItem[] = [
    {
      label: t("files-camera"),
      icon: "photo",
      run: () => chooseFiles({ accept: PICTURES, camera: true }, take),
    },
    {
      label: t("files-library"),
      icon: "image",
      run: () => chooseFiles({ accept: PICTURES, multiple: true }, take),
    },
    {
      label: t("files-choose"),
      icon: "document",
      run: () => chooseFiles({ multiple: true }, take),
    },
  ];
  return (
    <Menu label={t("files-attach")} icon="clip" class="icon-btn clip" side="above" items={items} />
  );
}

/** What came with a message: pictures small, everything else as cards. */
import { filesOf, isPicture } from "../../../room/files";
import { t } from "../../../text/text";
import type { Desk } from "../desk";
import { Card } from "./card";
import { SmallPicture } from "./small_picture";

const ALONE = { width: 240, height: 220 };
const AMONG = { width: 116, height: 116 };

export function Sent({ desk, ids }: { desk: Desk; ids: readonly string[] }) {
  if (ids.length === 0) return null;
  const files = filesOf(desk.room.value.files, ids);
  const pictures = files.filter(isPicture);
  const others = files.filter((one) => !isPicture(one));
  const gone = ids.length - files.length;
  const isSeveral = pictures.length > 1;
  const bounds = isSeveral ? AMONG : ALONE;
  return (
    <div class="sent">
      {pictures.length > 0 && (
        <div class={isSeveral ? "sent-pictures is-several" : "sent-pictures"}>
          {pictures.map((file) => (
            <SmallPicture key={file.id} desk={desk} file={file} bounds={bounds} />
          ))}
        </div>
      )}
      {others.map((file) => (
        <Card key={file.id} desk={desk} file={file} />
      ))}
      {gone > 0 && <p class="msg-gone">{t("files-gone", { count: gone })}</p>}
    </div>
  );
}

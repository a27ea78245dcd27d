/** Every file of the class that is for us, the newest first, and the space there is for more. */
import { useEffect, useState } from "preact/hooks";
import { isPicture } from "../../../room/files";
import { timeOf } from "../../../text/dates";
import { sizeOf } from "../../../text/figures";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { chooseFiles } from "../../../ui/choose_files";
import { Field } from "../../../ui/field";
import { Icon } from "../../../ui/icon";
import { toast } from "../../../ui/live";
import type { Space } from "../../../wire/files";
import type { FileCard } from "../../../wire/messages";
import { audienceNote } from "../chat/recipients";
import type { Desk } from "../desk";
import { download } from "./acts";
import { putOnList, whyNot } from "./attach";
import { Card } from "./card";
import { OnWay } from "./on_way";
import { SmallPicture } from "./small_picture";

/** From so many files on there is something to search in. */
const MANY = 8;
const SMALL = { width: 44, height: 44 };

export function FilesPanel({ desk }: { desk: Desk }) {
  const [wanted, setWanted] = useState("");
  const { files } = desk.room.value;
  const shown = [...files].reverse().filter((file) => fits(file, wanted));
  return (
    <>
      <div class="scroll files">
        {files.length > MANY && (
          <Field label={t("files-search")} value={wanted} onValue={setWanted} autocomplete="off" />
        )}
        <ComingToList desk={desk} />
        {files.length === 0 && <Nothing desk={desk} />}
        {files.length > 0 && shown.length === 0 && (
          <p class="chat-none" role="status">
            {t("files-not-found")}
          </p>
        )}
        <ul class="file-list" aria-label={t("files-title")}>
          {shown.map((file) => (
            <li key={file.id}>
              <Row desk={desk} file={file} />
            </li>
          ))}
        </ul>
      </div>
      <div class="panel-foot files-foot">
        <SpaceLine desk={desk} />
        {files.length > 0 && (
          <div class="files-acts">
            <PutButton desk={desk} />
            <Button look="line" icon="download" onClick={() => void download(desk, null)}>
              {t("files-all")}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

/** By its own name or by whoever sent it. */
export function fits({ name, owner_name }: { name: string; owner_name: string }, wanted: string) {
  const words = wanted.trim().toLocaleLowerCase();
  return `${name} ${owner_name}`.toLocaleLowerCase().includes(words);
}

function Nothing({ desk }: { desk: Desk }) {
  const reason = whyNot(desk);
  return (
    <div class="files-none">
      <span class="file-sign">
        <Icon name="files" />
      </span>
      <p>{t(reason || desk.form.value === "phone" ? "files-none-bare" : "files-none")}</p>
      <PutButton desk={desk} />
    </div>
  );
}

function PutButton({ desk }: { desk: Desk }) {
  const reason = whyNot(desk);
  // Who only watches has nothing to send, whatever the locks say.
  if (reason && desk.self.value?.role === "observer") return null;
  return (
    <Button
      look={reason ? "line" : "primary"}
      icon={reason ? "lock" : "clip"}
      data-tip={reason ?? undefined}
      onClick={() => {
        if (reason) toast(reason);
        else chooseFiles({ multiple: true }, (files) => putOnList(desk, files));
      }}
    >
      {t(desk.room.value.rights.may_chat ? "files-put" : "files-put-staff")}
    </Button>
  );
}

function ComingToList({ desk }: { desk: Desk }) {
  const { uploads, listed } = desk.session.files;
  return <OnWay uploads={uploads} ids={listed.value} onRemove={(id) => uploads.cancel(id)} />;
}

function Row({ desk, file }: { desk: Desk; file: FileCard }) {
  const own = file.participant_id === desk.room.value.selfId;
  const name = own ? t("room-name-you", { name: file.owner_name }) : file.owner_name;
  const audience = audienceNote(desk.room.value, file.to);
  const note = (
    <>
      <span class="num ell">
        {name} · {timeOf(file.at)} · {sizeOf(file.bytes)}
      </span>
      {audience && (
        <span class="msg-for">
          <Icon name="lock" />
          {audience}
        </span>
      )}
    </>
  );
  const picture = isPicture(file) ? (
    <SmallPicture desk={desk} file={file} bounds={SMALL} />
  ) : undefined;
  return <Card desk={desk} file={file} note={note} picture={picture} />;
}

/** What is used of one's own space; who has no bound of their own is told of the room's. */
function SpaceLine({ desk }: { desk: Desk }) {
  const [space, setSpace] = useState<Space | null>(null);
  const count = desk.room.value.files.length;
  useEffect(() => {
    let isWanted = true;
    void desk.session.files.space().then((found) => {
      if (isWanted && found.ok) setSpace(found.value);
    });
    return () => {
      isWanted = false;
    };
  }, [count]);
  if (!space) return null;
  const { own, room } = space;
  const isOwn = own.max_bytes !== null;
  const used = sizeOf(isOwn ? own.bytes : room.bytes);
  const most = sizeOf(own.max_bytes ?? room.max_bytes ?? 0);
  return (
    <p class="small quiet num">
      {t(isOwn ? "files-space-own" : "files-space-room", { used, most })}
    </p>
  );
}

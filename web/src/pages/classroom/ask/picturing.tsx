/** Answers that are pictures: sending one's own, and all of them before the teacher. */
import { useState } from "preact/hooks";
import { filesOf, isPicture } from "../../../room/files";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { chooseFiles } from "../../../ui/choose_files";
import type { Poll, PollSheet } from "../../../wire/messages";
import type { Desk } from "../desk";
import { PICTURES } from "../files/attach";
import { OnWay } from "../files/on_way";
import { SmallPicture } from "../files/small_picture";
import { draftOf, keepDraft } from "./draft";

const OWN = { width: 220, height: 180 };
const ONE = { width: 140, height: 110 };

interface PicturingProps {
  desk: Desk;
  poll: Poll;
  sending: boolean;
  /** True when it was taken. */
  send(given: { file_id: string }): Promise<boolean>;
}

/** It is on its way as soon as it is chosen; nobody has it before it is sent as the answer. */
export function Picturing({ desk, poll, sending, send }: PicturingProps) {
  const { uploads } = desk.session.files;
  const [waiting, setWaiting] = useState(false);
  const { upload } = draftOf(poll.id);
  const has = upload !== "" && uploads.get(upload) !== null;
  const keep = (id: string) => keepDraft(poll.id, { upload: id });
  const choose = () =>
    chooseFiles({ accept: PICTURES }, (files) => {
      if (has) uploads.cancel(upload);
      keep(uploads.add(files.slice(0, 1))[0] ?? "");
    });
  const submit = async () => {
    setWaiting(true);
    const files = await uploads.whenReady([upload]);
    setWaiting(false);
    const file_id = files?.[0];
    if (!file_id) return;
    if (await send({ file_id })) uploads.forget([upload]);
    // It may be that the server did not keep the picture: it goes there again.
    else uploads.renew([upload]);
  };
  return (
    <div class="poll-form">
      <OnWay
        uploads={uploads}
        ids={[upload]}
        onRemove={(id) => {
          uploads.cancel(id);
          keep("");
        }}
      />
      <Button look={has ? "line" : "primary"} icon="photo" disabled={sending} onClick={choose}>
        {t(has ? "ask-picture-other" : "ask-picture-choose")}
      </Button>
      {has && (
        <Button
          look="primary"
          waiting={(sending || waiting) && t("ask-sending")}
          onClick={() => void submit()}
        >
          {t("ask-send")}
        </Button>
      )}
    </div>
  );
}

export function OwnPicture({ desk, id }: { desk: Desk; id: string }) {
  const [file] = filesOf(desk.room.value.files, [id]);
  if (!file) return <p class="small quiet">{t("files-gone", { count: 1 })}</p>;
  return isPicture(file) ? <SmallPicture desk={desk} file={file} bounds={OWN} /> : null;
}

/** Every picture with its name; one is opened large, and from there put on the board for all. */
export function Pictures({ desk, sheet }: { desk: Desk; sheet: PollSheet }) {
  if (sheet.answers.length === 0) return null;
  const known = desk.room.value.files;
  return (
    <>
      <ul class="poll-pictures" aria-label={t("ask-answers")}>
        {sheet.answers.map((answer) => {
          const [file] = filesOf(known, [answer.file_id]);
          return (
            <li key={answer.participant_id}>
              {file && isPicture(file) ? (
                <SmallPicture desk={desk} file={file} bounds={ONE} />
              ) : (
                <span class="small quiet">{t("files-gone", { count: 1 })}</span>
              )}
              <span class="ell">{answer.name}</span>
            </li>
          );
        })}
      </ul>
      <p class="small quiet">{t("ask-picture-show")}</p>
    </>
  );
}

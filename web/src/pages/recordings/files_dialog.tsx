/** What can be taken away of a recording: one film, sound alone, its data; made when it is asked. */
import { useEffect, useState } from "preact/hooks";
import { sizeOf } from "../../text/figures";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { FormFault } from "../../ui/field";
import { Icon, type IconName } from "../../ui/icon";
import {
  DATA,
  dropExport,
  type Export,
  type ExportOrder,
  listExports,
  orderExport,
  takeExport,
} from "../../wire/recording_exports";
import { save } from "./save";

const LOOK_MS = 2_000;

/** What is offered: a film in two sizes, the screen as it was sent, sound alone. */
const OFFERED: readonly { key: string; icon: IconName; order: ExportOrder }[] = [
  { key: "film", icon: "motion", order: orderOf("mp4", 720) },
  { key: "film-large", icon: "motion", order: orderOf("mp4", 1080) },
  { key: "screen", icon: "share", order: { ...orderOf("copy", 720), layout: "main" } },
  { key: "sound", icon: "sound", order: orderOf("sound", 720) },
];

function orderOf(form: ExportOrder["form"], height: ExportOrder["height"]): ExportOrder {
  return { form, layout: "speaker", height, from_ms: 0, to_ms: 0 };
}

interface FilesProps {
  one: { id: string; title: string } | null;
  /** Of who plays it by a link: what is made stays for others, too. */
  session?: string;
  onClose(): void;
}

export function FilesDialog({ one, session, onClose }: FilesProps) {
  return (
    <Dialog
      open={one !== null}
      title={t("library-files-title", { title: one?.title ?? "" })}
      onClose={onClose}
      class="record-dialog"
      actions={<Button onClick={onClose}>{t("close")}</Button>}
    >
      {one && <Files id={one.id} session={session} />}
    </Dialog>
  );
}

function Files({ id, session }: { id: string; session: string | undefined }) {
  const { list, canCopy, fault, setFault, load } = useExports(id, session);
  const order = async (wanted: ExportOrder) => {
    setFault(null);
    const answer = await orderExport(id, wanted, session);
    if (!answer.ok) return setFault(refusalText(answer.error.code, answer.error.params));
    await load();
  };
  const take = async (which: string) => {
    setFault(null);
    const answer = await takeExport(id, which, language.value, session);
    if (answer.ok) save(answer.value.url, answer.value.name);
    else setFault(refusalText(answer.error.code, answer.error.params));
  };
  const drop = async (which: string) => {
    await dropExport(id, which);
    await load();
  };
  if (!list) {
    return fault ? <FormFault>{fault}</FormFault> : <p class="small quiet">{t("loading")}</p>;
  }
  return (
    <>
      <ul class="rows">
        {OFFERED.map(({ key, icon, order: wanted }) => (
          <FileRow
            key={key}
            icon={icon}
            name={t(`library-files-${key}`)}
            note={t(`library-files-${key}-note`)}
            why={wanted.form === "copy" && !canCopy ? refusalText("recording.export_copy") : ""}
            made={list.find((one) => isSame(one, wanted)) ?? null}
            onMake={() => void order(wanted)}
            onTake={(which) => void take(which)}
            onDrop={session === undefined ? (which) => void drop(which) : null}
          />
        ))}
        <li>
          <Icon name="archive" />
          <div class="grow">
            <b>{t("library-files-data")}</b>
            <span class="small quiet">{t("library-files-data-note")}</span>
          </div>
          <Button look="line" size="small" icon="download" onClick={() => void take(DATA)}>
            {t("library-files-take")}
          </Button>
        </li>
      </ul>
      <FormFault>{fault}</FormFault>
      <p class="small quiet">{t("library-files-boards")}</p>
    </>
  );
}

function isSame(one: Export, wanted: ExportOrder): boolean {
  const isWhole = one.from_ms === wanted.from_ms && one.to_ms === wanted.to_ms;
  const isForm = one.form === wanted.form && one.layout === wanted.layout;
  return isWhole && isForm && (one.form === "sound" || one.height === wanted.height);
}

/** Asked for again while something is being made. */
function useExports(id: string, session: string | undefined) {
  const [list, setList] = useState<readonly Export[] | null>(null);
  const [canCopy, setCanCopy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const load = async () => {
    const answer = await listExports(id, session);
    if (answer.ok) {
      setList(answer.value.exports);
      setCanCopy(answer.value.can_copy);
    } else setFault(refusalText(answer.error.code, answer.error.params));
  };
  const isBusy = list?.some(({ state }) => state === "waiting" || state === "making") ?? false;
  useEffect(() => void load(), [id]);
  useEffect(() => {
    if (!isBusy) return;
    const timer = setInterval(() => void load(), LOOK_MS);
    return () => clearInterval(timer);
  }, [id, isBusy]);
  return { list, canCopy, fault, setFault, load };
}

interface RowProps {
  icon: IconName;
  name: string;
  note: string;
  /** Why it cannot be had of this recording; empty when it can. */
  why: string;
  /** null while nobody asked for it. */
  made: Export | null;
  onMake(): void;
  onTake(which: string): void;
  /** null for who may not. */
  onDrop: ((which: string) => void) | null;
}

function FileRow({ icon, name, note, why, made, onMake, onTake, onDrop }: RowProps) {
  const isComing = made?.state === "waiting" || made?.state === "making";
  return (
    <li>
      <Icon name={icon} />
      <div class="grow">
        <b>{name}</b>
        <span class="small quiet num" role="status">
          {made ? standingOf(made) : why || note}
        </span>
        {isComing && (
          <span
            class="decks-bar-line"
            aria-hidden="true"
            style={{ "--part": `${made.progress}%` }}
          />
        )}
      </div>
      {made && onDrop && (
        <IconButton
          icon={isComing ? "close" : "trash"}
          label={t(isComing ? "library-files-stop" : "library-files-drop", { name })}
          onClick={() => onDrop(made.id)}
        />
      )}
      {made?.state === "ready" && (
        <Button look="line" size="small" icon="download" onClick={() => onTake(made.id)}>
          {t("library-files-take")}
        </Button>
      )}
      {(!made || made.state === "failed") && (
        <Button
          look="line"
          size="small"
          disabled={why !== ""}
          aria-label={`${t("library-files-make")}: ${name}`}
          onClick={onMake}
        >
          {t("library-files-make")}
        </Button>
      )}
    </li>
  );
}

function standingOf(made: Export): string {
  switch (made.state) {
    case "waiting":
      return t("library-files-waiting");
    case "making":
      return made.left_s === null
        ? t("library-files-making", { percent: made.progress })
        : t("library-files-left", {
            percent: made.progress,
            minutes: Math.max(1, Math.ceil(made.left_s / 60)),
          });
    case "ready":
      return sizeOf(made.bytes);
    case "failed":
      return refusalText(made.fault || "recording.export_failed");
  }
}

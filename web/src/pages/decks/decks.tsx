/** The library of decks: what lies in a folder, what is found, and what is on its way into it. */
import { useEffect, useState } from "preact/hooks";
import { sizeOf } from "../../text/figures";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { chooseFiles } from "../../ui/choose_files";
import { Field } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { Empty } from "../../ui/mark";
import type { Deck, Folder, Library } from "../../wire/decks";
import { AppFrame, Loading, useTitle } from "../frame";
import { LoadFault } from "../load_fault";
import { DeckCard, FolderCard } from "./card";
import { type Asking, Questions } from "./dialogs";
import { DropPlace } from "./drop";
import { LookSwitch, look } from "./look";
import { Path } from "./path";
import { Sending } from "./sending";
import { acceptedBy, decksOf, found, pathTo } from "./shelf";
import { deskOf, type LibraryDesk } from "./store";

export function Decks({ account, folder }: { account: string; folder: string }) {
  useTitle(t("nav-decks"));
  const desk = deskOf(account);
  useEffect(() => desk.follow(), [desk]);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [words, setWords] = useState("");
  useEffect(() => setWords(""), [folder]);
  const library = desk.library.value;
  const fault = desk.fault.value;
  const isOfficeRead = library?.office === "ready";
  const isHere = folder === "" || (library?.folders.some((one) => one.id === folder) ?? false);
  const put = (files: readonly File[]) =>
    desk.sending.add(decksOf(files), isHere && folder ? { folder_id: folder } : {});
  const send = () => chooseFiles({ accept: acceptedBy(isOfficeRead), multiple: true }, put);
  return (
    <AppFrame at="/decks">
      <div class="page-head">
        <div class="grow">
          <h1>{t("nav-decks")}</h1>
          <p>{t(library && !isOfficeRead ? "decks-lead-bare" : "decks-lead")}</p>
        </div>
        {library && isHere && (
          <>
            <Button look="line" icon="folder-new" onClick={() => setAsking({ what: "folder-new" })}>
              {t("decks-folder-new")}
            </Button>
            <Button look="primary" icon="upload" id="decks-send" onClick={send}>
              {t("decks-upload")}
            </Button>
          </>
        )}
      </div>
      {fault && <LoadFault problem={fault} onAgain={() => void desk.load()} />}
      {!library && !fault && <Loading />}
      {library && library.office !== "ready" && (
        <div class="banner">
          <Icon name="info" />
          <div>{refusalText(`deck.office_${library.office}`)}</div>
        </div>
      )}
      {library && <Sending sending={desk.sending} decks={library.decks} />}
      {library && !isHere && <Gone />}
      {library && isHere && (
        <Shelves {...{ desk, library, folder, words }} onWords={setWords} onAsk={setAsking} />
      )}
      {library && (
        <Questions
          desk={desk}
          library={library}
          folder={folder}
          asking={asking}
          onClose={() => setAsking(null)}
        />
      )}
      {library && isHere && (
        <DropPlace name={library.folders.find((one) => one.id === folder)?.name} onFiles={put} />
      )}
    </AppFrame>
  );
}

/** A folder that was deleted elsewhere, or an old address. */
function Gone() {
  return (
    <div class="card">
      <Empty title={t("decks-gone")} text={t("error-folder-unknown")}>
        <ButtonLink look="primary" href="/decks">
          {t("decks-to-top")}
        </ButtonLink>
      </Empty>
    </div>
  );
}

interface ShelvesProps {
  desk: LibraryDesk;
  library: Library;
  folder: string;
  words: string;
  onWords(words: string): void;
  onAsk(asking: Asking): void;
}

function Shelves(props: ShelvesProps) {
  const { desk, library, folder, words } = props;
  const isSearch = words.trim() !== "";
  const here = <T extends Deck | Folder>(all: readonly T[], place: (one: T) => string) =>
    isSearch ? found(all, words) : all.filter((one) => place(one) === folder);
  const folders = here(library.folders, (one) => one.parent_id);
  const decks = here(library.decks, (one) => one.folder_id);
  const isEmpty = folders.length === 0 && decks.length === 0;
  const isBare = library.decks.length === 0 && library.folders.length === 0;
  const onMoved = () => desk.load();
  const onWay = desk.sending.list.value.length > 0;
  return (
    <>
      {!isBare && (
        <div class="decks-bar">
          <Path folders={library.folders} folder={folder} onMoved={onMoved} />
          <Field
            label={t("decks-search")}
            value={words}
            onValue={props.onWords}
            autocomplete="off"
          />
          <LookSwitch />
        </div>
      )}
      {folders.length > 0 && (
        <ul class="deck-folders">
          {folders.map((one) => (
            <FolderCard key={one.id} folder={one} onAsk={props.onAsk} {...{ library, onMoved }} />
          ))}
        </ul>
      )}
      {decks.length > 0 && (
        <ul class={look.value === "list" ? "deck-cards is-list" : "deck-cards"}>
          {decks.map((one) => (
            <DeckCard
              key={one.id}
              deck={one}
              // Among what is found, where it lies is worth knowing.
              place={isSearch ? placeOf(library.folders, one) : ""}
              onAsk={props.onAsk}
              onFiles={(files) => desk.sending.add([[...files]], { deck_id: one.id })}
              isOfficeRead={library.office === "ready"}
            />
          ))}
        </ul>
      )}
      {isEmpty && !(isBare && onWay) && <Nothing why={whyOf(isSearch, isBare)} />}
      {!isBare && <Space library={library} />}
    </>
  );
}

function placeOf(folders: readonly Folder[], deck: Deck): string {
  return pathTo(folders, deck.folder_id)
    .map((one) => one.name)
    .join(" / ");
}

type Why = "search" | "new" | "folder";

function whyOf(isSearch: boolean, isBare: boolean): Why {
  if (isBare) return "new";
  return isSearch ? "search" : "folder";
}

function Nothing({ why }: { why: Why }) {
  if (why === "search")
    return (
      <p class="quiet" role="status">
        {t("decks-not-found")}
      </p>
    );
  const key = why === "new" ? "decks-empty" : "decks-empty-folder";
  return (
    <div class="card">
      <Empty title={t(key)} text={t(`${key}-note`)} />
    </div>
  );
}

/** How full the library is. */
function Space({ library }: { library: Library }) {
  const { used_bytes: used, max_bytes: most } = library;
  const text = t("decks-space", { used: sizeOf(used), most: sizeOf(most) });
  const percent = Math.min(100, (100 * used) / Math.max(1, most));
  return (
    <div class={percent > 90 ? "decks-space is-near" : "decks-space"}>
      <div class="decks-bar-line" aria-hidden="true" style={{ "--part": `${percent}%` }} />
      <p class="small quiet num">{text}</p>
    </div>
  );
}

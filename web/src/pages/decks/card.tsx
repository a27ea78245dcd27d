/** A deck and a folder as cards: what they are, how far, and what can be done with them. */
import { isShowable } from "../../room/decks_room";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { chooseFiles } from "../../ui/choose_files";
import { Icon } from "../../ui/icon";
import { Menu, type MenuItem } from "../../ui/menu";
import type { Deck, Folder, Library } from "../../wire/decks";
import type { Asking } from "./dialogs";
import { dragOf, useTarget } from "./moving";
import { DeckPart, DeckPicture } from "./picture";
import { acceptedBy } from "./shelf";
import { factsOf, standingOf } from "./words";

interface DeckCardProps {
  deck: Deck;
  /** Folders above it; empty where that is plain. */
  place: string;
  isOfficeRead: boolean;
  onAsk(asking: Asking): void;
  onFiles(files: readonly File[]): void;
}

export function DeckCard(props: DeckCardProps) {
  const { deck, place, isOfficeRead, onAsk, onFiles } = props;
  const { name } = deck;
  const standing = standingOf(deck);
  const choose = () =>
    chooseFiles({ accept: acceptedBy(isOfficeRead), multiple: deck.kind === "picture" }, onFiles);
  const use: MenuItem[] = isShowable(deck)
    ? [{ label: t("decks-use"), icon: "enter", run: () => onAsk({ what: "use", deck }) }]
    : [];
  const items: MenuItem[] = [
    ...use,
    { label: t("decks-rename"), icon: "pen", run: () => onAsk({ what: "rename", deck }) },
    { label: t("decks-move"), icon: "folder-move", run: () => onAsk({ what: "move", deck }) },
    { label: t("decks-version-new"), icon: "upload", run: choose },
    { label: t("decks-versions"), icon: "clock", run: () => onAsk({ what: "versions", deck }) },
    {
      label: t("decks-delete"),
      icon: "trash",
      danger: true,
      run: () => onAsk({ what: "delete", deck }),
    },
  ];
  return (
    <li class="card deck-card" data-state={deck.state} {...dragOf({ deck })}>
      <DeckPicture deck={deck} />
      <div class="deck-card-words">
        <h3 title={name}>{name}</h3>
        <Menu label={t("decks-more", { name })} icon="more" items={items} />
        {place && <p class="small quiet deck-card-place">{place}</p>}
        <p class="small quiet num">{factsOf(deck, Date.now())}</p>
        {standing && (
          <p class={standing.isFault ? "small deck-fault" : "small num deck-coming"}>
            {standing.isFault && <Icon name="warn" />}
            <span>{standing.text}</span>
          </p>
        )}
        <DeckPart deck={deck} />
        {standing?.isFault && (
          <Button look="line" size="small" icon="upload" onClick={choose}>
            {t("decks-another")}
          </Button>
        )}
      </div>
    </li>
  );
}

interface FolderCardProps {
  folder: Folder;
  library: Library;
  onAsk(asking: Asking): void;
  /** Something was put into it. */
  onMoved(): Promise<void>;
}

export function FolderCard({ folder, library, onAsk, onMoved }: FolderCardProps) {
  const { id, name } = folder;
  const target = useTarget(library.folders, id, onMoved);
  const within = library.folders.filter((one) => one.parent_id === id).length;
  const count = within + library.decks.filter((one) => one.folder_id === id).length;
  const items: MenuItem[] = [
    { label: t("decks-rename"), icon: "pen", run: () => onAsk({ what: "folder-rename", folder }) },
    {
      label: t("decks-move"),
      icon: "folder-move",
      run: () => onAsk({ what: "folder-move", folder }),
    },
    {
      label: t("decks-delete"),
      icon: "trash",
      danger: true,
      run: () => onAsk({ what: "folder-delete", folder }),
    },
  ];
  return (
    <li class="card deck-folder" {...dragOf({ folder })} {...target}>
      <a href={`/decks/${encodeURIComponent(id)}`} title={name} draggable={false}>
        <Icon name="folder" />
        <span>
          <b class="ell">{name}</b>
          <span class="small quiet num">{t("decks-folder-holds", { count })}</span>
        </span>
      </a>
      <Menu label={t("decks-more", { name })} icon="more" items={items} />
    </li>
  );
}

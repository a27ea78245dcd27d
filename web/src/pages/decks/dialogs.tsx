/** The questions about decks and folders: their names, where they lie, whether they go. */
import { listOf } from "../../text/dates";
import { t } from "../../text/text";
import {
  changeDeck,
  changeFolder,
  createFolder,
  type Deck,
  deleteDeck,
  deleteFolder,
  type Folder,
  type Library,
} from "../../wire/decks";
import { NameDialog, type NameDialogProps } from "../name_dialog";
import { Sure } from "../sure";
import { MoveDialog } from "./move";
import type { Thing } from "./shelf";
import type { LibraryDesk } from "./store";
import { UseDialog } from "./use";
import { Versions } from "./versions";

export type Asking =
  | { what: "folder-new" }
  | { what: "use" | "rename" | "move" | "versions" | "delete"; deck: Deck }
  | { what: "folder-rename" | "folder-move" | "folder-delete"; folder: Folder };

const NAME_MAX = 120;
const FOLDER_MAX = 60;

interface QuestionsProps {
  desk: LibraryDesk;
  library: Library;
  /** Where one is. */
  folder: string;
  asking: Asking | null;
  onClose(): void;
}

export function Questions({ desk, library, folder, asking, onClose }: QuestionsProps) {
  const onDone = () => desk.load();
  const shared = { onClose, onDone };
  const onDeleted = async () => {
    await onDone();
    // What was pressed is gone with its card.
    document.getElementById("decks-send")?.focus();
  };
  const deck = asking !== null && "deck" in asking ? asking.deck : null;
  const asked = asking !== null && "folder" in asking ? asking.folder : null;
  const moved = movedOf(asking);
  return (
    <>
      <FolderNew open={asking?.what === "folder-new"} parent={folder} {...shared} />
      <Rename deck={asking?.what === "rename" ? deck : null} {...shared} />
      <FolderRename folder={asking?.what === "folder-rename" ? asked : null} {...shared} />
      {asking?.what === "use" && deck && <UseDialog deck={deck} onClose={onClose} />}
      {moved && <MoveDialog folders={library.folders} thing={moved} {...shared} />}
      {asking?.what === "versions" && deck && (
        <Versions
          desk={desk}
          deck={library.decks.find((one) => one.id === deck.id) ?? deck}
          onClose={onClose}
        />
      )}
      <Sure
        thing={asking?.what === "delete" ? deck : null}
        onClose={onClose}
        onDone={onDeleted}
        title={({ name }) => t("decks-delete-title", { name })}
        note={noteOn(deck)}
        action={t("decks-delete")}
        waiting={t("decks-deleting")}
        done={({ name }) => t("decks-deleted", { name })}
        send={({ id }) => deleteDeck(id)}
      />
      <Sure
        thing={asking?.what === "folder-delete" ? asked : null}
        onClose={onClose}
        onDone={onDeleted}
        title={({ name }) => t("decks-delete-title", { name })}
        note={t("decks-folder-delete-note")}
        action={t("decks-delete")}
        waiting={t("decks-deleting")}
        done={({ name }) => t("decks-deleted", { name })}
        send={({ id }) => deleteFolder(id)}
      />
    </>
  );
}

function movedOf(asking: Asking | null): Thing | null {
  if (asking?.what === "move") return { deck: asking.deck };
  return asking?.what === "folder-move" ? { folder: asking.folder } : null;
}

function noteOn(deck: Deck | null): string {
  if (!deck || deck.placed_in.length === 0) return t("decks-delete-note");
  return t("decks-delete-placed", { rooms: listOf(deck.placed_in) });
}

type Shared = Pick<NameDialogProps, "onClose" | "onDone">;

function named(longest: number) {
  return { label: t("decks-name"), missing: t("decks-name-missing"), longest };
}

function FolderNew({ open, parent, ...shared }: Shared & { open: boolean; parent: string }) {
  return (
    <NameDialog
      {...shared}
      {...named(FOLDER_MAX)}
      open={open}
      heading={t("decks-folder-new-title")}
      first=""
      action={t("decks-folder-create")}
      waiting={t("decks-folder-creating")}
      send={(name) => createFolder(name, parent)}
    />
  );
}

function Rename({ deck, ...shared }: Shared & { deck: Deck | null }) {
  return (
    <NameDialog
      {...shared}
      {...named(NAME_MAX)}
      open={deck !== null}
      heading={t("decks-rename-title")}
      first={deck?.name ?? ""}
      action={t("rooms-save")}
      waiting={t("rooms-saving")}
      send={(name) => changeDeck(deck?.id ?? "", { name })}
    />
  );
}

function FolderRename({ folder, ...shared }: Shared & { folder: Folder | null }) {
  return (
    <NameDialog
      {...shared}
      {...named(FOLDER_MAX)}
      open={folder !== null}
      heading={t("decks-folder-rename-title")}
      first={folder?.name ?? ""}
      action={t("rooms-save")}
      waiting={t("rooms-saving")}
      send={(name) => changeFolder(folder?.id ?? "", { name })}
    />
  );
}

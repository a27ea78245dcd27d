/** What may be taken away of a recording: its boards as one PDF, its chat as a text. */
import { useSignal } from "@preact/signals";
import type { PageFacts } from "../../board/model";
import { nameOf } from "../../recording/manifest";
import { toPlay } from "../../recording/playtime";
import { docOf, readPage } from "../../recording/story";
import { t } from "../../text/text";
import { Icon, type IconName } from "../../ui/icon";
import { toast } from "../../ui/live";
import { saveFile } from "../classroom/board/save_file";
import { FilesDialog } from "../recordings/files_dialog";
import type { PlayerDesk } from "./desk";
import { clockOf } from "./times";

export function TakeAway({ desk, isShared }: { desk: PlayerDesk; isShared: boolean }) {
  const manifest = desk.manifest.value;
  const pages = pagesOf(desk);
  const lines = desk.lines.value.length;
  const asked = useSignal(false);
  // What is still being recorded is no film yet.
  if (!manifest?.mayDownload || manifest.isLive) return null;
  const made = (
    <div class="ptake">
      <h2>{t("player-take-away")}</h2>
      <button type="button" onClick={() => (asked.value = true)}>
        <Icon name="motion" />
        <span class="grow">{t("player-take-film")}</span>
      </button>
      {pages.length > 0 && (
        <Take
          icon="board"
          label={t("player-take-boards")}
          size={t("player-pages", { count: pages.length })}
          make={() => boardsOf(desk, pages)}
          name={`${manifest.title}.pdf`}
        />
      )}
      {lines > 0 && (
        <Take
          icon="chat"
          label={t("player-take-chat")}
          size={t("player-messages", { count: lines })}
          make={() => Promise.resolve(chatOf(desk))}
          name={`${manifest.title}.txt`}
        />
      )}
    </div>
  );
  return (
    <>
      {made}
      <FilesDialog
        one={asked.value ? manifest : null}
        session={isShared ? desk.sources.session.value : undefined}
        onClose={() => {
          asked.value = false;
        }}
      />
    </>
  );
}

interface TakeProps {
  icon: IconName;
  label: string;
  size: string;
  name: string;
  make(): Promise<Blob>;
}

function Take({ icon, label, size, name, make }: TakeProps) {
  const isMaking = useSignal(false);
  const take = async () => {
    if (isMaking.value) return;
    isMaking.value = true;
    try {
      saveFile(await make(), name);
    } catch {
      toast(t("player-take-failed"));
    } finally {
      isMaking.value = false;
    }
  };
  return (
    <button type="button" aria-busy={isMaking.value || undefined} onClick={() => void take()}>
      {isMaking.value ? <span class="spin" /> : <Icon name={icon} />}
      <span class="grow">{label}</span>
      <span class="tiny faint num">{size}</span>
    </button>
  );
}

/** Every page the class was on and that had something on it, and the moment it was whole. */
function pagesOf(desk: PlayerDesk): { page: PageFacts; ms: number }[] {
  const found = new Map<string, { page: PageFacts; ms: number }>();
  const end = desk.manifest.value?.durationMs ?? 0;
  const { happenings } = desk.story.value;
  const turns = happenings.filter(({ event }) => event === "turned");
  for (const [at, turn] of turns.entries()) {
    const page = readPage(turn.page);
    if (!page || page.kind === "film" || page.kind === "activity") continue;
    found.set(docOf(page), { page, ms: (turns[at + 1]?.ms ?? end + 1) - 1 });
  }
  const tape = desk.tape.value;
  return [...found.values()].filter(
    ({ page }) => page.backdrop !== "" || tape.versions(docOf(page)).length > 0,
  );
}

async function boardsOf(
  desk: PlayerDesk,
  pages: readonly { page: PageFacts; ms: number }[],
): Promise<Blob> {
  const { exportPdf } = await import("../../board/export/board_export");
  const { fetchAsset, formulas, names } = desk.parts;
  const tape = desk.tape.peek();
  const sheets = pages.map(({ page, ms }) => ({
    facts: page,
    items: tape.itemsAt(docOf(page), ms),
  }));
  const ports = { fetchAsset, fetchBackdrop: fetchAsset, formulas, names };
  return exportPdf(sheets, ports, { title: desk.manifest.peek()?.title ?? "" });
}

function chatOf(desk: PlayerDesk): Blob {
  const manifest = desk.manifest.peek();
  const lines = desk.lines.peek().map(({ ms, pid, text }) => {
    const at = clockOf(toPlay(ms, manifest?.holes ?? []));
    return `${at}  ${manifest ? nameOf(manifest, pid) : ""}: ${text}`;
  });
  // The mark tells old programs that it is UTF-8.
  return new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/plain;charset=utf-8" });
}

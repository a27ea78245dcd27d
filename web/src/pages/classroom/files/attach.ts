/** Files that come from a person's hand: chosen, dropped, pasted; and where they go. */
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { Desk } from "../desk";
import { explain } from "../explain";

/** With one message, as on the server. */
const TOGETHER_MAX = 10;
/** What phones can turn their own pictures into, and everybody can see. */
export const PICTURES = "image/jpeg,image/png,image/webp,image/gif";

/** Why no file may be sent now; null when one may. */
export function whyNot(desk: Desk): string | null {
  const { rights } = desk.room.value;
  if (rights.may_send_files) return null;
  const self = desk.self.value;
  if (self?.role === "observer") return refusalText("right.missing", { right: "may_send_files" });
  return refusalText(self?.chat_muted ? "chat.muted" : "lock.files");
}

/** Into the message that is being written; its files are on their way before it is sent. */
export function attach(desk: Desk, files: readonly File[]): void {
  const chosen = takeable(desk, files);
  if (chosen.length === 0) return;
  const { attached } = desk.session.chat;
  const taken = chosen.slice(0, TOGETHER_MAX - attached.value.length);
  if (taken.length < chosen.length) toast(t("files-too-many", { max: TOGETHER_MAX }));
  attached.value = [...attached.value, ...desk.session.files.uploads.add(taken)];
  desk.panel.value = "chat";
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".composer textarea")?.focus());
}

/** On the list of the class, without a word. */
export function putOnList(desk: Desk, files: readonly File[]): void {
  const chosen = takeable(desk, files);
  const to = desk.room.value.rights.may_chat ? "room" : "staff";
  desk.session.files.put(chosen, to, (error) => explain({ ok: false, error }));
}

/** Nothing while it is locked, which is said. */
function takeable(desk: Desk, files: readonly File[]): readonly File[] {
  const reason = files.length > 0 ? whyNot(desk) : null;
  if (reason) toast(reason);
  return reason ? [] : files;
}

/** The files of a drop. A folder among them has no content of its own. */
export function filesOfDrop(data: DataTransfer): File[] {
  const items = [...data.items].filter((item) => item.kind === "file");
  const plain = items.filter((item) => !item.webkitGetAsEntry?.()?.isDirectory);
  if (plain.length < items.length) toast(t("files-folder"));
  return plain.flatMap((item) => item.getAsFile() ?? []);
}

/** What is pasted as files; words that an office program copies as a picture, too, stay words. */
export function filesOfPaste(data: DataTransfer): File[] {
  const { types } = data;
  if (types.includes("text/plain") && types.includes("text/html")) return [];
  return [...data.files].map(named);
}

/** Every pasted picture is called the same by the browser. */
function named(file: File, at: number): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const ending = file.name.split(".").at(-1);
  const time = new Date().toTimeString().slice(0, 8).replaceAll(":", "-");
  const count = at > 0 ? ` ${at + 1}` : "";
  return new File([file], `${t("files-pasted")} ${time}${count}.${ending}`, { type: file.type });
}

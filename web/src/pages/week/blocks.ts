/** Blocks are made, moved and removed at once; a word about it brings back what was. */
import type { Span } from "../../booking/zone";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { toast } from "../../ui/live";
import type { Problem } from "../../wire/http";
import { addBlock, changeBlock, removeBlock } from "../../wire/week";
import type { Shown } from "./shown";
import type { WeekStore } from "./store";
import { momentIn, timesOf } from "./words";

const given = ({ from, to }: Span, title: string) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  title,
});

const say = (problem: Problem) => toast(refusalText(problem.code, problem.params));

export async function makeBlock(store: WeekStore, span: Span, title = ""): Promise<boolean> {
  const made = await addBlock(store.hostId, given(span, title));
  await store.load();
  if (!made.ok) {
    say(made.error);
    return false;
  }
  const undo = async () => {
    const gone = await removeBlock(store.hostId, made.value.id);
    if (!gone.ok) say(gone.error);
    await store.load();
  };
  const when = `${momentIn(store.zone, span.from)}`;
  toast(t("week-blocked", { when }), { label: t("week-undo"), run: () => void undo() });
  return true;
}

/** Also of another length, or under another name. */
export async function moveBlock(
  store: WeekStore,
  one: Shown,
  span: Span,
  title = one.told.title,
): Promise<boolean> {
  const put = (to: Span, name: string) => changeBlock(store.hostId, one.id, given(to, name));
  const moved = await put(span, title);
  await store.load();
  if (!moved.ok) {
    say(moved.error);
    return false;
  }
  const back = async () => {
    const again = await put(one, one.told.title);
    if (!again.ok) say(again.error);
    await store.load();
  };
  const when = timesOf(store.zone, span);
  toast(t("week-block-moved", { when }), { label: t("week-undo"), run: () => void back() });
  return true;
}

export async function dropBlock(store: WeekStore, one: Shown): Promise<void> {
  const gone = await removeBlock(store.hostId, one.id);
  await store.load();
  if (!gone.ok) return say(gone.error);
  const back = async () => {
    const again = await addBlock(store.hostId, given(one, one.told.title));
    if (!again.ok) say(again.error);
    await store.load();
  };
  toast(t("week-block-gone"), { label: t("week-undo"), run: () => void back() });
}

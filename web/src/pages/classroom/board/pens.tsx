/** Who has the pen: told to all, given and taken by who leads. */
import { effect } from "@preact/signals";
import type { Pen } from "../../../board/model";
import { listOf } from "../../../text/dates";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { toast } from "../../../ui/live";
import { Menu } from "../../../ui/menu";
import type { Participant } from "../../../wire/messages";
import type { Desk } from "../desk";
import { givePen, mayLead } from "./acts";

const PENS: readonly Pen[] = ["none", "own", "all"];
/** More names than this do not fit; then their number is told. */
const NAMES = 2;

/** Teachers always draw; theirs is not worth a word. */
export function hasPen(person: Participant): boolean {
  return person.role === "student" && person.pen !== "none";
}

/** In the top bar: to who leads whose pens are out, to a student the own one. */
export function PensNote({ desk }: { desk: Desk }) {
  const self = desk.self.value;
  if (self && hasPen(self)) {
    const word = t("board-you-have");
    return (
      <span class="pens is-own" data-tip={t(`board-pen-${self.pen}-you`)}>
        <Icon name="pen" />
        {desk.form.value === "phone" ? <span class="vh">{word}</span> : <span>{word}</span>}
      </span>
    );
  }
  if (!mayLead(desk) || desk.form.value !== "wide") return null;
  const people = desk.faces.value.filter(hasPen);
  const students = desk.faces.value.filter((one) => one.role === "student");
  if (people.length === 0) return null;
  const names = people.map((one) => one.name);
  const words =
    people.length > NAMES && people.length === students.length
      ? t("board-all-have")
      : people.length > NAMES
        ? t("board-many-have", { count: people.length })
        : t("board-have", { count: people.length, names: listOf(names) });
  return (
    <span class="pens">
      <Icon name="pen" />
      <span class="ell" data-tip={listOf(names)}>
        {words}
      </span>
      <Button look="quiet" size="small" onClick={() => givePen(desk, null, "none")}>
        {t("board-take-back")}
      </Button>
    </span>
  );
}

/** At the top of the people panel. */
export function PensForAll({ desk }: { desk: Desk }) {
  if (!mayLead(desk)) return null;
  const students = desk.faces.value.filter((one) => one.role === "student");
  const { everyone } = desk.room.value.board;
  const same = students.every((one) => one.pen === everyone);
  return (
    <div class="pens-all">
      <Icon name="pen" />
      <span class="grow" aria-hidden="true">
        {t("board-pens-all")}
      </span>
      <Menu
        label={t("board-pens-all")}
        class="btn btn-sm btn-line"
        items={PENS.map((pen) => ({
          label: t(`board-pen-${pen}`),
          checked: same && everyone === pen,
          run: () => givePen(desk, null, pen),
        }))}
      >
        <span class="vh">{t("board-pens-all")}</span>
        <span>{t(same ? `board-pen-${everyone}` : "board-pen-mixed")}</span>
        <Icon name="down" />
      </Menu>
    </div>
  );
}

/** One person's pen: a menu for who leads, a sign for everybody else. */
export function PenOf({ desk, person }: { desk: Desk; person: Participant }) {
  const given = hasPen(person);
  if (!mayLead(desk) || person.role !== "student") {
    if (!given) return null;
    const word = t(`board-pen-${person.pen}-has`, { name: person.name });
    return (
      <span class="st is-on" role="img" aria-label={word} data-tip={word}>
        <Icon name="pen" />
      </span>
    );
  }
  return (
    <Menu
      label={t("board-pen-of", { name: person.name, pen: t(`board-pen-${person.pen}`) })}
      icon={given ? "pen" : "pen-off"}
      class={given ? "icon-btn pen-of is-given" : "icon-btn pen-of"}
      items={PENS.map((pen) => ({
        label: t(`board-pen-${pen}`),
        checked: person.pen === pen,
        run: () => givePen(desk, person.id, pen),
      }))}
    />
  );
}

/** Who gets or loses the pen hears of it. */
export function tellOwnPen(desk: Desk): () => void {
  let before: Pen | null = null;
  return effect(() => {
    const self = desk.self.value;
    if (!self) return;
    const known = before;
    before = self.pen;
    if (known === null || known === self.pen || self.role !== "student") return;
    toast(t(`board-pen-${self.pen}-now`));
  });
}

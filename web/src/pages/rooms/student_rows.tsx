/** One row for each enrolled person; below them how they come in, and who was removed. */
import { useState } from "preact/hooks";
import { agoOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Switch } from "../../ui/field";
import { toast } from "../../ui/live";
import { Menu, type MenuItem } from "../../ui/menu";
import { changeRoom, type Room } from "../../wire/api";
import type { Enrolment } from "../../wire/enrolments";
import { navigate } from "../router";
import { refreshRooms } from "./store";
import { copyOwnLink } from "./student_doings";

export type StudentAct = "change" | "link" | "remove";

interface RowProps {
  room: string;
  one: Enrolment;
  onAct(what: StudentAct, one: Enrolment): void;
}

export function StudentRow({ room, one, onAct }: RowProps) {
  const seen =
    one.seen_at === null
      ? t("enrol-never")
      : t("enrol-seen", { when: agoOf(one.seen_at, Date.now()) });
  const items: MenuItem[] = [
    {
      label: t("enrol-lessons"),
      icon: "chart",
      run: () => navigate(`/rooms/${encodeURIComponent(room)}/students/${one.id}`),
    },
    { label: t("enrol-change"), icon: "pen", run: () => onAct("change", one) },
    { label: t("enrol-new-link"), icon: "link", run: () => onAct("link", one) },
    { label: t("enrol-remove"), icon: "trash", danger: true, run: () => onAct("remove", one) },
  ];
  return (
    <li>
      <Avatar name={one.name} id={one.id} size={32} />
      <span class="grow">
        <span class="student-name">
          <b>{one.name}</b>
          {one.role !== "student" && <span class="pill">{t(`report-role-${one.role}`)}</span>}
        </span>
        <span class="small quiet num">{[one.email, seen].filter(Boolean).join(" · ")}</span>
      </span>
      <Button
        look="line"
        size="small"
        icon="copy"
        aria-label={t("enrol-copy-of", { name: one.name })}
        onClick={() => void copyOwnLink(one)}
      >
        {t("enrol-copy")}
      </Button>
      <Menu label={t("enrol-more", { name: one.name })} icon="more" items={items} />
    </li>
  );
}

/** Saved at once; what cannot be saved springs back. */
export function HowTheyComeIn({ room }: { room: Room }) {
  const [pass, setPass] = useState(room.enrolled_pass_lobby);
  const [only, setOnly] = useState(room.enrolled_only);
  const save = async (change: Partial<Room>, back: () => void) => {
    const result = await changeRoom(room.id, change);
    if (!result.ok) {
      back();
      return toast(refusalText(result.error.code, result.error.params));
    }
    toast(t("enrol-saved"));
    await refreshRooms();
  };
  return (
    <section class="card card-pad stack student-ways">
      <h2>{t("enrol-ways")}</h2>
      <Switch
        label={t("enrol-pass-lobby")}
        checked={pass}
        onChange={(on) => {
          setPass(on);
          void save({ enrolled_pass_lobby: on }, () => setPass(!on));
        }}
      />
      <p class="small quiet">{t("enrol-pass-lobby-note")}</p>
      <Switch
        label={t("enrol-only")}
        checked={only}
        onChange={(on) => {
          setOnly(on);
          void save({ enrolled_only: on }, () => setOnly(!on));
        }}
      />
      <p class="small quiet">{t("enrol-only-note")}</p>
    </section>
  );
}

interface RemovedProps {
  people: readonly Enrolment[];
  onBack(one: Enrolment): void;
}

export function Removed({ people, onBack }: RemovedProps) {
  return (
    <details class="student-removed">
      <summary>{t("enrol-removed-list", { count: people.length })}</summary>
      <ul class="card rows student-list">
        {people.map((one) => (
          <li key={one.id}>
            <span class="grow">
              <b>{one.name}</b>
              <span class="small quiet num">
                {t("enrol-removed-when", { when: agoOf(one.removed_at ?? "", Date.now()) })}
              </span>
            </span>
            <Button
              look="line"
              size="small"
              icon="undo"
              aria-label={t("enrol-back-of", { name: one.name })}
              onClick={() => onBack(one)}
            >
              {t("enrol-back")}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}

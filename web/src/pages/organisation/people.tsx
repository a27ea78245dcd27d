/** The team: who is in it as what, and who is invited. */
import { useEffect, useState } from "preact/hooks";
import { dayOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Button, IconButton } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field, FormFault, Select } from "../../ui/field";
import { FormFoot } from "../../ui/form_foot";
import { toast } from "../../ui/live";
import type { Problem } from "../../wire/http";
import {
  changeRole,
  dropInvitation,
  type Invitation,
  invite,
  type Member,
  type OrgRole,
  readTeam,
  removeMember,
  type Team,
} from "../../wire/organisations";
import { copy } from "../copy_link";
import { loadOrganisations } from "../desk/organisation";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { Sure } from "../sure";
import type { TabProps } from "./tab";

const ROLES: readonly OrgRole[] = ["admin", "reception", "counsellor"];
const roleOptions = () => ROLES.map((one) => ({ value: one, label: t(`org-role-${one}`) }));

export function People({ org }: TabProps) {
  const [team, setTeam] = useState<Team | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const [inviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const leads = org.role === "admin";
  const load = async () => {
    const result = await readTeam(org.id);
    setFault(result.ok ? null : result.error);
    if (result.ok) setTeam(result.value);
  };
  useEffect(() => void load(), [org.id]);
  const pick = async (member: Member, role: OrgRole) => {
    const result = await changeRole(org.id, member.id, role);
    if (!result.ok) return toast(refusalText(result.error.code, result.error.params));
    setTeam(result.value);
    if (member.is_me) await loadOrganisations();
  };
  return (
    <section class="stack" aria-label={t("org-tab-people")}>
      <div class="row row-wrap">
        <p class="quiet grow">{t("org-people-note")}</p>
        {leads && (
          <Button look="primary" icon="invite" onClick={() => setInviting(true)}>
            {t("org-invite")}
          </Button>
        )}
      </div>
      {fault && <LoadFault problem={fault} onAgain={() => void load()} />}
      {team === null && !fault && <Loading />}
      {team && (
        <ul class="card rows">
          {team.members.map((one) => (
            <MemberRow
              key={one.id}
              one={one}
              leads={leads}
              onRole={(role) => void pick(one, role)}
              onRemove={() => setLeaving(one)}
            />
          ))}
        </ul>
      )}
      {team && team.invitations.length > 0 && (
        <Invitations org={org.id} list={team.invitations} onDone={load} />
      )}
      {inviting && (
        <InviteDialog org={org.id} onClose={() => setInviting(false)} onDone={() => void load()} />
      )}
      <Sure
        thing={leaving}
        onClose={() => setLeaving(null)}
        title={(one) => t(one.is_me ? "org-leave-title" : "org-remove-title", { name: one.name })}
        note={t("org-remove-note")}
        action={t("org-remove")}
        waiting={t("org-removing")}
        send={(one) => removeMember(org.id, one.id)}
        onDone={async () => {
          await loadOrganisations();
          await load();
        }}
      />
    </section>
  );
}

interface RowProps {
  one: Member;
  leads: boolean;
  onRole(role: OrgRole): void;
  onRemove(): void;
}

function MemberRow({ one, leads, onRole, onRemove }: RowProps) {
  return (
    <li>
      <Avatar name={one.name} id={one.id} />
      <span class="grow">
        <b>{one.is_me ? t("org-you", { name: one.name }) : one.name}</b>
        <span class="small quiet">{one.email || t(`org-role-${one.role}-note`)}</span>
      </span>
      <span class="member-acts">
        {leads ? (
          <Select
            bare
            label={t("org-role-of", { name: one.name })}
            options={roleOptions()}
            value={one.role}
            onPick={(picked) => onRole(ROLES.find((role) => role === picked) ?? "counsellor")}
          />
        ) : (
          <span class="pill">{t(`org-role-${one.role}`)}</span>
        )}
        {(leads || one.is_me) && (
          <IconButton
            label={one.is_me ? t("org-leave") : t("org-remove-name", { name: one.name })}
            icon={one.is_me ? "leave" : "trash"}
            onClick={onRemove}
          />
        )}
      </span>
    </li>
  );
}

interface InvitationsProps {
  org: string;
  list: readonly Invitation[];
  onDone(): Promise<void>;
}

function Invitations({ org, list, onDone }: InvitationsProps) {
  const drop = async (one: Invitation) => {
    const result = await dropInvitation(org, one.id);
    if (!result.ok) toast(refusalText(result.error.code, result.error.params));
    await onDone();
  };
  return (
    <>
      <h2>{t("org-invited")}</h2>
      <ul class="card rows">
        {list.map((one) => (
          <li key={one.id}>
            <span class="grow">
              <b>{one.name}</b>
              <span class="small quiet">
                {t(`org-role-${one.role}`)} · {t("org-invited-until", { day: dayOf(one.until) })}
              </span>
            </span>
            <Button look="line" icon="copy" onClick={() => void copyInvitation(one)}>
              {t("org-invite-copy")}
            </Button>
            <IconButton
              label={t("org-invite-drop", { name: one.name })}
              icon="trash"
              onClick={() => void drop(one)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function copyInvitation(one: Invitation): Promise<void> {
  const link = location.origin + one.link;
  return copy(link, t("link-copied"), t("link-copy-failed", { link }));
}

interface InviteProps {
  org: string;
  onClose(): void;
  onDone(): void;
}

function InviteDialog({ org, onClose, onDone }: InviteProps) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<OrgRole>("counsellor");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const send = async () => {
    setBusy(true);
    const result = await invite(org, role, name);
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    await copyInvitation(result.value);
    onDone();
    onClose();
  };
  return (
    <Dialog open title={t("org-invite")} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void send();
        }}
      >
        <p>{t("org-invite-note")}</p>
        <Field
          label={t("org-invite-name")}
          value={name}
          onValue={setName}
          maxLength={60}
          required
          autofocus
          autocomplete="off"
        />
        <Select
          label={t("org-role")}
          options={roleOptions()}
          value={role}
          onPick={(picked) => setRole(ROLES.find((one) => one === picked) ?? "counsellor")}
        />
        <p class="small quiet">{t(`org-role-${role}-note`)}</p>
        <FormFault>{fault}</FormFault>
        <FormFoot
          action={t("org-invite-make")}
          waiting={busy && t("org-inviting")}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}

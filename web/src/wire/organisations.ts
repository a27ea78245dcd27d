/** Organisations, their teams and the texts they have signed (docs/http_clients.md). */
import { change } from "./api";
import type { IntakeField } from "./booking";
import { request } from "./http";
import type { RecordingPolicy } from "./messages";

export type OrgRole = "admin" | "reception" | "counsellor";
export type Vertical = "general" | "education" | "health" | "psychology";
export type Spoken = "en" | "zh-CN";
export type Word = "client" | "clients" | "host" | "hosts" | "talk" | "talks";
export type Words = Partial<Record<Spoken, Partial<Record<Word, string>>>>;

export interface OrgHost {
  id: string;
  slug: string;
  name: string;
  zone: string;
  is_own: boolean;
  is_listed: boolean;
}

export interface OrgSettings {
  confirms: "off" | "unknown" | "always";
  about: string;
  address: string;
  intake: IntakeField[];
  notes_months: number;
  recording_policy: RecordingPolicy;
  reception_reads_intake: boolean;
  admins_read_notes: boolean;
  notes_in_export: boolean;
  keeps_invoice_names: boolean;
  missed_is_charged: boolean;
}

/** Who cancels so many hours before gets so many percent back. */
export interface RefundStep {
  hours: number;
  percent: number;
}

export interface OrgTerms {
  hours?: number;
  moves?: number;
  refund?: RefundStep[];
}

export interface Organisation {
  id: string;
  slug: string;
  name: string;
  vertical: Vertical;
  zone: string;
  locale: Spoken;
  currency: string;
  role: OrgRole;
  member_id: string;
  terms: OrgTerms;
  /** What was written over the words of the trade. */
  words: Words;
  /** Every word as it is shown. */
  spoken: Record<Spoken, Record<Word, string>>;
  settings: OrgSettings;
  hosts: OrgHost[];
  created_at: string;
}

export interface FirstHours {
  weekday: number;
  from_min: number;
  to_min: number;
}

export interface NewOrganisation {
  name: string;
  vertical: Vertical;
  zone: string;
  locale: Spoken;
  currency: string;
  hours: FirstHours[];
  offer: string;
  minutes: number;
}

export interface OrganisationChange {
  name?: string;
  slug?: string;
  vertical?: Vertical;
  zone?: string;
  locale?: Spoken;
  currency?: string;
  terms?: OrgTerms;
  words?: Words;
  settings?: Partial<OrgSettings>;
}

export interface Member {
  id: string;
  name: string;
  /** Told to administrators. */
  email: string;
  role: OrgRole;
  host_id: string;
  is_me: boolean;
  created_at: string;
}

export interface Invitation {
  id: string;
  role: OrgRole;
  name: string;
  link: string;
  until: string;
}

export interface Team {
  members: Member[];
  invitations: Invitation[];
}

export interface FormText {
  title: string;
  text: string;
}
export type FormTexts = Partial<Record<Spoken, FormText>>;

export interface FormVersion {
  id: string;
  number: number;
  texts: FormTexts;
  sha: string;
  at: string;
}

export interface ConsentForm {
  id: string;
  is_on: boolean;
  newest: FormVersion;
}

export interface Opening {
  id: number;
  account_id: string;
  name: string;
  what: string;
  of: string;
  client_id: string;
  at: string;
}

const one = (id: string) => `/api/organisations/${encodeURIComponent(id)}`;

export const listOrganisations = () => request<Organisation[]>("GET", "/api/organisations");
export const createOrganisation = (organisation: NewOrganisation) =>
  change<{ organisation: Organisation; host_id: string }>(
    "POST",
    "/api/organisations",
    organisation,
  );
export const changeOrganisation = (id: string, news: OrganisationChange) =>
  change<Organisation>("PATCH", one(id), news);

export const readTeam = (id: string) => request<Team>("GET", `${one(id)}/members`);
export const changeRole = (id: string, member: string, role: OrgRole) =>
  change<Team>("PATCH", `${one(id)}/members/${encodeURIComponent(member)}`, { role });
export const removeMember = (id: string, member: string) =>
  change<undefined>("DELETE", `${one(id)}/members/${encodeURIComponent(member)}`);
export const invite = (id: string, role: OrgRole, name: string) =>
  change<Invitation>("POST", `${one(id)}/invitations`, { role, name });
export const dropInvitation = (id: string, invitation: string) =>
  change<undefined>("DELETE", `${one(id)}/invitations/${encodeURIComponent(invitation)}`);

export const readInvitation = (token: string) =>
  request<{ organisation: string; role: OrgRole; until: string }>(
    "GET",
    `/api/invitations/${encodeURIComponent(token)}`,
  );
export const acceptInvitation = (token: string) =>
  change<Organisation>("POST", `/api/invitations/${encodeURIComponent(token)}`, {});

export const listForms = (id: string) => request<ConsentForm[]>("GET", `${one(id)}/forms`);
export const createForm = (id: string, texts: FormTexts) =>
  change<ConsentForm>("POST", `${one(id)}/forms`, { texts });
export const addFormVersion = (id: string, form: string, texts: FormTexts) =>
  change<FormVersion>("POST", `${one(id)}/forms/${encodeURIComponent(form)}/versions`, { texts });
export const switchForm = (id: string, form: string, isOn: boolean) =>
  change<ConsentForm[]>("PATCH", `${one(id)}/forms/${encodeURIComponent(form)}`, { is_on: isOn });

export const readAudit = (id: string, before = 0) =>
  request<{ lines: Opening[]; has_more: boolean }>("GET", `${one(id)}/audit?before=${before}`);
export const auditTable = (id: string) => `${one(id)}/audit.csv`;

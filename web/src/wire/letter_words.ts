/** How an organisation writes its letters, and when it reminds people (docs/http_letters.md). */
import { change } from "./api";
import { request } from "./http";
import type { Spoken } from "./organisations";

export interface LetterTemplate {
  kind: string;
  locale: Spoken;
  subject: string;
  text: string;
  /** The organisation wrote it itself. */
  is_own: boolean;
  /** What may stand in braces. */
  words: string[];
}

export interface LetterPreview {
  subject: string;
  text: string;
  html: string;
}

export interface ReminderRule {
  minutes: number;
  channel: "mail" | "webhook";
}

export interface ReminderRules {
  rules: ReminderRule[];
  is_own: boolean;
  offers: Record<string, ReminderRule[]>;
}

const path = (org: string, rest: string) => `/api/organisations/${encodeURIComponent(org)}/${rest}`;
const templatePath = (org: string, one: { kind: string; locale: string }) =>
  path(org, `templates/${encodeURIComponent(one.kind)}/${encodeURIComponent(one.locale)}`);

export const listTemplates = (org: string) =>
  request<LetterTemplate[]>("GET", path(org, "templates"));

/** Both empty: the server's own words again. */
export const writeTemplate = (org: string, one: LetterTemplate) =>
  change<LetterTemplate>("PUT", templatePath(org, one), { subject: one.subject, text: one.text });

export const previewTemplate = (org: string, one: LetterTemplate) =>
  change<LetterPreview>("POST", `${templatePath(org, one)}/preview`, {
    subject: one.subject,
    text: one.text,
  });

export const readRules = (org: string) => request<ReminderRules>("GET", path(org, "reminders"));

/** Without an offer: of all that have none of their own. null: as without. */
export const writeRules = (org: string, rules: readonly ReminderRule[] | null, offer_id = "") =>
  change<ReminderRules>("PUT", path(org, "reminders"), { offer_id, rules });

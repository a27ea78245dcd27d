/** Files made of recordings to be taken away; shapes as docs/http_recordings.md gives them. */
import { change } from "./api";
import { type Reply, request } from "./http";

export type ExportForm = "mp4" | "copy" | "sound";
export type ExportLayout = "speaker" | "main";
export type ExportState = "waiting" | "making" | "ready" | "failed";

export interface Export {
  id: string;
  form: ExportForm;
  layout: ExportLayout;
  height: number;
  from_ms: number;
  to_ms: number;
  state: ExportState;
  /** Of what is being made, 0 to 100. */
  progress: number;
  /** Seconds until it is ready, as far as can be told. */
  left_s: number | null;
  bytes: number;
  /** The code of why it failed. */
  fault: string;
  created_at: string;
  name: string;
}

export interface Exports {
  exports: Export[];
  /** Whether all of it can be had as a copy of the screen. */
  can_copy: boolean;
}

export interface ExportOrder {
  form: ExportForm;
  layout: ExportLayout;
  height: 720 | 1080;
  from_ms: number;
  /** 0 is the end. */
  to_ms: number;
}

export interface Ticket {
  /** To be used within a minute. */
  url: string;
  name: string;
}

/** What stands for the data of a recording; they need no order. */
export const DATA = "data";

const part = (text: string) => encodeURIComponent(text);
const base = (id: string) => `/api/recordings/${part(id)}/exports`;

/** `session`: of who plays it by a link that lets them take it away. */
export const listExports = (id: string, session?: string): Reply<Exports> =>
  session === undefined
    ? request("GET", base(id))
    : change("POST", `${base(id)}/listed`, { session });

export const orderExport = (id: string, order: ExportOrder, session?: string) =>
  change<Export>("POST", base(id), { ...order, session });

export const dropExport = (id: string, which: string) =>
  change<undefined>("DELETE", `${base(id)}/${part(which)}`);

export const takeExport = (id: string, which: string, language: string, session?: string) =>
  change<Ticket>("POST", `${base(id)}/${part(which)}/ticket`, { language, session });

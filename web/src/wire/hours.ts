/** When a host can be booked (docs/http_hours.md). Minutes count from midnight, 0 is Monday. */
import { change, withToken } from "./api";
import { request } from "./http";

export interface Hours {
  weekday: number;
  from_min: number;
  to_min: number;
}

export interface Special {
  day: string;
  hours: [number, number][];
}

export interface Away {
  from_day: string;
  to_day: string;
  why: string;
}

export interface Stay {
  from_day: string;
  to_day: string;
  zone: string;
}

export interface Bounds {
  notice_min: number;
  horizon_days: number;
  daily_max: number;
  step_min: number;
}

export interface Diary {
  zone: string;
  hours: Hours[];
  specials: Special[];
  away: Away[];
  stays: Stay[];
  bounds: Bounds;
}

export interface Oversight {
  kind: "never" | "overlap" | "short" | "clock";
  field: string;
  line: number;
  day: string;
  minutes: number;
}

export interface HoursAnswer {
  now: string;
  diary: Diary;
  problems: Oversight[];
}

export type WhyGone = "" | "early" | "far" | "taken" | "busy" | "pause" | "full" | "cap";

export interface PreviewStart {
  at: string;
  left: number;
  why: WhyGone;
  calendar: string;
}

export interface Preview {
  now: string;
  zone: string;
  starts: PreviewStart[];
  problems: Oversight[];
}

export interface PreviewAsked {
  diary: Diary;
  offer_id: string;
  from_at: string;
  to_at: string;
}

const hours = (host: string) => `/api/hosts/${encodeURIComponent(host)}/hours`;

export const readHours = (host: string) => request<HoursAnswer>("GET", hours(host));
export const writeHours = (host: string, diary: Diary) =>
  withToken(() => request<HoursAnswer>("PUT", hours(host), diary));
export const tryHours = (host: string, asked: PreviewAsked) =>
  change<Preview>("POST", `${hours(host)}/preview`, asked);

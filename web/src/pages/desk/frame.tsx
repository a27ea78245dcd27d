/** The frame of everything about appointments: the navigation, a title and the places as tabs. */
import type { ComponentChildren } from "preact";
import { t } from "../../text/text";
import { TabRow } from "../../ui/tab_row";
import { AppFrame, useTitle } from "../frame";
import { HelpCall } from "./help";
import { organisationNow, wordOf } from "./organisation";

const TABS = [
  "week",
  "queue",
  "clients",
  "offers",
  "money",
  "talks",
  "letters",
  "organisation",
] as const;
export type Tab = (typeof TABS)[number];

interface Props {
  at: Tab;
  title: string;
  /** Beside the title: what can be done here. */
  actions?: ComponentChildren;
  children?: ComponentChildren;
}

export function DeskFrame({ at, title, actions, children }: Props) {
  useTitle(title);
  const org = organisationNow();
  return (
    <AppFrame at="/week">
      <div class="page-head">
        <h1 class="grow">{title}</h1>
        {actions}
      </div>
      <TabRow class="desk-tabs" label={t("nav-appointments")} at={at}>
        {TABS.map((tab) => (
          <a key={tab} href={`/${tab}`} aria-current={tab === at ? "page" : undefined}>
            {tab === "clients" && org ? wordOf(org, "clients", true) : t(`desk-${tab}`)}
          </a>
        ))}
      </TabRow>
      <HelpCall />
      {children}
    </AppFrame>
  );
}

/** The public pages: what the address names, and above it what is said and shown everywhere. */
import { useEffect } from "preact/hooks";
import { LiveRegions } from "../../ui/live";
import { TooltipLayer } from "../../ui/tooltip";
import { MinePage } from "../mine/mine";
import { HostBooking } from "./host_page";
import { LinkPage } from "./link_page";
import { Nothing } from "./nothing";
import { OrgBooking } from "./org_page";
import { type BookPlace, bookPlace, followBookLinks } from "./place";

export function Book() {
  useEffect(followBookLinks, []);
  return (
    <>
      <Page at={bookPlace.value} />
      <LiveRegions />
      <TooltipLayer />
    </>
  );
}

function Page({ at }: { at: BookPlace }) {
  switch (at.page) {
    case "org":
      return <OrgBooking key={at.org} org={at.org} />;
    case "host":
      return <HostBooking key={`${at.org} ${at.host}`} place={at} />;
    case "link":
      return <LinkPage key={at.token} token={at.token} />;
    case "mine":
      return <MinePage />;
    case "not_found":
      return <Nothing />;
  }
}

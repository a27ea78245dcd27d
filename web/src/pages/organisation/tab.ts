/** What each tab of the organisation is given. */
import type { Organisation } from "../../wire/organisations";

export interface TabProps {
  org: Organisation;
}

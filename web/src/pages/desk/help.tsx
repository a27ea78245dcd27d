/** A colleague asks whoever is at this desk into their talk: it stands there until it is answered. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { deskNews, useDesk } from "../queue/feed";
import { navigate } from "../router";
import { organisationNow } from "./organisation";

/** The room one is asked into; empty while nobody asks. */
const asked = signal("");

/** For every page of the desk. */
export function HelpCall() {
  const org = organisationNow();
  useDesk(org?.id ?? "");
  useEffect(() => {
    const me = org?.member_id;
    if (!me) return;
    // What was told before this page came is not told again.
    let last = deskNews.peek();
    return deskNews.subscribe((news) => {
      if (news === last || !news) return;
      last = news;
      if (news.kind === "help" && news.member_id === me && news.code) asked.value = news.code;
    });
  }, [org?.member_id]);
  const answer = (comes: boolean) => {
    const code = asked.value;
    asked.value = "";
    if (comes) navigate(`/r/${code}`);
  };
  return (
    <div role="alert">
      {asked.value && (
        <div class="banner banner-signal">
          <Icon name="people" />
          <span class="grow">{t("talk-help")}</span>
          <Button look="primary" size="small" onClick={() => answer(true)}>
            {t("talk-help-join")}
          </Button>
          <Button look="quiet" size="small" onClick={() => answer(false)}>
            {t("talk-help-later")}
          </Button>
        </div>
      )}
    </div>
  );
}

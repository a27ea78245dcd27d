/** The first page: for strangers a code field and a way in, for hosts their classes. */
import { t } from "../../text/text";
import { ButtonLink } from "../../ui/button";
import { session } from "../account";
import { CodeEntry } from "../code_entry";
import { DoorFrame, useTitle } from "../frame";
import { HostHome } from "./host_home";
import { LessonPicture } from "./picture";

export function Home() {
  const account = session.value?.account;
  useTitle(account ? t("nav-home") : "");
  return account ? <HostHome account={account} /> : <Welcome />;
}

function Welcome() {
  const open = session.value?.sign_up === "open";
  return (
    <DoorFrame signIn class="welcome">
      <section class="welcome-words">
        <h1>{t("home-title-out")}</h1>
        <p class="lead">{t("home-lead-out")}</p>
        <CodeEntry primary />
        <div class="welcome-start">
          <ButtonLink look="line" icon="plus" href={open ? "/sign-up" : "/sign-in"}>
            {t("home-start")}
          </ButtonLink>
          <p class="small quiet">{t("home-start-note")}</p>
        </div>
      </section>
      <LessonPicture />
    </DoorFrame>
  );
}

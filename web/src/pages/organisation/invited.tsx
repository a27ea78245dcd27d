/** What an invitation to a team opens: who invites, as what, and coming in with one's account. */
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { FormFault } from "../../ui/field";
import type { Problem } from "../../wire/http";
import { acceptInvitation, type OrgRole, readInvitation } from "../../wire/organisations";
import { session } from "../account";
import { chooseOrganisation, keepOrganisation } from "../desk/organisation";
import { DoorFrame, Loading, useTitle } from "../frame";
import { LoadFault } from "../load_fault";
import { navigate } from "../router";

export function Invited({ token }: { token: string }) {
  useTitle(t("org-invited-title"));
  const [told, setTold] = useState<{ organisation: string; role: OrgRole } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const load = async () => {
    const result = await readInvitation(token);
    setProblem(result.ok ? null : result.error);
    if (result.ok) setTold(result.value);
  };
  useEffect(() => void load(), [token]);
  const accept = async () => {
    setBusy(true);
    const result = await acceptInvitation(token);
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    keepOrganisation(result.value);
    chooseOrganisation(result.value.id);
    navigate("/organisation");
  };
  return (
    <DoorFrame class="entry" signIn>
      <div class="card card-pad stack">
        <h1>{t("org-invited-title")}</h1>
        {problem?.code === "member.invite" && <p>{refusalText(problem.code)}</p>}
        {problem && problem.code !== "member.invite" && (
          <LoadFault problem={problem} onAgain={() => void load()} />
        )}
        {!told && !problem && <Loading />}
        {told && (
          <>
            <p>{t("org-invited-by", { name: told.organisation })}</p>
            <p>
              <b>{t(`org-role-${told.role}`)}</b> {t(`org-role-${told.role}-note`)}
            </p>
            <FormFault>{fault}</FormFault>
            {session.value?.account ? (
              <Button
                look="primary"
                waiting={busy && t("org-invited-accepting")}
                onClick={() => void accept()}
              >
                {t("org-invited-accept")}
              </Button>
            ) : (
              <>
                <p class="quiet">{t("org-invited-sign-in")}</p>
                <div class="row row-wrap">
                  <ButtonLink look="primary" href="/sign-in">
                    {t("sign-in")}
                  </ButtonLink>
                  <ButtonLink look="line" href="/sign-up">
                    {t("sign-up")}
                  </ButtonLink>
                </div>
              </>
            )}
          </>
        )}
      </div>
    </DoorFrame>
  );
}

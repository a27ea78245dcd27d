/**
 * What a person can set: language, colours, devices, what other systems hear and may do; and see:
 * the account and its sessions.
 */
import { useEffect, useState } from "preact/hooks";
import { zoneHere } from "../../booking/zone";
import { choose, chosen, devices, maySetSpeaker, watchDevices } from "../../media/devices";
import { refusalText } from "../../text/refusal";
import { LANGUAGES, language, setLanguage, t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Segmented, Select } from "../../ui/field";
import { toast } from "../../ui/live";
import { setTheme, type Theme, theme } from "../../ui/theme";
import type { Account } from "../../wire/api";
import { session, signOut } from "../account";
import { deviceOptions } from "../device_names";
import { AppFrame, useTitle } from "../frame";
import { navigate } from "../router";
import { Section } from "./section";
import { Sessions } from "./sessions";
import { Tokens } from "./tokens";
import { Webhooks } from "./webhooks";

const THEMES: readonly Theme[] = ["system", "light", "dark"];

export function Settings() {
  useTitle(t("settings-title"));
  const account = session.value?.account;
  if (!account) return null;
  return (
    <AppFrame at="/settings">
      <div class="page-head">
        <h1>{t("settings-title")}</h1>
      </div>
      <div class="settings">
        <You account={account} />
        <Look />
        <DeviceChoice />
        <Section title={t("settings-sessions")} note={t("settings-sessions-note")}>
          <Sessions />
        </Section>
        <Webhooks />
        <Tokens />
        <p class="small faint num">
          {t("settings-about", { version: session.value?.version ?? "" })}
        </p>
      </div>
    </AppFrame>
  );
}

function You({ account }: { account: Account }) {
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    const problem = await signOut();
    setBusy(false);
    if (problem) toast(refusalText(problem.code, problem.params));
    else navigate("/");
  };
  return (
    <Section title={t("settings-you")}>
      <div class="you">
        <Avatar name={account.name} id={account.id} size={48} />
        <div class="grow">
          <b class="ell">{account.name}</b>
          <p class="small quiet ell">{account.email}</p>
        </div>
        <Button
          look="line"
          icon="leave"
          waiting={busy && t("sign-out")}
          onClick={() => void leave()}
        >
          {t("sign-out")}
        </Button>
      </div>
    </Section>
  );
}

function Look() {
  return (
    <Section title={t("settings-look")} note={t("settings-language-note", { zone: zoneHere() })}>
      <div class="setting-line">
        <span class="label">{t("language")}</span>
        <Segmented
          label={t("language")}
          value={language.value}
          options={LANGUAGES.map((one) => ({ value: one.id, label: one.name }))}
          onPick={setLanguage}
        />
      </div>
      <div class="setting-line">
        <span class="label">{t("theme")}</span>
        <Segmented
          label={t("theme")}
          value={theme.value}
          options={THEMES.map((id) => ({ value: id, label: t(`theme-${id}`) }))}
          onPick={setTheme}
        />
      </div>
    </Section>
  );
}

function DeviceChoice() {
  useEffect(watchDevices, []);
  const { microphones, cameras, speakers } = devices.value;
  const choice = chosen.value;
  return (
    <Section title={t("settings-devices")} note={t("settings-devices-note")}>
      <Select
        label={t("microphone")}
        icon="mic"
        options={deviceOptions("microphone", microphones)}
        value={choice.microphone ?? ""}
        onPick={(microphone) => choose({ microphone })}
      />
      <Select
        label={t("camera")}
        icon="cam"
        options={deviceOptions("camera", cameras)}
        value={choice.camera ?? ""}
        onPick={(camera) => choose({ camera })}
      />
      {maySetSpeaker() && (
        <Select
          label={t("speaker")}
          icon="speaker"
          options={deviceOptions("speaker", speakers)}
          value={choice.speaker ?? ""}
          onPick={(speaker) => choose({ speaker })}
        />
      )}
    </Section>
  );
}

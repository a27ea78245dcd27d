/** The two frames around the pages: one with navigation for people with an account, one without. */
import type { ComponentChildren } from "preact";
import { refusalText } from "../text/refusal";
import { t } from "../text/text";
import { Avatar } from "../ui/avatar";
import { ButtonLink } from "../ui/button";
import { Icon, type IconName } from "../ui/icon";
import { toast } from "../ui/live";
import { Brand } from "../ui/mark";
import { Menu } from "../ui/menu";
import { LanguageMenu, ThemeMenu } from "../ui/preferences";
import { session, signOut } from "./account";
import { WaitingBadge } from "./queue/waiting_now";
import { navigate } from "./router";

export { Loading } from "./loading";
export { useTitle } from "./title";

interface DoorProps {
  children: ComponentChildren;
  /** The sign-in page itself offers no way to sign in. */
  signIn?: boolean;
  class?: string;
}

/** For those who are not signed in, and for the door of a class. */
export function DoorFrame({ children, signIn, class: extra }: DoorProps) {
  return (
    <div class="door">
      <header class="door-top">
        <Brand name={t("app-name")} />
        <span class="grow" />
        <ThemeMenu />
        <LanguageMenu />
        {signIn && session.value?.account === null && (
          <ButtonLink look="line" href="/sign-in">
            {t("sign-in")}
          </ButtonLink>
        )}
      </header>
      <main class={extra}>{children}</main>
    </div>
  );
}

const PLACES: readonly { href: string; icon: IconName; text: string }[] = [
  { href: "/", icon: "home", text: "nav-home" },
  { href: "/week", icon: "calendar", text: "nav-appointments" },
  { href: "/rooms", icon: "rooms", text: "nav-rooms" },
  { href: "/decks", icon: "slides", text: "nav-decks" },
  { href: "/lessons", icon: "chart", text: "nav-reports" },
  { href: "/recordings", icon: "record", text: "nav-recordings" },
  { href: "/settings", icon: "settings", text: "nav-settings" },
];

/** For those who are: navigation at the side, on smaller windows at the bottom. */
export function AppFrame({ at, children }: { at: string; children: ComponentChildren }) {
  return (
    <div class="app">
      <nav class="side" aria-label={t("nav-main")}>
        <Brand name={t("app-name")} />
        {PLACES.map((one) => (
          <a
            key={one.href}
            class="nav"
            href={one.href}
            aria-current={one.href === at ? "page" : undefined}
          >
            <Icon name={one.icon} />
            <span>{t(one.text)}</span>
            {one.href === "/week" && <WaitingBadge />}
          </a>
        ))}
        <AccountMenu />
      </nav>
      <main class="page">{children}</main>
    </div>
  );
}

function AccountMenu() {
  const account = session.value?.account;
  if (!account) return null;
  const leave = async () => {
    const problem = await signOut();
    if (problem) toast(refusalText(problem.code, problem.params));
    else navigate("/");
  };
  return (
    <div class="me">
      <Menu
        label={t("nav-account")}
        class="me-button"
        side="above"
        items={[
          { label: t("nav-settings"), icon: "settings", run: () => navigate("/settings") },
          { label: t("sign-out"), icon: "leave", run: () => void leave() },
        ]}
      >
        <Avatar name={account.name} id={account.id} size={32} />
        <span class="ell">{account.name}</span>
        <Icon name="up" />
      </Menu>
    </div>
  );
}

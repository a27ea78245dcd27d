/** The frame of the public pages: whose page it is, language and colours, and our sign at the foot. */
import type { ComponentChildren } from "preact";
import { t } from "../../text/text";
import { Mark } from "../../ui/mark";
import { LanguageMenu, ThemeMenu } from "../../ui/preferences";
import { useTitle } from "../title";

interface Props {
  title: string;
  /** Whose page it is; leads to it. */
  org?: { name: string; slug: string } | null;
  class?: string;
  children?: ComponentChildren;
}

export function BookFrame({ title, org, class: extra, children }: Props) {
  useTitle(title);
  return (
    <div class="book">
      <header class="door-top">
        {org && (
          <a class="book-org ell" href={`/b/${org.slug}`}>
            {org.name}
          </a>
        )}
        <span class="grow" />
        <ThemeMenu />
        <LanguageMenu />
      </header>
      <main class={extra ? `book-main ${extra}` : "book-main"}>{children}</main>
      <footer class="book-foot">
        <Mark />
        <span>{t("app-name")}</span>
      </footer>
    </div>
  );
}

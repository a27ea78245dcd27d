/** Language and colours, as small menus for the corner of a page. */
import { LANGUAGES, language, setLanguage, t } from "../text/text";
import { Icon, type IconName } from "./icon";
import { Menu } from "./menu";
import { setTheme, type Theme, theme } from "./theme";

const THEMES: readonly { id: Theme; icon: IconName }[] = [
  { id: "system", icon: "theme" },
  { id: "light", icon: "sun" },
  { id: "dark", icon: "moon" },
];

export function LanguageMenu() {
  const current = LANGUAGES.find((one) => one.id === language.value);
  return (
    <Menu
      label={t("language")}
      items={LANGUAGES.map((one) => ({
        label: one.name,
        checked: one.id === language.value,
        run: () => setLanguage(one.id),
      }))}
    >
      <Icon name="globe" />
      <span class="vh">{t("language")}</span>
      <span class="language-word">{current?.name}</span>
    </Menu>
  );
}

export function ThemeMenu() {
  return (
    <Menu
      label={t("theme")}
      icon={THEMES.find((one) => one.id === theme.value)?.icon ?? "theme"}
      items={THEMES.map((one) => ({
        label: t(`theme-${one.id}`),
        checked: one.id === theme.value,
        run: () => setTheme(one.id),
      }))}
    />
  );
}

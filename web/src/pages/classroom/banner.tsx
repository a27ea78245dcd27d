/** One line above the stage: what is so, and what to press. */
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../../ui/icon";

interface BannerProps {
  look: "signal" | "danger" | "accent" | "plain";
  /** Without one something is under way, and that turns. */
  icon?: IconName;
  title: string;
  text?: string;
  class?: string;
  children?: ComponentChildren;
}

export function Banner({ look, icon, title, text, class: extra, children }: BannerProps) {
  const names = ["banner", look === "plain" ? "" : `banner-${look}`, extra ?? ""];
  return (
    <div class={names.filter(Boolean).join(" ")}>
      {icon ? <Icon name={icon} /> : <span class="spin" />}
      <div>
        <b>{title}</b> {text}
      </div>
      {children}
    </div>
  );
}

/** The quiet sheet in the middle of the page that sign-in, sign-up and set-up share. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../text/text";
import { IconButton } from "../ui/button";
import { Field } from "../ui/field";
import { Mark } from "../ui/mark";
import { DoorFrame, useTitle } from "./frame";

interface SheetProps {
  title: string;
  lead: string;
  children: ComponentChildren;
  /** The way to the neighbouring page. */
  foot?: ComponentChildren;
}

export function EntrySheet({ title, lead, children, foot }: SheetProps) {
  useTitle(title);
  return (
    <DoorFrame class="entry">
      <div class="entry-sheet">
        <Mark class="entry-mark" />
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {children}
        {foot && <div class="entry-foot small quiet">{foot}</div>}
      </div>
    </DoorFrame>
  );
}

interface PasswordProps {
  value: string;
  onValue(value: string): void;
  fault?: string | null;
  /** A new password is made here, not remembered. */
  fresh?: boolean;
}

export function PasswordField({ value, onValue, fault, fresh }: PasswordProps) {
  const [shown, setShown] = useState(false);
  return (
    <div class="password">
      <Field
        label={t("field-password")}
        name="password"
        type={shown ? "text" : "password"}
        value={value}
        onValue={onValue}
        fault={fault}
        hint={fresh ? t("field-password-hint") : undefined}
        autocomplete={fresh ? "new-password" : "current-password"}
        spellcheck={false}
        maxLength={200}
        required
      />
      <IconButton
        icon={shown ? "eye-off" : "eye"}
        label={shown ? t("password-hide") : t("password-show")}
        onClick={() => setShown(!shown)}
      />
    </div>
  );
}

/** What is wrong with the fields of an account form, by field; pure. */

/** As the server has it: NIST SP 800-63B asks for length, not for kinds of characters. */
export const PASSWORD_MIN = 10;

export interface EntryValues {
  name?: string;
  email: string;
  password: string;
}

export type EntryFaults = Partial<Record<"name" | "email" | "password", string>>;

/** Text keys of the faults; an empty object means the form may be sent. */
export function faultsOf(values: EntryValues, fresh: boolean): EntryFaults {
  const faults: EntryFaults = {};
  if (values.name !== undefined && values.name.trim() === "") faults.name = "field-name-missing";
  const email = values.email.trim();
  if (email === "") faults.email = "field-email-missing";
  else if (!/^\S+@\S+$/.test(email)) faults.email = "error-account-invalid_email";
  if (values.password === "") faults.password = "field-password-missing";
  else if (fresh && Array.from(values.password).length < PASSWORD_MIN)
    faults.password = "field-password-short";
  return faults;
}

/** Which field a refusal of the server belongs to; others belong to the whole form. */
export const FIELD_OF_CODE: Record<string, keyof EntryFaults> = {
  "account.email_taken": "email",
  "account.invalid_email": "email",
  "account.weak_password": "password",
  "name.empty": "name",
  "name.long": "name",
};

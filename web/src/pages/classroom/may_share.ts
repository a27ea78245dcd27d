/**
 * Whether a share can be offered at all: a role that may, and a browser that can. Under a lock the
 * control stays and a press says why.
 */
import type { Desk } from "./desk";

export function mayShare(desk: Desk): boolean {
  const role = desk.self.value?.role;
  return (
    role !== undefined &&
    role !== "observer" &&
    navigator.mediaDevices?.getDisplayMedia !== undefined
  );
}

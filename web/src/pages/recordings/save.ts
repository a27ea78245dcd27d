/** Saves what the server sends as a file; without a name the server's own is taken. */
export function save(address: string, name = ""): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

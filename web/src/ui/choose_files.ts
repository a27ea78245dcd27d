/** The browser's own way to choose files; a press or a key has to be behind it. */

interface Wish {
  /** Media types or endings; without it everything. */
  accept?: string;
  /** One at a time unless it says so. */
  multiple?: boolean;
  /** A phone opens its camera at once. */
  camera?: boolean;
}

export function chooseFiles(wish: Wish, chosen: (files: File[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = wish.accept ?? "";
  input.multiple = wish.multiple ?? false;
  if (wish.camera) input.setAttribute("capture", "environment");
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) chosen(files);
  });
  input.click();
}

/** Hands a file to the browser's downloads. */

const KEPT_MS = 60_000;

export function saveFile(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name.replace(/[\\/:*?"<>|]+/gu, " ").trim() || "board";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

const ENDINGS: Record<string, string> = {
  "image/png": "png",
  "image/svg+xml": "svg",
  "application/pdf": "pdf",
  "application/zip": "zip",
};

export function endingOf(file: Blob): string {
  return ENDINGS[file.type.split(";")[0] ?? ""] ?? "bin";
}

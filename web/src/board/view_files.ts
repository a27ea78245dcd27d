/** The board as a file and back, and its pages as pictures. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import { failure, type Result, success } from "../result";
import { exportPdf, exportPng, exportSvg } from "./export/board_export";
import type { ExportPage } from "./export/kit";
import { type BoardFile, type FileItem, type FilePage, readFile, writeFile } from "./file";
import type { Edit, PageFacts } from "./model";
import type { Formulas } from "./paint/types";
import { type After, arrived } from "./view_arrival";
import { Drawn } from "./view_drawn";
import { Pace } from "./view_pace";
import type { Shelf } from "./view_pages";
import type { BoardPorts } from "./view_ports";
import type { Busy, ExportScope, PictureFormat } from "./view_types";

/** Items inserted at once; between two lots the screen may be painted. */
const LOT = 500;

export interface FilePorts extends Omit<BoardPorts, "singleKeys"> {
  shelf: Pick<Shelf, "hold">;
  pageId: ReadonlySignal<string>;
  formulas: Pick<Formulas, "svg">;
  busy: Signal<Busy | null>;
  after: After;
  now(): number;
  pause(): Promise<void>;
}

export class BoardFiles {
  readonly drawn: Drawn;
  readonly #pace: Pace;
  readonly #ports: FilePorts;

  constructor(ports: FilePorts) {
    this.#ports = ports;
    this.#pace = new Pace(ports);
    this.drawn = new Drawn({ ...ports, pace: this.#pace });
  }

  async boardFile(): Promise<Result<Blob, string>> {
    return this.#work("export", async () => {
      const pages = await this.#collect(this.#wanted("board"));
      if (!pages.ok) return pages;
      const assets = new Set(
        pages.value.flatMap(({ items }) =>
          items.flatMap((item) => (item.t === "img" ? [item.asset] : [])),
        ),
      );
      const pictures = new Map<string, { bytes: Uint8Array; type: string }>();
      for (const asset of assets) {
        const blob = await this.#ports.fetchAsset(asset);
        if (!blob) continue;
        pictures.set(asset, { bytes: new Uint8Array(await blob.arrayBuffer()), type: blob.type });
      }
      return success(writeFile(pages.value, pictures));
    });
  }

  async pictures(
    format: PictureFormat,
    scope: ExportScope | readonly string[],
  ): Promise<Result<readonly Blob[], string>> {
    return this.#work("export", async () => {
      const pages = await this.#collect(this.#wanted(scope));
      if (!pages.ok) return pages;
      const { fetchAsset, formulas, link } = this.#ports;
      const names = (author: string) => link.authors.peek().get(author) ?? "";
      const fetchBackdrop = (ref: string) => this.#backdrop(ref);
      const ports = { fetchAsset, fetchBackdrop, formulas, names };
      if (format === "pdf") return success([await exportPdf(pages.value, ports)]);
      if (format === "svg") return success(await exportSvg(pages.value, ports));
      const pictures = await exportPng(pages.value, ports);
      const whole = pictures.filter((picture) => picture !== null);
      return whole.length === pictures.length ? success(whole) : failure("export.failed");
    });
  }

  async restore(file: Blob): Promise<Result<number, string>> {
    return this.#work("restore", async () => {
      const read = readFile(await file.text());
      if (!read.ok) return read;
      const total = read.value.pages.reduce((sum, page) => sum + page.items.length, 0);
      this.#told("restore", 0, total);
      const assets = await this.#upload(read.value);
      if (!assets.ok) return assets;
      let done = 0;
      for (const page of read.value.pages) {
        const put = await this.#addPage(page, assets.value, (count) => {
          done += count;
          this.#told("restore", done, total);
        });
        if (!put.ok) return put;
      }
      return success(read.value.pages.length);
    });
  }

  /** Whatever a browser cannot do (no canvas, no memory) is a fault that is told. */
  async #work<T>(
    kind: Busy["kind"],
    work: () => Promise<Result<T, string>>,
  ): Promise<Result<T, string>> {
    this.#told(kind, 0, 0);
    try {
      return await work();
    } catch {
      return failure(kind === "restore" ? "restore.failed" : "export.failed");
    } finally {
      this.#ports.busy.value = null;
    }
  }

  #wanted(scope: ExportScope | readonly string[]): readonly PageFacts[] {
    const all = this.#ports.pages.value;
    if (scope === "board") return all.filter((page) => !page.isReserved && page.placement === "");
    const ids = scope === "page" ? [this.#ports.pageId.value] : scope;
    return ids.flatMap((id) => all.find((page) => page.id === id) ?? []);
  }

  /** The fine picture is drawn when it is first asked for; where it does not come, the usual one. */
  async #backdrop(ref: string): Promise<Blob | null> {
    for (const px of [2560, 1280] as const) {
      const answer = await this.#ports.fetchBackdrop(ref, px);
      if (typeof answer !== "string") return answer;
    }
    return null;
  }

  #told(kind: Busy["kind"], done: number, total: number): void {
    this.#ports.busy.value = { kind, done, total };
  }

  /** One page after the other, so that a large board does not close what is looked at. */
  async #collect(pages: readonly PageFacts[]): Promise<Result<ExportPage[], string>> {
    const found: ExportPage[] = [];
    for (const facts of pages) {
      await this.#pace.take();
      const { doc, release } = this.#ports.shelf.hold(facts.id);
      const page = await arrived(doc, this.#ports.after);
      if (page) found.push({ facts, items: [...page.ordered()] });
      release();
      if (!page) return failure("page.away");
      this.#told("export", found.length, pages.length);
    }
    return success(found);
  }

  async #upload({ pictures }: BoardFile): Promise<Result<Map<string, string>, string>> {
    const assets = new Map<string, string>();
    for (const [asset, { bytes, type }] of pictures) {
      const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type });
      const sent = await this.#ports.upload(blob, () => {});
      if (!sent.ok) return failure(sent.error.code);
      assets.set(asset, sent.value.asset);
    }
    return success(assets);
  }

  async #addPage(
    page: FilePage,
    assets: ReadonlyMap<string, string>,
    told: (count: number) => void,
  ): Promise<Result<null, string>> {
    const added = await this.#ports.addPage({ after: null, ...page.facts });
    if (!added.ok) return failure(added.error.code);
    const { doc, release } = this.#ports.shelf.hold(added.value, "write");
    const target = await arrived(doc, this.#ports.after);
    if (!target) {
      release();
      return failure("page.away");
    }
    for (let from = 0; from < page.items.length; from += LOT) {
      const lot = page.items.slice(from, from + LOT);
      target.edit((edit) => {
        for (const item of lot) insert(edit, item, assets);
      });
      told(lot.length);
      await this.#ports.pause();
    }
    release();
    return success(null);
  }
}

function insert(edit: Edit, { draft, text, m }: FileItem, assets: ReadonlyMap<string, string>) {
  const known =
    draft.t === "img" ? { ...draft, asset: assets.get(draft.asset) ?? draft.asset } : draft;
  const id = edit.insert(known, { text });
  if (m) edit.patch(id, { m });
}

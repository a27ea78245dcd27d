/** What a recording's pages are painted with: their pictures come from the recording itself. */
import { Backdrops } from "../board/paint/backdrops";
import { KatexFormulas } from "../board/paint/formulas";
import { AssetPictures } from "../board/paint/pictures";
import type { PaintPorts } from "../board/paint/types";

export interface RecordedParts extends PaintPorts {
  backdrops: Backdrops;
  pictures: AssetPictures;
  formulas: KatexFormulas;
  names(pid: string): string;
  /** A picture of the recording by its name; null where it cannot be had. */
  fetchAsset(name: string): Promise<Blob | null>;
  destroy(): void;
}

/** `fetchAsset` throws where the network fails: then it is asked for again. */
export function partsOf(
  fetchAsset: (name: string) => Promise<Blob | null>,
  names: (pid: string) => string,
): RecordedParts {
  const pictures = new AssetPictures({ fetch: fetchAsset });
  const backdrops = new Backdrops({ fetch: async (ref) => (await fetchAsset(ref)) ?? "gone" });
  return {
    ...{ pictures, backdrops, formulas: new KatexFormulas(), names },
    fetchAsset: (name) => fetchAsset(name).catch(() => null),
    destroy() {
      pictures.destroy();
      backdrops.destroy();
    },
  };
}

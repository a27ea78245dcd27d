/** Kinds that go to the stage, by the media type a browser tells while a file is only held. */
const DECK_TYPE =
  /^(video\/(mp4|webm|x-m4v)|audio\/.+)$|^application\/(pdf|vnd\.openxmlformats-officedocument\.(presentationml|wordprocessingml)\..+|vnd\.oasis\.opendocument\.(presentation|text))$/;

/** Pictures are not among them: they go onto the page. */
export function isDeckType(type: string): boolean {
  return DECK_TYPE.test(type);
}

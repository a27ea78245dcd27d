/** What stands where the page will be. */
/** An empty sheet where the page will be, and what is being waited for. */
export function Skeleton({ words }: { words: string }) {
  return (
    <div class="board-skeleton" role="status">
      <span class="spin" />
      <p>{words}</p>
    </div>
  );
}

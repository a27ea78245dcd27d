/** The whole page: what the address names, and above it what is said and shown everywhere. */
import { LiveRegions } from "../ui/live";
import { TooltipLayer } from "../ui/tooltip";

export function App() {
  return (
    <>
      <LiveRegions />
      <TooltipLayer />
    </>
  );
}

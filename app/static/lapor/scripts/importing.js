/* While an import is at work its page renews the numbers; when it is done, the page is loaded anew. */
import { parse } from "./html.js";

const RENEW_AFTER = 4_000; // milliseconds

async function renew() {
  const shown = document.querySelector("[data-renew]");
  if (!shown) return;
  if (!document.hidden) {
    const answer = await fetch(location.pathname).catch(() => null);
    const page = answer?.ok ? parse(await answer.text()) : null;
    const fresh = page?.querySelector("[data-renew]");
    if (page && !fresh) {
      location.reload();
      return;
    }
    if (fresh) shown.replaceChildren(...fresh.childNodes);
  }
  setTimeout(renew, RENEW_AFTER);
}

setTimeout(renew, RENEW_AFTER);

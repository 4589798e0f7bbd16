import { showFallback } from "./fallback.js";

/* Province, regency, district: each list holds what lies in the choice before it. */
export function addAreas(group) {
  const selects = [...group.querySelectorAll("select")];
  const keep = (select) => select.replaceChildren(select.options[0]);
  for (const [level, select] of selects.slice(0, -1).entries()) {
    select.addEventListener("change", async () => {
      selects.slice(level + 1).forEach(keep);
      if (!select.value) return;
      const chosen = select.value;
      const answer = await fetch(`${group.dataset.areas}?${new URLSearchParams({ induk: chosen })}`).catch(
        () => null,
      );
      // On a failure the button that works without a script comes back.
      if (!answer?.ok) {
        showFallback(true);
        return;
      }
      const areas = await answer.json();
      if (select.value === chosen)
        selects[level + 1].append(...areas.map((area) => new Option(area.name, area.code)));
    });
  }
}

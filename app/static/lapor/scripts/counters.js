import { fill } from "./words.js";

/* A counter beside each limit, counting as the server does: whole characters, without the ends. */
export function addCounter(counter) {
  const field = counter.closest("form").elements[counter.dataset.counterFor];
  const limit = Number(field.dataset.limit);
  const show = () => {
    const used = [...field.value.normalize("NFC").trim()].length;
    const lang = document.documentElement.lang;
    const over = used > limit ? `, ${fill(counter.dataset.over, used - limit)}` : "";
    counter.textContent = `${used.toLocaleString(lang)} / ${limit.toLocaleString(lang)}${over}`;
    counter.classList.toggle("counter--over", used > limit);
  };
  field.addEventListener("input", show);
  show();
}

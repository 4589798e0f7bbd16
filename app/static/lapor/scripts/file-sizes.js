/* A file that the server would refuse for its size is said and left out before it is on its way. */
export function addSizeLimit(input) {
  const note = input.parentElement.querySelector("[data-size-note]");
  input.addEventListener("change", () => {
    const fits = new DataTransfer(),
      large = [];
    for (const file of input.files) {
      if (file.size > Number(input.dataset.maxBytes)) large.push(file.name);
      else fits.items.add(file);
    }
    if (large.length) input.files = fits.files;
    note.textContent = large.map((name) => note.dataset.words.replace("{n}", () => name)).join(" ");
    note.hidden = !large.length;
  });
}

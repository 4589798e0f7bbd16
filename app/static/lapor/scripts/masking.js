/* The public version of a report: a selection is masked by a key or the button, and shown again where it is
   masked. Whatever can be selected by hand has its own button too. */
document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("[name='samarkan_kata']") && event.key === "Enter") {
    event.preventDefault();
    event.target.closest(".field").querySelector("[data-mask]").click();
  } else if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyS" && maskSelection())
    event.preventDefault();
});

function maskSelection() {
  const active = document.activeElement,
    chosen = getSelection();
  const node = active?.matches("textarea[name='text'], input[name='title']")
    ? active
    : chosen.anchorNode?.parentElement;
  // The report itself stands above the form.
  const field =
    node?.closest("form")?.elements.samarkan_kata ??
    node?.closest("main")?.querySelector("[name='samarkan_kata']");
  const form = field?.form;
  if (!field) return false;
  const typed = node === active ? active.value.slice(active.selectionStart, active.selectionEnd) : "";
  const mark = !typed && node.closest(".masked:not(.masked--open)");
  const shows =
    mark &&
    [...form.querySelectorAll("[name='tampilkan']")].find(
      (button) => button.value === mark.querySelector("s").textContent,
    );
  if (shows) {
    shows.click();
    return true;
  }
  const words = (typed || chosen.toString()).trim();
  if (!words) return false;
  field.value = words;
  form.querySelector("[data-mask]").click();
  return true;
}

import { parse } from "./html.js";

export function post(form, pressed) {
  const data = new FormData(form);
  if (pressed?.name) data.append(pressed.name, pressed.value);
  if (form.enctype === "multipart/form-data") return upload(form, data);
  return fetch(form.action, { method: "POST", body: new URLSearchParams(data) });
}

/* Files on a slow line take a while: only an XMLHttpRequest tells how far they are. */
export function upload(form, data = new FormData(form)) {
  const progress = form.querySelector("[data-progress]");
  const heavy = [...form.querySelectorAll("input[type='file']")].some((input) => input.files.length);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      progress.hidden = !heavy;
      if (event.lengthComputable) progress.value = event.loaded / event.total;
    });
    request.addEventListener("load", () =>
      resolve({
        ok: request.status >= 200 && request.status < 300,
        status: request.status,
        url: request.responseURL,
        redirected: request.responseURL !== form.action,
        text: () => Promise.resolve(request.responseText),
      }),
    );
    request.addEventListener("error", () => reject(new Error("network")));
    request.addEventListener("loadend", () => {
      progress.hidden = true;
    });
    request.open("POST", form.action);
    request.send(data);
  });
}

/* A session that ended took the form's token with it. Once the officer has signed in again, perhaps in
   another tab, the form can have a new one. */
export async function renewToken(form) {
  const answer = await fetch(form.action);
  const token = !answer.redirected && parse(await answer.text()).querySelector("main [name='csrf_token']");
  if (token) form.elements.csrf_token.value = token.value;
  return Boolean(token);
}

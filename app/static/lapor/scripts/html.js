/* The page that was asked for; none for whatever came instead (signed out, moved on, no network). */
export async function pageIn(answer) {
  return answer?.ok && !answer.redirected ? parse(await answer.text()) : null;
}

export const parse = (html) => new DOMParser().parseFromString(html, "text/html");

/* Numbers in words that stand in the templates, where they are translated. */

export const fill = (text, number) =>
  text.replace("{n}", number.toLocaleString(document.documentElement.lang));

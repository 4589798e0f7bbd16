// Draws the figures of a page of statistics. Without it the tables say everything.

const INDONESIAN = {
  moduleType: "locale",
  name: "id",
  dictionary: {
    Autoscale: "Skala otomatis",
    "Reset axes": "Kembalikan sumbu",
    "Zoom in": "Perbesar",
    "Zoom out": "Perkecil",
    "Click to enter X axis title": "Klik untuk mengisi judul sumbu X",
    "Click to enter Y axis title": "Klik untuk mengisi judul sumbu Y",
  },
  format: {
    days: ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"],
    shortDays: ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"],
    months: [
      "Januari",
      "Februari",
      "Maret",
      "April",
      "Mei",
      "Juni",
      "Juli",
      "Agustus",
      "September",
      "Oktober",
      "November",
      "Desember",
    ],
    shortMonths: ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    date: "%d/%m/%Y",
    decimal: ",",
    thousands: ".",
    grouping: [3],
    currency: ["Rp", ""],
  },
};

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// The colours of the page's text and lines, which change with the reader's setting and on paper.
const dressed = (layout, width) => {
  const ink = token("--ink"),
    line = token("--line");
  const axis = (given) => ({ ...given, gridcolor: line, zerolinecolor: line, linecolor: line });
  return {
    ...layout,
    font: { color: ink, size: width < 500 ? 11 : 13, family: getComputedStyle(document.body).fontFamily },
    xaxis: axis(layout.xaxis),
    yaxis: axis(layout.yaxis),
    separators: document.documentElement.lang === "id" ? ",." : ".,",
  };
};

const draw = (place) => {
  const figure = JSON.parse(document.getElementById(place.dataset.figure).textContent);
  const config = {
    locale: document.documentElement.lang,
    displayModeBar: false,
    displaylogo: false,
    responsive: true,
    showTips: false,
  };
  place.hidden = false;
  Plotly.newPlot(place, figure.data, dressed(figure.layout, place.clientWidth), config).then(() => {
    place.dataset.drawn = "yes";
  });
  const again = () => Plotly.relayout(place, dressed(figure.layout, place.clientWidth));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  matchMedia("print").addEventListener("change", again);
};

if (typeof Plotly !== "undefined") {
  Plotly.register(INDONESIAN);
  document.querySelectorAll("[data-figure]").forEach(draw);
}
